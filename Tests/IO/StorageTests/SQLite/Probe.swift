import Glibc
import Support
import Synchronization

/// A run of `storage-crash-probe`: another process on the same database.
final class Probe: Sendable {
    let processID: pid_t
    /// What it prints, line by line; ends with its output.
    let lines: AsyncStream<String>
    private let input: Int32
    private let hasEnded = Mutex(false)

    private init(processID: pid_t, input: Int32, lines: AsyncStream<String>) {
        self.processID = processID
        self.input = input
        self.lines = lines
    }

    struct SpawnError: Error { let code: Int32 }

    static func start(_ arguments: [String]) throws -> Probe {
        let program = try executable()
        var input: [Int32] = [0, 0]
        var output: [Int32] = [0, 0]
        // Sockets are made and marked in one step; a pipe marked a moment later may go to another test's child as well,
        // and ends only with that.
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard unsafe socketpair(AF_UNIX, kind, 0, &input) == 0, unsafe socketpair(AF_UNIX, kind, 0, &output) == 0 else {
            throw SpawnError(code: errno)
        }
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, input[0], 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, output[1], 1)
        let words = unsafe ([program] + arguments).map { unsafe strdup($0) }
        defer { unsafe words.forEach { unsafe free($0) } }
        var processID: pid_t = 0
        let code = unsafe posix_spawn(&processID, program, &actions, nil, words + [nil], environ)
        close(input[0])
        close(output[1])
        guard code == 0 else { throw SpawnError(code: code) }
        return Probe(processID: processID, input: input[1], lines: Self.lines(of: output[0]))
    }

    /// Ends its standard input, which lets a holder go on.
    func endInput() { close(input) }

    func kill() { Glibc.kill(processID, SIGKILL) }

    /// Waits for its end, after its output has ended; the exit code, or minus the signal.
    func wait() -> Int32 {
        var status: Int32 = 0
        while unsafe waitpid(processID, &status, 0) < 0 && errno == EINTR {}
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : -signal
    }

    /// The programs stand beside the test's own.
    private static func executable() throws -> String {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
        guard count > 0 else { throw SpawnError(code: errno) }
        let own = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let directory = own[..<(own.lastIndex(of: "/") ?? own.startIndex)]
        return "\(directory)/storage-crash-probe"
    }

    private static func lines(of file: Int32) -> AsyncStream<String> {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        OSThread.start(name: "probe-output") {
            var line: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = unsafe read(file, &buffer, buffer.count)
                guard count > 0 else { break }
                for byte in buffer[..<count] {
                    if byte == UInt8(ascii: "\n") {
                        continuation.yield(String(decoding: line, as: UTF8.self))
                        line = []
                    } else {
                        line.append(byte)
                    }
                }
            }
            close(file)
            continuation.finish()
        }.detach()
        return stream
    }
}
