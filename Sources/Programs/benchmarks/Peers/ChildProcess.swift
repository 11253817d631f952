import Glibc
import Support
import Synchronization

/// A program that runs beside the benchmark; its standard error goes to `.build/benchmarks/errors.log`.
final class ChildProcess: Sendable {
    let identifier: pid_t
    private let output: CInt
    private let input: CInt
    /// What was read of the output beyond the last line.
    private let rest = Mutex<[UInt8]>([])

    /// Starts a program found by its name; `environment` is added to the benchmark's own.
    init(_ arguments: [String], environment: [String: String] = [:]) throws {
        // Another child that held an end of these pipes would keep their readers waiting.
        let (output, childOutput) = try Self.pipe()
        let (childInput, input) = try Self.pipe()
        defer {
            close(childOutput)
            close(childInput)
        }
        let errors = try Scratch.path("errors.log")
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, childInput, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, childOutput, 1)
        unsafe posix_spawn_file_actions_addopen(
            &actions, 2, errors, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        // Threads of the cooperative pool block signals, and a child inherits the mask of the thread that made it.
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var words: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = unsafe []
        defer { unsafe (words + variables).forEach { unsafe free($0) } }
        for (name, value) in environment { unsafe variables.append(strdup("\(name)=\(value)")) }
        var own = unsafe environ
        while let variable = unsafe own.pointee {
            unsafe variables.append(strdup(variable))
            unsafe own += 1
        }
        unsafe variables.append(nil)
        var identifier = pid_t()
        let code = unsafe posix_spawnp(&identifier, arguments[0], &actions, &attributes, &words, &variables)
        guard code == 0 else {
            close(output)
            close(input)
            throw BenchmarkFailure("cannot start \(arguments[0])")
        }
        self.identifier = identifier
        self.output = output
        self.input = input
    }

    deinit {
        close(output)
        close(input)
    }

    private static func pipe() throws -> (reading: CInt, writing: CInt) {
        var ends: [CInt] = [0, 0]
        guard unsafe Glibc.pipe(&ends) == 0 else { throw BenchmarkFailure("no pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    // MARK: Talking

    /// Runs a program to its end and gives what it printed.
    static func run(_ arguments: [String], within limit: Duration = .seconds(120)) async throws -> String {
        let child = try ChildProcess(arguments)
        var text = ""
        do {
            while let line = try await child.nextLine(within: limit) { text += line + "\n" }
        } catch {
            child.stop()
            throw error
        }
        guard child.reap() == 0 else { throw BenchmarkFailure("\(arguments[0]) failed: \(text)") }
        return text
    }

    /// The next line that the program prints; nil at its end.
    func nextLine(within limit: Duration) async throws -> String? {
        try await withCheckedThrowingContinuation { continuation in
            // Reading blocks, which the cooperative pool must not.
            OSThread.start(name: "child") {
                continuation.resume(with: Result { try self.readLine(by: ContinuousClock.now.advanced(by: limit)) })
            }.detach()
        }
    }

    /// Sends a line to the program.
    func send(_ line: String) throws {
        let bytes = Array((line + "\n").utf8)
        guard unsafe write(input, bytes, bytes.count) == bytes.count else {
            throw BenchmarkFailure("a program that was started does not listen")
        }
    }

    private func readLine(by end: ContinuousClock.Instant) throws -> String? {
        try rest.withLock { rest in
            while true {
                if let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    defer { rest.removeFirst(newline + 1) }
                    return String(decoding: rest[..<newline], as: UTF8.self)
                }
                let left = max(0, Int32((end - .now) / .milliseconds(1)))
                var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
                guard unsafe poll(&waiting, 1, left) > 0 else {
                    throw BenchmarkFailure("a program that was started says nothing")
                }
                var buffer = [UInt8](repeating: 0, count: 16 << 10)
                let count = unsafe read(output, &buffer, buffer.count)
                if count <= 0 {
                    defer { rest = [] }
                    return rest.isEmpty ? nil : String(decoding: rest, as: UTF8.self)
                }
                rest += buffer.prefix(count)
            }
        }
    }

    // MARK: Ending

    /// Ends the program, at once: it has nothing to save.
    func stop() {
        kill(identifier, SIGKILL)
        _ = reap()
    }

    private func reap() -> CInt {
        var status: CInt = 0
        while unsafe waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        return status
    }
}
