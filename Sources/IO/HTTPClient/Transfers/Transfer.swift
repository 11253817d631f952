import CCurl
import HTTP
import Synchronization

/// One attempt at one request.
///
/// Unchecked: a task prepares it and hands it over whole; from then on only the loop's thread
/// touches it, but for `isCancelled`, which is atomic.
@safe final class Transfer: @unchecked Sendable {
    /// How the transfer ends for the task that waits for it.
    enum Outcome: Sendable {
        /// The whole answer.
        case collected(head: [UInt8], body: [UInt8])
        /// The head of an answer whose body goes to the channel.
        case streaming(head: [UInt8])
        case failed(HTTPClientError)
    }

    let easy: EasyHandle
    let url: String
    let timeouts: Timeouts
    /// Where a streamed body goes; nothing for one that is collected.
    let channel: BodyChannel?
    /// The longest body, in bytes after decompression.
    let maximumBytes: Int?
    /// Set when the task is cancelled, perhaps before the loop knows the transfer.
    let isCancelled = Atomic(false)

    var completion: CheckedContinuation<Outcome, Never>?
    var headers: HeaderList?
    var segments: UploadSegments?
    var pipe: UploadPipe?
    var pump: Task<Void, Never>?

    /// Whether the loop runs it.
    var isActive = false
    var deadlines: Deadlines
    private let clock: LoopClock
    /// Whether it waits for the side that is ours: a reader of the body or a writer of the request.
    var waitsForUs = false
    /// Why a callback ended the transfer.
    var failure: HTTPClientError?
    private var head = HeadBuffer()
    private var body: [UInt8] = []
    private var receivedBytes = 0

    init(
        easy: EasyHandle, url: String, timeouts: Timeouts, maximumBytes: Int?, channel: BodyChannel?,
        clock: LoopClock, startedAt now: Int64
    ) {
        self.clock = clock
        self.easy = easy
        self.url = url
        self.timeouts = timeouts
        self.maximumBytes = maximumBytes
        self.channel = channel
        deadlines = Deadlines(timeouts, startedAt: now)
    }

    /// The host that errors name.
    var host: String { URLHost.of(url) }

    /// Tells the waiting task, or the reader of the body, that the transfer is over.
    func end(with result: HTTPClientError?) {
        let error = result ?? (head.isComplete ? nil : .connectionLost(host: host))
        pump?.cancel()
        pipe?.abandon()
        if let channel { channel.finish(error.map { .failure($0) } ?? .success(())) }
        guard let completion else { return }
        self.completion = nil
        if let error {
            completion.resume(returning: .failed(error))
        } else if channel != nil {
            completion.resume(returning: .streaming(head: head.bytes))
        } else {
            completion.resume(returning: .collected(head: head.bytes, body: body))
        }
    }
}

// What libcurl calls, on the loop's thread.
extension Transfer {
    /// Takes a line of the head; false ends the transfer.
    func receiveHead(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        deadlines.noteActivity(at: clock.now)
        switch unsafe head.append(line) {
        case .more: break
        case .tooLong:
            failure = .protocolError(host: host, reason: "its header fields are too long")
            return false
        case .complete:
            if channel != nil, let completion {
                self.completion = nil
                completion.resume(returning: .streaming(head: head.bytes))
            }
        }
        return true
    }

    /// What becomes of bytes of the body.
    enum Reception {
        case taken
        case paused
        case refused
    }

    /// Takes a part of the body.
    func receiveBody(_ bytes: UnsafeBufferPointer<UInt8>) -> Reception {
        deadlines.noteActivity(at: clock.now)
        if let maximumBytes, receivedBytes + bytes.count > maximumBytes {
            failure = .tooLarge(limit: maximumBytes)
            return .refused
        }
        if let channel {
            guard unsafe channel.offer(bytes) else {
                waitsForUs = true
                return .paused
            }
        } else {
            unsafe body.append(contentsOf: bytes)
        }
        receivedBytes += bytes.count
        return .taken
    }

    /// Gives bytes of the request's body: a count, 0 at the end, or one of libcurl's signals.
    func sendBody(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        deadlines.noteActivity(at: clock.now)
        if segments != nil {
            if let count = unsafe segments?.read(into: buffer) { return count }
            failure = .unreadableBody("a file in it cannot be read or has become shorter")
            return Int(CURL_READFUNC_ABORT)
        }
        guard let pipe else { return 0 }
        switch unsafe pipe.read(into: buffer) {
        case .bytes(let count): return count
        case .end: return 0
        case .failure(let error):
            failure = error
            return Int(CURL_READFUNC_ABORT)
        case .nothingYet:
            waitsForUs = true
            return Int(CURL_READFUNC_PAUSE)
        }
    }

    /// Goes back in the request's body, for a connection that turned out dead.
    func rewindBody(to offset: Int) -> Bool { segments?.seek(to: offset) ?? false }
}
