import Glibc
import Support

/// A program that runs beside the benchmark.
final class ChildProcess: Sendable {
    private let identifier: pid_t
    private let output: CInt

    /// Starts a program found by its name; what it prints is kept for `finish()`.
    init(_ arguments: [String]) throws {
        var ends: [CInt] = [0, 0]
        guard unsafe pipe(&ends) == 0 else { throw BenchmarkFailure("no pipe") }
        // Another child that held the writing end would keep the reader waiting.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        var words: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) }
        defer { unsafe words.forEach { unsafe free($0) } }
        unsafe words.append(nil)
        var identifier = pid_t()
        let code = unsafe posix_spawnp(&identifier, arguments[0], &actions, nil, words, environ)
        close(ends[1])
        guard code == 0 else {
            close(ends[0])
            throw BenchmarkFailure("cannot start \(arguments[0])")
        }
        self.identifier = identifier
        output = ends[0]
    }

    deinit { close(output) }

    /// Runs a program to its end and gives what it printed.
    static func run(_ arguments: [String]) async throws -> String {
        let child = try ChildProcess(arguments)
        let (text, status) = await child.finish()
        guard status == 0 else { throw BenchmarkFailure("\(arguments[0]) failed: \(text)") }
        return text
    }

    /// Waits for the program's end on a thread of its own.
    private func finish() async -> (String, CInt) {
        await withCheckedContinuation { continuation in
            OSThread.start(name: "child") {
                var bytes: [UInt8] = []
                var buffer = [UInt8](repeating: 0, count: 16 << 10)
                while true {
                    let count = unsafe read(self.output, &buffer, buffer.count)
                    guard count > 0 else { break }
                    bytes += buffer.prefix(count)
                }
                continuation.resume(returning: (String(decoding: bytes, as: UTF8.self), self.reap()))
            }.detach()
        }
    }

    /// Ends the program, at once: it inherited the mask of a thread that takes no SIGTERM, and has nothing to save.
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
