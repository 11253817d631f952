/// The part of a request's content that has arrived and has not been read: a bounded buffer, without any waiting.
struct IncomingBody {
    /// Bytes held before the client is held back.
    static let capacity = 64 * 1024

    private(set) var buffer: [UInt8] = []
    private(set) var received = 0
    private(set) var isOver = false
    /// The handler has begun to read.
    var isWanted = false
    /// Nobody will read what comes.
    var isDiscarded = false
    var reader: CheckedContinuation<Void, Never>?

    var room: Int { isDiscarded ? .max : Self.capacity - buffer.count }

    /// Takes up to `room` of the bytes and returns how many.
    mutating func take(_ bytes: UnsafeRawBufferPointer) -> Int {
        let count = min(room, bytes.count)
        received += count
        if !isDiscarded { unsafe buffer.append(contentsOf: bytes[..<count]) }
        return count
    }

    mutating func end() { isOver = true }

    mutating func discard() {
        isDiscarded = true
        buffer = []
    }

    /// What has arrived; nil when nothing has and more may come.
    mutating func drain() -> [UInt8]? {
        if buffer.isEmpty { return isOver ? [] : nil }
        defer { buffer = [] }
        return buffer
    }
}
