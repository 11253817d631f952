/// Takes the first picture out of a moving WebP (RFC 9649): decoders of single pictures refuse the whole.
enum WebPFrame {
    /// A WebP of the first frame alone; nil where there is none.
    static func first(of bytes: [UInt8]) -> [UInt8]? {
        guard let frame = chunk("ANMF", in: bytes, from: 12, to: bytes.count), frame.count > 16 else { return nil }
        // Place, size, duration and flags come first; then chunks as in a file of their own.
        let (start, end) = (frame.lowerBound + 16, frame.upperBound)
        if let plain = chunk("VP8L", in: bytes, from: start, to: end) {
            return file([("VP8L", bytes[plain])])
        }
        guard let picture = chunk("VP8 ", in: bytes, from: start, to: end) else { return nil }
        guard let alpha = chunk("ALPH", in: bytes, from: start, to: end) else {
            return file([("VP8 ", bytes[picture])])
        }
        let size = bytes[(frame.lowerBound + 6)..<(frame.lowerBound + 12)]
        return file([
            ("VP8X", ([0x10, 0, 0, 0] + size)[...]), ("ALPH", bytes[alpha]), ("VP8 ", bytes[picture]),
        ])
    }

    /// Where a chunk's content lies, between two places.
    private static func chunk(_ kind: String, in bytes: [UInt8], from start: Int, to end: Int) -> Range<Int>? {
        var offset = start
        while offset + 8 <= end {
            let size = bytes[(offset + 4)..<(offset + 8)].reversed().reduce(0) { $0 << 8 | Int($1) }
            let content = offset + 8
            guard size <= end - content else { return nil }
            if bytes[offset..<(offset + 4)].elementsEqual(kind.utf8) { return content..<(content + size) }
            offset = content + size + size % 2
        }
        return nil
    }

    private static func file(_ chunks: [(kind: String, content: ArraySlice<UInt8>)]) -> [UInt8] {
        var body = Array("WEBP".utf8)
        for (kind, content) in chunks {
            body += Array(kind.utf8) + number(content.count) + content
            if content.count % 2 == 1 { body.append(0) }
        }
        return Array("RIFF".utf8) + number(body.count) + body
    }

    private static func number(_ value: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }
}
