/// Reads the directories of a TIFF structure, wherever it lies (TIFF 6.0, section 2).
struct TIFFReader {
    /// An entry of a directory: the first value, or where the values lie.
    struct Entry {
        let type: Int
        let count: Int
        /// Offset of the values in the file.
        let offset: Int
        /// The first value of an integer type.
        let number: Int?
    }

    private let bytes: [UInt8]
    private let start: Int
    private let isLittle: Bool

    /// The offset of the first directory from the structure's start.
    let firstDirectory: Int

    /// - Parameter start: Where the structure begins, with `II` or `MM`.
    init?(_ bytes: [UInt8], at start: Int) {
        guard start >= 0, start + 8 <= bytes.count else { return nil }
        switch (bytes[start], bytes[start + 1]) {
        case (0x49, 0x49): isLittle = true
        case (0x4D, 0x4D): isLittle = false
        default: return nil
        }
        self.bytes = bytes
        self.start = start
        firstDirectory = Self.number(bytes, start + 4, 4, isLittle) ?? 0
    }

    /// The entries of a directory by their tags; empty where there is none.
    func entries(at directory: Int) -> [Int: Entry] {
        guard directory >= 8, let count = number(start + directory, 2), count <= 1000 else { return [:] }
        var found: [Int: Entry] = [:]
        for index in 0..<count {
            let place = start + directory + 2 + index * 12
            guard let tag = number(place, 2), let type = number(place + 2, 2), let many = number(place + 4, 4),
                let width = Self.widths[type], many <= bytes.count
            else { break }
            // Values of up to four bytes stand in the entry itself.
            let isInside = width * many <= 4
            guard let far = number(place + 8, 4) else { break }
            let offset = isInside ? place + 8 : start + far
            let isInteger = [1, 3, 4, 9].contains(type)
            found[tag] = Entry(
                type: type, count: many, offset: offset, number: isInteger ? number(offset, width) : nil)
        }
        return found
    }

    /// The text of an entry without what cameras fill up with; nil where it is none or empty.
    func text(_ entry: Entry?) -> String? {
        guard let entry, entry.type == 2, entry.offset + entry.count <= bytes.count, entry.count <= 256 else {
            return nil
        }
        let content = bytes[entry.offset..<entry.offset + entry.count].prefix { $0 != 0 }
        let text = String(decoding: content, as: UTF8.self)
        let end = text.lastIndex { !$0.isWhitespace }
        return end.map { String(text[...$0].drop(while: \.isWhitespace)) }
    }

    /// The first fraction of an entry; nil where it is none or divides by zero.
    func ratio(_ entry: Entry?, number index: Int = 0) -> Double? {
        guard let entry, entry.type == 5, index < entry.count else { return nil }
        guard let above = number(entry.offset + index * 8, 4), let below = number(entry.offset + index * 8 + 4, 4),
            below != 0
        else { return nil }
        return Double(above) / Double(below)
    }

    /// Degrees, minutes and seconds as degrees.
    func degrees(_ entry: Entry?) -> Double? {
        guard let degrees = ratio(entry), let minutes = ratio(entry, number: 1) else { return nil }
        return degrees + minutes / 60 + (ratio(entry, number: 2) ?? 0) / 3600
    }

    private static let widths = [1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8]

    private func number(_ offset: Int, _ length: Int) -> Int? { Self.number(bytes, offset, length, isLittle) }

    private static func number(_ bytes: [UInt8], _ offset: Int, _ length: Int, _ isLittle: Bool) -> Int? {
        guard offset >= 0, offset + length <= bytes.count else { return nil }
        var value = 0
        for index in 0..<length {
            value = value << 8 | Int(bytes[offset + (isLittle ? length - 1 - index : index)])
        }
        return value
    }
}
