/// The identifiers of all pictures in as few bytes as their kind allows.
///
/// Numbers, as Stash gives them, take four bytes; UUIDs, as Immich gives them, sixteen; paths lie one behind another.
/// One identifier of another kind turns the whole column into text.
struct IdentifierColumn: Sendable {
    private enum Kind: Sendable { case numbers, uuids, text }

    private var kind: Kind?
    /// The numbers themselves.
    private var numbers: [UInt32] = []
    /// UUIDs or texts, one behind another.
    private var bytes: [UInt8] = []
    /// Where each text ends.
    private var ends: [UInt32] = []
    private let expected: Int
    /// Whether the identifiers were appended in ascending order, without one twice.
    private(set) var isAscending = true
    private(set) var count = 0

    init(expected: Int = 0) {
        self.expected = expected
    }

    subscript(position: Int) -> String {
        switch kind {
        case .numbers: String(numbers[position])
        case .uuids: Self.uuidText(bytes[(position * 16)..<(position * 16 + 16)])
        case .text: String(decoding: bytes[textRange(position)], as: UTF8.self)
        case nil: preconditionFailure("an empty column has no positions")
        }
    }

    /// The same for the same identifiers in the same order (FNV-1a over what is stored).
    var fingerprint: UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(count)
        func mix(_ value: UInt64) { hash = (hash ^ value) &* 0x100_0000_01B3 }
        for number in numbers { mix(UInt64(number)) }
        for byte in bytes { mix(UInt64(byte)) }
        for end in ends { mix(UInt64(end)) }
        return hash
    }

    /// Finds an identifier in an ascending column.
    func position(of id: String) -> Int? {
        switch kind {
        case .numbers:
            guard let wanted = Self.number(id.utf8) else { return nil }
            return find { numbers[$0] < wanted ? -1 : numbers[$0] == wanted ? 0 : 1 }
        case .uuids:
            guard let wanted = Self.uuid(id.utf8) else { return nil }
            return find { Self.compare(bytes[($0 * 16)..<($0 * 16 + 16)], wanted[...]) }
        case .text:
            let wanted = Array(id.utf8)
            return find { Self.compare(bytes[textRange($0)], wanted[...]) }
        case nil: return nil
        }
    }

    // MARK: Building

    /// Appends an identifier, given by its UTF-8.
    mutating func append(_ id: some Collection<UInt8>) {
        if kind == nil { begin(with: id) }
        switch kind {
        case .numbers:
            if let number = Self.number(id) { return append(number: number) }
            turnIntoText()
        case .uuids:
            if let uuid = Self.uuid(id) {
                bytes += uuid
                return appended()
            }
            turnIntoText()
        case .text, nil: break
        }
        bytes += id
        ends.append(UInt32(bytes.count))
        appended()
    }

    private mutating func append(number: UInt32) {
        numbers.append(number)
        appended()
    }

    private mutating func appended() {
        count += 1
        if isAscending, count > 1, order(count - 2, count - 1) >= 0 { isAscending = false }
    }

    private mutating func begin(with id: some Collection<UInt8>) {
        if Self.number(id) != nil {
            kind = .numbers
            numbers.reserveCapacity(expected)
        } else if Self.uuid(id) != nil {
            kind = .uuids
            bytes.reserveCapacity(expected * 16)
        } else {
            kind = .text
            ends.reserveCapacity(expected)
        }
    }

    /// Writes what stood in another form as text; its order is told anew, as "10" comes before "9" there.
    private mutating func turnIntoText() {
        let texts = (0..<count).map { self[$0] }
        self = IdentifierColumn(expected: expected)
        kind = .text
        for text in texts {
            bytes += text.utf8
            ends.append(UInt32(bytes.count))
            appended()
        }
    }

    /// The positions in ascending order of their identifiers; of equal ones the first only.
    func ascendingPositions() -> [Int] {
        let sorted = (0..<count).sorted { left, right in
            let order = order(left, right)
            return order == 0 ? left < right : order < 0
        }
        var kept: [Int] = []
        kept.reserveCapacity(count)
        for position in sorted {
            if let last = kept.last, order(last, position) == 0 { continue }
            kept.append(position)
        }
        return kept
    }

    /// The identifiers of some positions, in their order.
    func taking(_ positions: [Int]) -> IdentifierColumn {
        var column = IdentifierColumn(expected: positions.count)
        column.kind = kind
        for position in positions {
            switch kind {
            case .numbers: column.numbers.append(numbers[position])
            case .uuids: column.bytes += bytes[(position * 16)..<(position * 16 + 16)]
            case .text:
                column.bytes += bytes[textRange(position)]
                column.ends.append(UInt32(column.bytes.count))
            case nil: break
            }
        }
        column.count = positions.count
        return column
    }

    // MARK: Comparing

    /// Where each identifier of another ascending column stands in this one, -1 where it does not.
    func positions(of other: IdentifierColumn) -> [Int32] {
        guard kind == other.kind else { return (0..<other.count).map { Int32(position(of: other[$0]) ?? -1) } }
        var positions: [Int32] = []
        positions.reserveCapacity(other.count)
        var place = 0
        for theirs in 0..<other.count {
            while place < count, order(place, other, theirs) < 0 { place += 1 }
            positions.append(place < count && order(place, other, theirs) == 0 ? Int32(place) : -1)
        }
        return positions
    }

    private func find(_ comparison: (Int) -> Int) -> Int? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            let order = comparison(middle)
            if order == 0 { return middle }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    private func order(_ left: Int, _ right: Int) -> Int { order(left, self, right) }

    /// Compares with an identifier of a column of the same kind.
    private func order(_ left: Int, _ other: IdentifierColumn, _ right: Int) -> Int {
        switch kind {
        case .numbers:
            numbers[left] < other.numbers[right] ? -1 : numbers[left] == other.numbers[right] ? 0 : 1
        case .uuids:
            Self.compare(bytes[(left * 16)..<(left * 16 + 16)], other.bytes[(right * 16)..<(right * 16 + 16)])
        case .text: Self.compare(bytes[textRange(left)], other.bytes[other.textRange(right)])
        case nil: 0
        }
    }

    private func textRange(_ position: Int) -> Range<Int> {
        (position == 0 ? 0 : Int(ends[position - 1]))..<Int(ends[position])
    }

    private static func compare(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
        var index = left.startIndex
        var other = right.startIndex
        while index < left.endIndex, other < right.endIndex {
            if left[index] != right[other] { return left[index] < right[other] ? -1 : 1 }
            index += 1
            other += 1
        }
        return left.count - right.count
    }

    // MARK: Kinds

    /// The number that a text spells in the one way that gives the same text back; nil for anything else.
    static func number(_ text: some Collection<UInt8>) -> UInt32? {
        guard (1...10).contains(text.count), text.count == 1 || text.first != UInt8(ascii: "0") else { return nil }
        var value: UInt64 = 0
        for byte in text {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + UInt64(digit)
        }
        return UInt32(exactly: value)
    }

    /// The sixteen bytes of a UUID in lower case with its four hyphens (RFC 9562 section 4); nil for anything else.
    static func uuid(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count == 36 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        var high: UInt8?
        for (index, byte) in text.enumerated() {
            if [8, 13, 18, 23].contains(index) {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            let value: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = byte - UInt8(ascii: "a") + 10
            default: return nil
            }
            if let upper = high {
                bytes.append(upper << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return bytes
    }

    private static func uuidText(_ bytes: ArraySlice<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
