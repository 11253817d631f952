/// Reads the tables of films: ISO base media files, WebM, and moving GIFs.
enum MovieFacts {
    /// Tables larger than this are those of films that no bot sends.
    private static let maximumTable = 32 << 20

    // MARK: MP4 (ISO/IEC 14496-12)

    static func mp4(size: Int, _ reading: MediaFacts.Reading) throws -> MediaFacts? {
        var offset = 0
        for _ in 0..<1000 where offset + 8 <= size {
            let head = ByteWindow(try reading(offset, 16))
            guard let box = box(head, 0, left: size - offset) else { return nil }
            if head.starts("moov", at: 4) {
                guard box.size <= maximumTable else { return nil }
                let table = try reading(offset + box.head, box.size - box.head)
                return movie(ByteWindow(table))
            }
            offset += box.size
        }
        return nil
    }

    /// The size of a box and of its own header; zero as a size means up to the end.
    private static func box(_ window: ByteWindow, _ offset: Int, left: Int) -> (size: Int, head: Int)? {
        var size = window.big(offset, 4)
        var head = 8
        if size == 1 {
            guard window[offset + 8] == 0 else { return nil }
            size = window.big(offset + 9, 7)
            head = 16
        } else if size == 0 {
            size = left
        }
        return size >= head && size <= left ? (size, head) : nil
    }

    /// Calls the body with the kind and content of each box.
    private static func boxes(_ window: ByteWindow, _ body: (ByteWindow, Int) -> Void) {
        var offset = 0
        while offset + 8 <= window.count, let box = box(window, offset, left: window.count - offset) {
            body(window.window(offset + box.head..<offset + box.size), window.big(offset + 4, 4))
            offset += box.size
        }
    }

    private static func code(_ text: StaticString) -> Int {
        var value = 0
        for index in 0..<4 { value = unsafe value << 8 | Int(text.utf8Start[index]) }
        return value
    }

    private static func movie(_ table: ByteWindow) -> MediaFacts {
        var facts = MediaFacts(type: "audio/mp4")
        let (header, track, info) = (code("mvhd"), code("trak"), code("udta"))
        boxes(table) { content, kind in
            switch kind {
            case header:
                let isLong = content[0] == 1
                let scale = content.big(isLong ? 20 : 12, 4)
                let duration = isLong ? content.big(25, 7) : content.big(16, 4)
                if scale > 0, isLong || duration != 0xFFFF_FFFF { facts.seconds = Double(duration) / Double(scale) }
            case track:
                if let (width, height) = picture(content) {
                    facts.type = "video/mp4"
                    (facts.width, facts.height) = (width, height)
                }
            case info: tags(content, &facts)
            default: break
            }
        }
        return facts
    }

    /// The size of a track that shows pictures, turned as its matrix says.
    private static func picture(_ track: ByteWindow) -> (Int, Int)? {
        var size: (Int, Int)?
        var isVideo = false
        let (header, media, handler) = (code("tkhd"), code("mdia"), code("hdlr"))
        boxes(track) { content, kind in
            if kind == header {
                let start = content[0] == 1 ? 52 : 40
                let width = content.big(start + 36, 2)
                let height = content.big(start + 40, 2)
                // The matrix's second number tells a quarter turn.
                let isTurned = content.big(start + 4, 4) != 0 && content.big(start, 4) == 0
                if width > 0, height > 0 { size = isTurned ? (height, width) : (width, height) }
            } else if kind == media {
                boxes(content) { inner, kind in if kind == handler { isVideo = isVideo || inner.starts("vide", at: 8) }
                }
            }
        }
        return isVideo ? size : nil
    }

    /// Title and artist as iTunes writes them.
    private static func tags(_ info: ByteWindow, _ facts: inout MediaFacts) {
        let (meta, list, data) = (code("meta"), code("ilst"), code("data"))
        var found = facts
        boxes(info) { content, kind in
            guard kind == meta else { return }
            boxes(content.window(min(4, content.count)..<content.count)) { items, kind in
                guard kind == list else { return }
                boxes(items) { item, name in
                    boxes(item) { value, kind in
                        guard kind == data, value.count > 8 else { return }
                        let text = String(decoding: value.bytes[8...], as: UTF8.self)
                        if name == 0xA96E_616D { found.title = text }
                        if name == 0xA941_5254 { found.performer = text }
                    }
                }
            }
        }
        facts = found
    }

    // MARK: WebM (RFC 8794)

    static func webm(_ window: ByteWindow) -> MediaFacts {
        var facts = MediaFacts(type: "video/webm")
        var scale = 1_000_000.0
        var length = 0.0
        elements(window, 0..<window.count, depth: 0) { id, range in
            switch id {
            case 0x2AD7B1: scale = Double(window.big(range.lowerBound, min(7, range.count)))
            case 0x4489: length = float(window, range)
            case 0xB0: facts.width = window.big(range.lowerBound, min(7, range.count))
            case 0xBA: facts.height = window.big(range.lowerBound, min(7, range.count))
            default: break
            }
        }
        facts.seconds = length * scale / 1e9
        if facts.width == nil { facts.type = "audio/webm" }
        return facts
    }

    /// Walks elements, going into those that hold what is looked for.
    private static func elements(
        _ window: ByteWindow, _ range: Range<Int>, depth: Int, _ body: (Int, Range<Int>) -> Void
    ) {
        // Segment, Info, Tracks, TrackEntry and Video.
        let holders: Set<Int> = [0x1853_8067, 0x1549_A966, 0x1654_AE6B, 0xAE, 0xE0]
        var offset = range.lowerBound
        while offset < range.upperBound {
            let idWidth = window[offset].leadingZeroes + 1
            guard idWidth <= 4 else { return }
            let id = window.big(offset, idWidth)
            offset += idWidth
            let sizeWidth = window[offset].leadingZeroes + 1
            guard sizeWidth <= 8 else { return }
            let isUnknown = window[offset] == 0xFF || sizeWidth == 8 && window.big(offset + 1, 7) == (1 << 56) - 1
            var size = window[offset] & (0xFF >> sizeWidth)
            for index in 1..<max(1, sizeWidth) where size < 1 << 48 { size = size << 8 | window[offset + index] }
            offset += sizeWidth
            let end = isUnknown ? range.upperBound : min(range.upperBound, offset + min(size, range.upperBound))
            // An element may begin within its holder and end behind it.
            guard end > offset || (size == 0 && end == offset) else { return }
            if !holders.contains(id) {
                body(id, offset..<end)
            } else if depth < 8 {
                elements(window, offset..<end, depth: depth + 1, body)
            }
            offset = end
        }
    }

    private static func float(_ window: ByteWindow, _ range: Range<Int>) -> Double {
        if range.count == 4 { return Double(Float(bitPattern: UInt32(window.big(range.lowerBound, 4)))) }
        let high = UInt64(window.big(range.lowerBound, 4))
        return Double(bitPattern: high << 32 | UInt64(window.big(range.lowerBound + 4, 4)))
    }

    // MARK: GIF

    static func gif(_ window: ByteWindow) -> MediaFacts {
        var facts = MediaFacts(type: "image/gif", width: window.little(6, 2), height: window.little(8, 2))
        var offset = 13
        if window[10] & 0x80 != 0 { offset += 3 << ((window[10] & 7) + 1) }
        var hundredths = 0
        while offset < window.count {
            switch window[offset] {
            case 0x21:
                if window[offset + 1] == 0xF9 { hundredths += window.little(offset + 4, 2) }
                offset = afterBlocks(window, offset + 2)
            case 0x2C:
                let flags = window[offset + 9]
                offset += 10 + (flags & 0x80 != 0 ? 3 << ((flags & 7) + 1) : 0)
                offset = afterBlocks(window, offset + 1)
            default: offset = window.count
            }
        }
        facts.seconds = Double(hundredths) / 100
        return facts
    }

    private static func afterBlocks(_ window: ByteWindow, _ start: Int) -> Int {
        var offset = start
        while offset < window.count, window[offset] != 0 { offset += window[offset] + 1 }
        return offset + 1
    }
}

extension Int {
    /// The zero bits before the first one of a byte.
    fileprivate var leadingZeroes: Int { UInt8(truncatingIfNeeded: self).leadingZeroBitCount }
}
