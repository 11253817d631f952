import Glibc
import Storage
import Support
import Synchronization

/// The one thread that writes.
///
/// While it waits for the disk, calls gather; it then runs all of them, each in a savepoint, inside
/// one transaction with one commit. So a commit's cost is shared by as many callers as there are.
final class Writer: Sendable {
    private struct State {
        var calls: [PendingCall] = []
        var isClosed = false
        var closers: [CheckedContinuation<Void, Never>] = []
        var hasEnded = false
    }

    private let state = Mutex(State())
    private let signal = Semaphore()
    private let path: String

    private init(path: String) { self.path = path }

    /// Starts the thread and opens the file on it, creating it where there is none.
    static func start(_ configuration: SQLiteDatabase.Configuration) async throws -> Writer {
        let writer = Writer(path: configuration.path)
        try await withCheckedThrowingContinuation { (opened: CheckedContinuation<Void, any Error>) in
            OSThread.start(name: "sqlite-writer") {
                writer.openAndServe(configuration, opened)
                // The last connection to close has copied the log into the file; closers wait for that.
                writer.announceEnd()
            }.detach()
        }
        return writer
    }

    func submit(_ call: PendingCall) {
        let isFirst: Bool? = state.withLock { state in
            if state.isClosed { return nil }
            state.calls.append(call)
            return state.calls.count == 1
        }
        switch isFirst {
        case nil: call.fail(StorageError(.closed, "the database \(path) is closed"))
        case true?: signal.signal()
        case false?: break
        }
    }

    /// Lets no new call in; what was accepted still runs.
    func beginClosing() {
        state.withLock { $0.isClosed = true }
        signal.signal()
    }

    /// Returns when the file is closed.
    func close() async {
        beginClosing()
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if !state.hasEnded { state.closers.append(continuation) }
                return state.hasEnded
            }
            if hasEnded { continuation.resume() }
        }
    }

    /// Opens the file, serves until closed, and closes the file, all on the calling thread.
    private func openAndServe(
        _ configuration: SQLiteDatabase.Configuration, _ opened: CheckedContinuation<Void, any Error>
    ) {
        do {
            let connection = try Opening.writer(configuration)
            opened.resume()
            serve(connection, upTo: configuration.durability)
        } catch {
            opened.resume(throwing: error)
        }
    }

    private func announceEnd() {
        let closers = state.withLock { state in
            state.hasEnded = true
            return state.closers
        }
        for closer in closers { closer.resume() }
    }

    private func serve(_ connection: SQLiteConnection, upTo durability: Durability) {
        while true {
            signal.wait()
            let (calls, isClosed) = state.withLock { state in
                defer { state.calls = [] }
                return (state.calls, state.isClosed)
            }
            if !calls.isEmpty { WriteGroup(connection: connection, highest: durability).run(calls) }
            if isClosed { return }
        }
    }
}
