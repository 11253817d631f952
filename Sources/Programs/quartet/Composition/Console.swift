import Glibc

/// Lines for the person at the terminal, written at once.
enum Console {
    /// A line of the result.
    static func out(_ line: String) { write(line, to: STDOUT_FILENO) }

    /// A line about the run.
    static func err(_ line: String) { write(line, to: STDERR_FILENO) }

    private static func write(_ line: String, to file: Int32) {
        var rest = Array((line + "\n").utf8)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0 && errno != EINTR { return }  // nobody reads
            if count > 0 { rest = rest.dropFirst(count) }
        }
    }
}
