/// A part of a file, read by numbers; beyond its end there are zeros.
struct ByteWindow {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var count: Int { bytes.count }

    subscript(_ index: Int) -> Int { bytes.indices.contains(index) ? Int(bytes[index]) : 0 }

    /// A number of 1 to 7 bytes, the most significant first.
    func big(_ offset: Int, _ width: Int) -> Int {
        var value = 0
        for index in offset..<offset + width { value = value << 8 | self[index] }
        return value
    }

    /// A number of 1 to 7 bytes, the least significant first.
    func little(_ offset: Int, _ width: Int) -> Int {
        var value = 0
        for index in stride(from: offset + width - 1, through: offset, by: -1) { value = value << 8 | self[index] }
        return value
    }

    func starts(_ text: StaticString, at offset: Int = 0) -> Bool {
        let count = text.utf8CodeUnitCount
        guard offset >= 0, offset + count <= bytes.count else { return false }
        for index in 0..<count where unsafe bytes[offset + index] != text.utf8Start[index] { return false }
        return true
    }

    func window(_ range: Range<Int>) -> ByteWindow {
        ByteWindow(Array(bytes[range.clamped(to: 0..<bytes.count)]))
    }
}
