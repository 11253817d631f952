/// The part of a streamed response that has been written and not yet sent: a bounded buffer, without any waiting.
struct OutgoingBody {
    /// Bytes held before the writer has to wait.
    static let capacity = 64 * 1024

    /// What the event loop gets when it asks for bytes.
    enum Piece: Equatable {
        case bytes(Int)
        case nothingYet
        case end
        case cut
    }

    private var buffer: [UInt8] = []
    private var position = 0
    private(set) var sent = 0
    private var ending: Piece?
    var writer: CheckedContinuation<Void, Never>?

    var isFull: Bool { buffer.count - position >= Self.capacity }

    mutating func append(_ bytes: [UInt8]) {
        if position == buffer.count {
            buffer = bytes
            position = 0
        } else {
            buffer += bytes
        }
    }

    /// No more will be written; an incomplete body ends with a cut connection.
    mutating func finish(complete: Bool) { ending = ending ?? (complete ? .end : .cut) }

    /// Copies the next bytes into `target`.
    mutating func move(into target: UnsafeMutableRawBufferPointer) -> Piece {
        let count = min(target.count, buffer.count - position)
        guard count > 0 else { return ending ?? .nothingYet }
        unsafe buffer.withUnsafeBytes {
            unsafe target.copyMemory(from: .init(rebasing: $0[position..<position + count]))
        }
        position += count
        sent += count
        if position == buffer.count {
            buffer = []
            position = 0
        } else if position > Self.capacity {
            buffer.removeFirst(position)
            position = 0
        }
        return .bytes(count)
    }
}
