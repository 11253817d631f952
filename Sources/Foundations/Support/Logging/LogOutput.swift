import Glibc
import Synchronization

/// The process's log: records are taken at once and written in order by one thread.
///
/// When writing falls behind, records are dropped rather than kept without bound, and their number is logged.
public final class LogOutput: LogSink {
    /// The stream that records go to.
    public enum Stream: Sendable {
        /// Standard output, as container platforms expect.
        case standardOutput
        /// Standard error, for programs whose output is a result.
        case standardError
        /// None: the file alone.
        case none
    }

    /// The least level that is written.
    public let level: LogLevel
    private let core: Core
    private let thread: OSThread
    private let isJoined = Atomic(false)

    /// Opens the log; `format` nil means text on a terminal and JSON otherwise.
    ///
    /// Throws `LogError` when the file cannot be opened.
    public init(
        level: LogLevel = .info, format: LogFormat? = nil, stream: Stream = .standardOutput, file: LogFile? = nil,
        time: any TimeSource = SystemTime(), redactor: Redactor = .shared
    ) throws(LogError) {
        self.level = level
        let descriptor: Int32? =
            switch stream {
            case .standardOutput: STDOUT_FILENO
            case .standardError: STDERR_FILENO
            case .none: nil
            }
        let core = Core(time: time, redactor: redactor)
        // Opened here, so that a wrong path stops the start instead of losing the log.
        let rotating = try OpenFile(file)
        self.core = core
        thread = OSThread.start(name: "log") {
            let isColourUnwanted = unsafe getenv("NO_COLOR") != nil  // no-color.org
            let isTerminal = descriptor.map { isatty($0) == 1 } ?? false
            core.run(
                descriptor: descriptor, format: format ?? (isTerminal ? .text : .json),
                isColoured: isTerminal && !isColourUnwanted, file: rotating,
                fileFormat: format ?? .json)
        }
    }

    deinit {
        guard !isJoined.load(ordering: .relaxed) else { return }
        core.close()
        thread.detach()
    }

    /// Queues a record.
    public func write(_ record: LogRecord) { core.add(record) }

    /// Returns when every record queued before has been written.
    public func flush() async {
        await withCheckedContinuation { continuation in core.add { continuation.resume() } }
    }

    /// Writes what is queued and ends the thread; blocks, so call it last, on the way out.
    public func close() {
        guard !isJoined.exchange(true, ordering: .relaxed) else { return }
        core.close()
        thread.join()
    }
}

/// Hands the open file over to the thread that writes it.
private final class OpenFile: Sendable {
    private let file: Mutex<RotatingFile?>

    init(_ description: LogFile?) throws(LogError) {
        if let description {
            file = Mutex(try RotatingFile(description))
        } else {
            file = Mutex(nil)
        }
    }

    var isOpen: Bool { file.withLock { $0 != nil } }

    /// Appends lines; after a failure, which is returned once, the file is left alone.
    func append(_ lines: [UInt8]) -> LogError? {
        file.withLock { file in
            do throws(LogError) {
                try file?.append(lines)
                return nil
            } catch {
                file = nil
                return error
            }
        }
    }
}

/// What the log and its thread share.
private final class Core: Sendable {
    private static let maximumQueued = 20_000

    private enum Entry: Sendable {
        case record(LogRecord, Timestamp)
        case mark(@Sendable () -> Void)
    }

    private struct State {
        var entries: [Entry] = []
        var dropped = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let wake = Semaphore()
    private let time: any TimeSource
    private let redactor: Redactor

    init(time: any TimeSource, redactor: Redactor) {
        self.time = time
        self.redactor = redactor
    }

    func add(_ record: LogRecord) {
        let now = time.now
        let wasIdle = state.withLock { state in
            guard !state.isClosed, state.entries.count < Self.maximumQueued else {
                state.dropped += 1
                return false
            }
            state.entries.append(.record(record, now))
            return state.entries.count == 1
        }
        if wasIdle { wake.signal() }
    }

    func add(mark: @escaping @Sendable () -> Void) {
        let isClosed = state.withLock { state in
            if !state.isClosed { state.entries.append(.mark(mark)) }
            return state.isClosed
        }
        if isClosed { mark() } else { wake.signal() }
    }

    func close() {
        state.withLock { $0.isClosed = true }
        wake.signal()
    }

    func run(descriptor: Int32?, format: LogFormat, isColoured: Bool, file: OpenFile, fileFormat: LogFormat) {
        while true {
            let (entries, dropped, isClosed) = state.withLock { state in
                defer { (state.entries, state.dropped) = ([], 0) }
                return (state.entries, state.dropped, state.isClosed)
            }
            if entries.isEmpty && dropped == 0 {
                if isClosed { return }
                wake.wait()
                continue
            }
            var lines: [UInt8] = []
            var fileLines: [UInt8] = []
            func render(_ record: LogRecord, _ time: Timestamp) {
                if descriptor != nil {
                    format.line(record, at: time, redactor: redactor, isColoured: isColoured, into: &lines)
                }
                if file.isOpen { fileFormat.line(record, at: time, redactor: redactor, into: &fileLines) }
            }
            func write() {
                if let descriptor, !lines.isEmpty { _ = writeAll(lines, to: descriptor) }
                if !fileLines.isEmpty, let fault = file.append(fileLines) {
                    _ = writeAll(Array("\(fault)\n".utf8), to: STDERR_FILENO)
                }
                lines.removeAll(keepingCapacity: true)
                fileLines.removeAll(keepingCapacity: true)
            }
            for entry in entries {
                switch entry {
                case .record(let record, let time):
                    render(record, time)
                    if lines.count + fileLines.count > 64 * 1024 { write() }
                case .mark(let reached):
                    write()
                    reached()
                }
            }
            if dropped > 0 {
                render(
                    LogRecord(
                        level: .warning, label: "log", message: "records dropped", fields: ["count": .integer(dropped)]),
                    time.now)
            }
            write()
        }
    }
}
