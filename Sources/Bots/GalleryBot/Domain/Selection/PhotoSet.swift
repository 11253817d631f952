/// Some of the positions of an index, a bit for each: a million take 125 kB.
struct PhotoSet: Equatable, Sendable {
    /// The bits of 64 positions each, the lowest first; those beyond the index are zero.
    private(set) var words: [UInt64]

    /// No positions, of an index of so many.
    init(size: Int) {
        words = [UInt64](repeating: 0, count: (size + 63) / 64)
    }

    /// All positions of an index of so many.
    init(all size: Int) {
        words = [UInt64](repeating: .max, count: (size + 63) / 64)
        if size % 64 != 0 { words[words.count - 1] = (1 << UInt64(size % 64)) - 1 }
    }

    /// How many positions are in it.
    var count: Int {
        var count = 0
        for word in words { count += word.nonzeroBitCount }
        return count
    }

    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    func contains(_ position: Int) -> Bool { words[position >> 6] >> UInt64(position & 63) & 1 == 1 }

    /// Adds a position; false when it was in already.
    @discardableResult
    mutating func insert(_ position: Int) -> Bool {
        let bit: UInt64 = 1 << UInt64(position & 63)
        guard words[position >> 6] & bit == 0 else { return false }
        words[position >> 6] |= bit
        return true
    }

    mutating func remove(_ position: Int) {
        words[position >> 6] &= ~(1 << UInt64(position & 63))
    }

    mutating func removeAll() {
        for index in words.indices { words[index] = 0 }
    }

    mutating func formIntersection(_ other: PhotoSet) {
        for index in words.indices { words[index] &= other.words[index] }
    }

    mutating func formUnion(_ other: PhotoSet) {
        for index in words.indices { words[index] |= other.words[index] }
    }

    mutating func subtract(_ other: PhotoSet) {
        for index in words.indices { words[index] &= ~other.words[index] }
    }

    /// Gives each position, in ascending order.
    @inline(__always)
    func forEach(_ body: (Int) -> Void) {
        for (index, word) in words.enumerated() {
            var bits = word
            while bits != 0 {
                body(index << 6 + bits.trailingZeroBitCount)
                bits &= bits - 1
            }
        }
    }

    /// The bytes it takes.
    var cost: Int { words.count * 8 }
}
