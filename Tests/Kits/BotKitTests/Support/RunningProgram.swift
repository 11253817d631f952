import Glibc

/// A program that was built beside the tests, running in a folder of its own.
final class RunningProgram: Sendable {
    struct Failure: Error {
        let reason: String
    }

    private let identifier: pid_t

    /// Starts a program of the package, with an environment of its own and its output thrown away.
    init(_ name: String, in folder: String, environment: [String: String]) throws {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        for descriptor: CInt in [0, 1, 2] {
            unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        let path = try Self.buildFolder() + "/" + name
        // `env` changes the folder and becomes the program.
        let arguments = ["/usr/bin/env", "--chdir", folder, path]
        let words: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) } + [nil]
        defer { unsafe words.forEach { unsafe free($0) } }
        let variables: [UnsafeMutablePointer<CChar>?] = unsafe environment.map { unsafe strdup("\($0)=\($1)") } + [nil]
        defer { unsafe variables.forEach { unsafe free($0) } }
        var identifier = pid_t()
        let code = unsafe posix_spawn(&identifier, "/usr/bin/env", &actions, nil, words, variables)
        guard code == 0 else { throw Failure(reason: "\(path) cannot be started: error \(code)") }
        self.identifier = identifier
    }

    /// Asks the program to end and gives its exit status.
    func end() -> CInt { finish(SIGTERM) }

    /// Ends the program without asking, as a crash does.
    func kill() { _ = finish(SIGKILL) }

    private func finish(_ signal: CInt) -> CInt {
        Glibc.kill(identifier, signal)
        var status: CInt = 0
        while unsafe waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        return status
    }

    private static func buildFolder() throws -> String {
        let size = 4096
        let own = unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: size) { buffer -> String? in
            guard let start = buffer.baseAddress else { return nil }
            let count = unsafe readlink("/proc/self/exe", start, size - 1)
            guard count > 0 else { return nil }
            unsafe start[count] = 0
            return unsafe String(cString: start)
        }
        guard let own, let slash = own.lastIndex(of: "/") else { throw Failure(reason: "no path of its own") }
        return String(own[..<slash])
    }
}
