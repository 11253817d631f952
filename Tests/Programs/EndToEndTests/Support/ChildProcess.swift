import Glibc
import Support
import Synchronization

/// A program that runs beside a test; what it prints can be waited for, and `stop()` ends it whatever it does.
final class ChildProcess: Sendable {
    /// How a program ended.
    enum Ending: Equatable, Sendable {
        case code(Int32)
        case signal(Int32)
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private struct State {
        var ending: Ending?
        var waiters: [CheckedContinuation<Ending, Never>] = []
    }

    let identifier: pid_t
    let output: LineLog
    let errors: LineLog
    private let state = Mutex(State())

    /// Starts a program with a working directory and the whole of its environment.
    init(_ words: [String], environment: [String: String] = [:], directory: String) throws {
        // `env` changes the folder, then becomes the program.
        let words = ["/usr/bin/env", "-C", directory] + words
        let (identifier, output, errors) = try Self.spawn(words, environment)
        self.identifier = identifier
        self.output = LineLog(reading: output)
        self.errors = LineLog(reading: errors)
        OSThread.start(name: "child") { self.watch() }.detach()
    }

    private static func spawn(
        _ words: [String], _ environment: [String: String]
    ) throws -> (identifier: pid_t, output: Int32, errors: Int32) {
        let (output, errors) = (try ChildPipe(), try ChildPipe())
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, output.writing, 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, errors.writing, 2)
        // Threads of this process block signals, and a child would inherit that.
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var mask = sigset_t()
        unsafe sigemptyset(&mask)
        unsafe posix_spawnattr_setsigmask(&attributes, &mask)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let arguments = unsafe words.map { unsafe strdup($0) }
        let variables = unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") }
        defer { unsafe (arguments + variables).forEach { unsafe free($0) } }
        var identifier = pid_t()
        let code = unsafe posix_spawn(
            &identifier, words[0], &actions, &attributes, arguments + [nil], variables + [nil])
        close(output.writing)
        close(errors.writing)
        guard code == 0 else {
            close(output.reading)
            close(errors.reading)
            throw Failure(description: "cannot start \(words[0]): error \(code)")
        }
        return (identifier, output.reading, errors.reading)
    }

    /// Sends a signal, unless the program has ended.
    func send(_ signal: Int32) {
        // It is reaped under the same lock, so the number cannot be another's yet.
        state.withLock { if $0.ending == nil { _ = kill(identifier, signal) } }
    }

    /// Waits until it has ended and everything it printed is read; at the limit it is killed.
    func ending(within limit: Duration = .seconds(60)) async throws -> Ending {
        let ending = try await deadline(limit, "the end of process \(self.identifier)\n\(self.transcript)") {
            await withTaskCancellationHandler {
                await self.ended()
            } onCancel: {
                self.send(SIGKILL)
            }
        }
        await output.end()
        await errors.end()
        return ending
    }

    /// Ends it at once and waits for that.
    func stop() async {
        send(SIGKILL)
        // An uncancellable wait: the system ends a killed process.
        _ = await ended()
    }

    /// What it printed, for messages.
    var transcript: String {
        "output:\n\(output.lines.joined(separator: "\n"))\nerrors:\n\(errors.lines.joined(separator: "\n"))"
    }

    private func ended() async -> Ending {
        await withCheckedContinuation { continuation in
            let ending = state.withLock { state in
                if state.ending == nil { state.waiters.append(continuation) }
                return state.ending
            }
            if let ending { continuation.resume(returning: ending) }
        }
    }

    private func watch() {
        var information = unsafe siginfo_t()
        while unsafe waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT) < 0, errno == EINTR {}
        let (ending, waiters) = state.withLock { state in
            var status: Int32 = 0
            while unsafe waitpid(identifier, &status, 0) < 0, errno == EINTR {}
            let ending: Ending = status & 0x7f == 0 ? .code((status >> 8) & 0xff) : .signal(status & 0x7f)
            state.ending = ending
            defer { state.waiters = [] }
            return (ending, state.waiters)
        }
        for waiter in waiters { waiter.resume(returning: ending) }
    }
}

/// Two ends that no other child inherits, whichever suite starts it.
///
/// They are sockets: those are made and marked in one step, while Swift has no `pipe2`. A pipe that is marked a moment
/// later may go to a child that another test is just starting, and ends only with that.
struct ChildPipe {
    let reading: Int32
    let writing: Int32

    init() throws {
        var ends: [Int32] = [0, 0]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw ChildProcess.Failure(description: "no pipe")
        }
        (reading, writing) = (ends[0], ends[1])
    }
}
