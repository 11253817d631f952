/// The status line and header fields of an answer as they arrive, as bytes: they are taken apart
/// by the task that asked, not by the loop.
struct HeadBuffer {
    /// What a line did.
    enum Progress {
        case more
        case complete
        case tooLong
    }

    static let maximumBytes = 256 << 10

    private(set) var bytes: [UInt8] = []
    /// Whether the head's end was seen; libcurl takes a connection that closes within the head for a success.
    private(set) var isComplete = false

    /// Takes a line with its line break; interim answers (1xx) are dropped, and so are trailers.
    mutating func append(_ line: UnsafeBufferPointer<UInt8>) -> Progress {
        guard !isComplete else { return .more }
        guard bytes.count + line.count <= Self.maximumBytes else { return .tooLong }
        if bytes.isEmpty { bytes.reserveCapacity(512) }
        unsafe bytes.append(contentsOf: line)
        let isBlank = unsafe line.count <= 2 && line.allSatisfy { $0 == 0x0D || $0 == 0x0A }
        guard isBlank else { return .more }
        if ResponseHead.status(in: bytes) / 100 == 1 {
            bytes.removeAll(keepingCapacity: true)
            return .more
        }
        isComplete = true
        return .complete
    }
}
