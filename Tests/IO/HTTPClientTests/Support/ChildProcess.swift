import Glibc

/// A program that runs beside a test; `stop()` ends it.
final class ChildProcess: Sendable {
    struct Failure: Error {}

    private let identifier: pid_t

    /// Starts a program found by its name, with its output thrown away.
    init(_ arguments: [String]) throws {
        var identifier = pid_t()
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        for descriptor: CInt in [0, 1, 2] {
            unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        var words: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) }
        defer { unsafe words.forEach { unsafe free($0) } }
        unsafe words.append(nil)
        guard let program = arguments.first,
            unsafe posix_spawnp(&identifier, program, &actions, nil, words, environ) == 0
        else { throw Failure() }
        self.identifier = identifier
    }

    /// Runs a program to its end, and throws if it fails.
    static func run(_ arguments: [String]) throws {
        guard try ChildProcess(arguments).wait() == 0 else { throw Failure() }
    }

    /// Waits until a port answers, for a program that gives no other sign; false after a minute.
    func waitForPort(_ port: Int) -> Bool {
        for _ in 0..<1200 {
            if let descriptor = LoopbackSocket.connect(to: port) {
                close(descriptor)
                return true
            }
            poll(nil, 0, 50)
        }
        return false
    }

    func stop() {
        kill(identifier, SIGKILL)
        _ = wait()
    }

    private func wait() -> CInt {
        var status: CInt = 0
        while unsafe waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        return status
    }
}
