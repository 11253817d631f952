import FoundationEssentials
import Glibc
import Support
import Synchronization
import Testing

/// The built program in a process of its own, with a home and a working folder that are gone afterwards.
final class Program: Sendable {
    private struct State {
        var lines: [String] = []
        var rest: [UInt8] = []
        var hasEnded = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let pid: pid_t
    private let output = Mutex(State())
    private let exit = Shutdown()
    private let code = Mutex<Int32>(0)

    /// Starts `quartet` with arguments in a folder; standard error goes to `stderr.txt` there.
    init(_ arguments: [String], in folder: String, variables: [String: String] = [:]) throws {
        // Sockets, as they are made and marked in one step: a pipe may go to a child that another test is just starting
        // as well, and ends only with that.
        var ends: [Int32] = [0, 0]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let hasEnds = unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0
        try #require(hasEnds)
        let script = "cd \"$0\" && exec \"$@\" 2>>stderr.txt"
        let quartet = try Self.path()
        let words = ["/bin/sh", "-c", script, folder, quartet] + arguments
        let environment = ["HOME": folder, "PATH": "/usr/bin:/bin"].merging(variables) { $1 }.map { "\($0)=\($1)" }
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        var argv = unsafe words.map { unsafe strdup($0) } + [nil]
        var envp = unsafe environment.map { unsafe strdup($0) } + [nil]
        defer { unsafe (argv + envp).forEach { unsafe free($0) } }
        var pid = pid_t()
        let started = unsafe posix_spawn(&pid, "/bin/sh", &actions, nil, &argv, &envp)
        close(ends[1])
        try #require(started == 0)
        self.pid = pid
        let (reader, child) = (ends[0], pid)
        OSThread.start(name: "program-output") { [self] in
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while case let count = unsafe read(reader, &buffer, buffer.count), count > 0 { take(buffer[..<count]) }
            close(reader)
            var status: Int32 = 0
            unsafe waitpid(child, &status, 0)
            // The exit code, or 128 and the signal's number, as a shell tells it.
            code.withLock { $0 = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + status & 0x7F }
            let waiting = output.withLock { state in
                state.hasEnded = true
                defer { state.waiting = [] }
                return state.waiting
            }
            for continuation in waiting { continuation.resume() }
            exit.trigger()
        }.detach()
    }

    /// Everything on standard output so far.
    var lines: [String] { output.withLock { $0.lines } }

    /// Returns when the output has `count` lines, or the program has ended.
    func waitForLines(_ count: Int) async {
        while true {
            let isThere = output.withLock { $0.lines.count >= count || $0.hasEnded }
            if isThere { return }
            await withCheckedContinuation { continuation in
                let isThere = output.withLock { state in
                    if state.lines.count >= count || state.hasEnded { return true }
                    state.waiting.append(continuation)
                    return false
                }
                if isThere { continuation.resume() }
            }
        }
    }

    func signal(_ number: Int32) { kill(pid, number) }

    /// The exit code, once the program has ended.
    func end() async -> Int32 {
        await exit.wait()
        return code.withLock { $0 }
    }

    private func take(_ bytes: ArraySlice<UInt8>) {
        let waiting = output.withLock { state in
            state.rest += bytes
            while let newline = state.rest.firstIndex(of: UInt8(ascii: "\n")) {
                state.lines.append(String(decoding: state.rest[..<newline], as: UTF8.self))
                state.rest.removeSubrange(...newline)
            }
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// The program lies beside the tests.
    private static func path() throws -> String {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = tests.split(separator: "/").dropLast().joined(separator: "/")
        return "/\(path)/quartet"
    }
}

/// Runs the program to its end.
func run(
    _ arguments: [String], in folder: String, variables: [String: String] = [:]
) async throws -> (code: Int32, output: String, errors: String) {
    let program = try Program(arguments, in: folder, variables: variables)
    let code = await program.end()
    let errors = try String(contentsOfFile: "\(folder)/stderr.txt", encoding: .utf8)
    return (code, program.lines.joined(separator: "\n"), errors)
}

/// Lends a folder that is gone afterwards.
func withTemporaryFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "quartet-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let result: Swift.Result<Result, any Error>
    do { result = .success(try await body(folder.path)) } catch { result = .failure(error) }
    try FileManager.default.removeItem(at: folder)
    return try result.get()
}
