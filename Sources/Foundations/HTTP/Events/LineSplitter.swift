/// Cuts a stream of bytes into lines, wherever the chunks of the stream end.
///
/// A line ends with LF, CR LF or CR, as server-sent events have it; the ending is not part of the line.
public struct LineSplitter: Sendable {
    /// A line was longer than the limit.
    public struct LineTooLong: Error, Sendable {}

    private var pending: [UInt8] = []
    private var lastWasCarriageReturn = false
    private let limit: Int

    /// Makes a splitter that refuses lines of more than `limit` bytes.
    public init(limit: Int = 1 << 20) { self.limit = limit }

    /// Takes more of the stream and gives each complete line to `line`.
    public mutating func append(
        _ bytes: some Sequence<UInt8>, line: (ArraySlice<UInt8>) -> Void
    ) throws(LineTooLong) {
        for byte in bytes {
            let isSecondHalf = lastWasCarriageReturn && byte == 0x0A
            lastWasCarriageReturn = byte == 0x0D
            if isSecondHalf { continue }
            if byte == 0x0A || byte == 0x0D {
                line(pending[...])
                pending.removeAll(keepingCapacity: true)
            } else {
                guard pending.count < limit else { throw LineTooLong() }
                pending.append(byte)
            }
        }
    }

    /// The lines that the bytes complete, as text.
    public mutating func lines(in bytes: some Sequence<UInt8>) throws(LineTooLong) -> [String] {
        var lines: [String] = []
        try append(bytes) { lines.append(String(decoding: $0, as: UTF8.self)) }
        return lines
    }

    /// What follows the last line ending once the stream is over; nil when it is empty.
    public mutating func finish() -> String? {
        defer { pending = [] }
        return pending.isEmpty ? nil : String(decoding: pending, as: UTF8.self)
    }
}
