import Glibc

/// The program under test, as a child process.
enum Quartet {
    /// What a run that has ended left behind.
    struct Outcome: Sendable {
        var ending: ChildProcess.Ending
        var output: String
        var errors: String
    }

    /// Starts it in a folder, with nothing from the environment but what is given.
    static func start(
        _ arguments: [String], environment: [String: String] = [:], in folder: TemporaryFolder
    ) throws -> ChildProcess {
        var environment = environment
        environment["HOME", default: folder.path] = folder.path
        environment["PATH", default: "/usr/bin:/bin"] = "/usr/bin:/bin"
        return try ChildProcess([try program()] + arguments, environment: environment, directory: folder.path)
    }

    /// Starts it, lends it, and ends it if it has not ended.
    static func with<Value>(
        _ arguments: [String], environment: [String: String] = [:], in folder: TemporaryFolder,
        _ body: (ChildProcess) async throws -> Value
    ) async throws -> Value {
        let child = try start(arguments, environment: environment, in: folder)
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(child))
        } catch {
            result = .failure(error)
        }
        await child.stop()
        return try result.get()
    }

    /// Runs it to its end.
    static func run(
        _ arguments: [String], environment: [String: String] = [:], in folder: TemporaryFolder
    ) async throws -> Outcome {
        try await with(arguments, environment: environment, in: folder) { child in
            let ending = try await child.ending()
            return Outcome(ending: ending, output: child.output.text, errors: child.errors.text)
        }
    }

    /// The address in a `ready:` line.
    static func address(of child: ChildProcess) async throws -> String {
        let line = try await child.output.first("ready: ")
        return String(line.dropFirst("ready: ".count))
    }

    /// Programs stand beside the tests' own.
    static func program(_ name: String = "quartet") throws -> String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
        guard count > 0 else { throw ChildProcess.Failure(description: "no /proc/self/exe") }
        let own = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return "\(own[..<(own.lastIndex(of: "/") ?? own.startIndex)])/\(name)"
    }
}
