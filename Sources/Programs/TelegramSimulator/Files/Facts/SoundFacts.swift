/// Reads how long a sound is, and what its tags say.
enum SoundFacts {
    // MARK: MP3 (ISO/IEC 11172-3, ID3)

    static func mp3(size: Int, _ reading: MediaFacts.Reading) throws -> MediaFacts? {
        var facts = MediaFacts(type: "audio/mpeg")
        var start = 0
        let head = ByteWindow(try reading(0, 10))
        if head.starts("ID3") {
            let length = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
            tags(ByteWindow(try reading(0, min(length + 10, 1 << 20))), &facts)
            start = length + 10
        }
        let window = ByteWindow(try reading(start, 8192))
        guard let frame = (0..<max(0, window.count - 4)).lazy.compactMap({ Frame(window, $0) }).first else {
            return head.starts("ID3") ? facts : nil
        }
        // A first frame without sound counts the others.
        let tag = frame.offset + 4 + frame.sideBytes
        let samples = Double(frame.samples)
        if window.starts("Xing", at: tag) || window.starts("Info", at: tag), window[tag + 7] & 1 != 0 {
            facts.seconds = Double(window.big(tag + 8, 4)) * samples / Double(frame.rate)
        } else if window.starts("VBRI", at: frame.offset + 36) {
            facts.seconds = Double(window.big(frame.offset + 50, 4)) * samples / Double(frame.rate)
        } else {
            facts.seconds = Double(size - start - frame.offset) * 8 / Double(frame.bits * 1000)
        }
        return facts
    }

    private struct Frame {
        var offset: Int
        var bits: Int
        var rate: Int
        var samples: Int
        var sideBytes: Int

        private static let bitRates = [
            // MPEG 1 layer III, MPEG 2 layer III
            [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0],
            [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0],
        ]

        init?(_ window: ByteWindow, _ offset: Int) {
            let header = window.big(offset, 4)
            guard header >> 21 & 0x7FF == 0x7FF, header >> 17 & 3 == 1 else { return nil }
            let version = header >> 19 & 3
            let rateIndex = header >> 10 & 3
            guard version != 1, rateIndex != 3 else { return nil }
            let isFirst = version == 3
            bits = Self.bitRates[isFirst ? 0 : 1][header >> 12 & 15]
            guard bits > 0 else { return nil }
            rate = [44_100, 48_000, 32_000][rateIndex] >> (isFirst ? 0 : version == 2 ? 1 : 2)
            samples = isFirst ? 1152 : 576
            let isMono = header >> 6 & 3 == 3
            sideBytes = isFirst ? (isMono ? 17 : 32) : (isMono ? 9 : 17)
            self.offset = offset
        }
    }

    private static func tags(_ window: ByteWindow, _ facts: inout MediaFacts) {
        let version = window[3]
        guard version == 3 || version == 4 else { return }
        var offset = 10
        while offset + 10 < window.count, window[offset] != 0 {
            let size =
                version == 4
                ? window[offset + 4] << 21 | window[offset + 5] << 14 | window[offset + 6] << 7 | window[offset + 7]
                : window.big(offset + 4, 4)
            let content = offset + 10..<min(window.count, offset + 10 + size)
            if window.starts("TIT2", at: offset) { facts.title = text(window, content) }
            if window.starts("TPE1", at: offset) { facts.performer = text(window, content) }
            offset += 10 + size
        }
    }

    private static func text(_ window: ByteWindow, _ range: Range<Int>) -> String? {
        guard range.count > 1 else { return nil }
        let bytes = Array(window.bytes[range.dropFirst()])
        let text: String
        switch window[range.lowerBound] {
        case 0: text = String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        case 1, 2:
            let isLittle = bytes.starts(with: [0xFF, 0xFE])
            let hasMark = isLittle || bytes.starts(with: [0xFE, 0xFF])
            let units = stride(from: hasMark ? 2 : 0, to: bytes.count - 1, by: 2).map { index in
                isLittle
                    ? UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8
                    : UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1])
            }
            text = String(decoding: units, as: UTF16.self)
        default: text = String(decoding: bytes, as: UTF8.self)
        }
        let trimmed = String(text.prefix { $0 != "\0" })
        return trimmed.isEmpty ? nil : trimmed
    }

    // MARK: Ogg (RFC 3533, RFC 7845)

    static func ogg(size: Int, _ reading: MediaFacts.Reading) throws -> MediaFacts {
        var facts = MediaFacts(type: "audio/ogg")
        let head = ByteWindow(try reading(0, 512))
        let content = 27 + head[26]
        var rate = 48_000
        var skipped = 0
        if head.starts("OpusHead", at: content) {
            skipped = head.little(content + 10, 2)
        } else if head.starts("vorbis", at: content + 1) {
            rate = max(1, head.little(content + 12, 4))
        }
        // The last page says how many samples there are up to it.
        let tail = ByteWindow(try reading(max(0, size - (1 << 16)), 1 << 16))
        for offset in stride(from: tail.count - 27, through: 0, by: -1) where tail.starts("OggS", at: offset) {
            let samples = tail.little(offset + 6, 7)
            guard samples < 1 << 48 else { continue }
            facts.seconds = Double(max(0, samples - skipped)) / Double(rate)
            break
        }
        return facts
    }

    // MARK: FLAC and WAV

    static func flac(_ window: ByteWindow) -> MediaFacts {
        var facts = MediaFacts(type: "audio/flac")
        let rate = window.big(18, 3) >> 4
        let samples = (window[21] & 15) << 32 | window.big(22, 4)
        if rate > 0 { facts.seconds = Double(samples) / Double(rate) }
        return facts
    }

    static func wave(_ window: ByteWindow, size: Int) -> MediaFacts {
        var facts = MediaFacts(type: "audio/x-wav")
        var offset = 12
        var rate = 0
        while offset + 8 <= window.count {
            let length = window.little(offset + 4, 4)
            if window.starts("fmt ", at: offset) { rate = window.little(offset + 16, 4) }
            if window.starts("data", at: offset) {
                if rate > 0 { facts.seconds = Double(min(length, size - offset - 8)) / Double(rate) }
                break
            }
            offset += 8 + length + length % 2
        }
        return facts
    }
}
