/// A fixed set of keys, each with its index, in which a key's bytes are found without making a string.
///
/// Made once per type from one literal (`JSONKeyTable("id first_name username")`), so that a type with a hundred keys
/// costs a literal and a `switch` over small integers. Looking up is one hash of up to four bytes and the length, and
/// one comparison; the table grows until few keys share a place.
public final class JSONKeyTable: Sendable {
    private let text: [UInt8]
    private let starts: [Int32]
    /// Index of a key by place, -1 where empty; a power of two long.
    private let places: [Int16]
    private let mask: UInt32

    /// Makes a table of the keys in a literal, separated by single spaces, in order of their indices.
    public init(_ keys: StaticString) {
        let text = keys.withUTF8Buffer { unsafe Array($0) }
        self.text = text
        var starts: [Int32] = [0]
        for (index, byte) in text.enumerated() where byte == UInt8(ascii: " ") { starts.append(Int32(index + 1)) }
        starts.append(Int32(text.count + 1))
        self.starts = starts
        let count = text.isEmpty ? 0 : starts.count - 1
        var size = 4
        while size < count * 4 { size *= 2 }
        var places = [Int16](repeating: -1, count: size)
        mask = UInt32(size - 1)
        for key in 0..<count {
            let range = Int(starts[key])..<Int(starts[key + 1]) - 1
            var place = Int(Self.hash(text, range) & mask)
            while places[place] >= 0 { place = (place + 1) & (size - 1) }
            places[place] = Int16(key)
        }
        self.places = places
    }

    /// The keys in order of their indices.
    public var keys: [String] {
        text.isEmpty ? [] : String(decoding: text, as: UTF8.self).split(separator: " ").map(String.init)
    }

    /// The index of the key that a range of bytes spells, -1 if there is none.
    func index(of bytes: [UInt8], _ range: Range<Int>) -> Int {
        guard !range.isEmpty else { return -1 }
        var place = Int(Self.hash(bytes, range) & mask)
        while true {
            let key = Int(places[place])
            if key < 0 { return -1 }
            let start = Int(starts[key])
            if Int(starts[key + 1]) - 1 - start == range.count, matches(bytes, range, start) { return key }
            place = (place + 1) & (places.count - 1)
        }
    }

    private func matches(_ bytes: [UInt8], _ range: Range<Int>, _ start: Int) -> Bool {
        for offset in 0..<range.count where bytes[range.lowerBound + offset] != text[start + offset] { return false }
        return true
    }

    /// Mixes the length and the first, middle and last bytes, which tell the keys of real types apart.
    private static func hash(_ bytes: [UInt8], _ range: Range<Int>) -> UInt32 {
        let count = range.count
        guard count > 0 else { return 0 }
        let first = UInt32(bytes[range.lowerBound])
        let third = UInt32(bytes[range.lowerBound + min(2, count - 1)])
        let middle = UInt32(bytes[range.lowerBound + count / 2])
        let last = UInt32(bytes[range.upperBound - 1])
        let mixed = (first | third << 8 | middle << 16 | last << 24) ^ UInt32(truncatingIfNeeded: count) &* 0x9E37_79B1
        return (mixed &* 0x85EB_CA6B) >> 15
    }
}
