import Glibc

/// A log file that is put aside when it has grown: `quartet.log`, then `quartet.log.1` and so on.
public struct LogFile: Sendable, Equatable {
    /// Where the newest records are.
    public var path: String
    /// The size in bytes at which the file is put aside.
    public var maximumBytes: Int
    /// How many files there are at most, the newest included.
    public var maximumFiles: Int

    /// Describes a file; its folder is made when it is missing.
    public init(path: String, maximumBytes: Int = 10 * 1024 * 1024, maximumFiles: Int = 5) {
        self.path = path
        self.maximumBytes = max(1, maximumBytes)
        self.maximumFiles = max(1, maximumFiles)
    }
}

/// An open log file; used by one thread.
struct RotatingFile: ~Copyable {
    private let description: LogFile
    private var file: Int32 = -1
    private var size = 0

    /// Throws `LogError` when the file cannot be opened.
    init(_ description: LogFile) throws(LogError) {
        self.description = description
        Self.makeFolders(above: description.path)
        try openFile()
    }

    deinit { if file >= 0 { close(file) } }

    /// Appends whole lines; puts the file aside first when they would not fit.
    mutating func append(_ lines: [UInt8]) throws(LogError) {
        if size > 0 && size + lines.count > description.maximumBytes { try rotate() }
        guard writeAll(lines, to: file) else { throw LogError(path: description.path, code: errno) }
        size += lines.count
    }

    private mutating func openFile() throws(LogError) {
        let path = description.path
        file = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
        guard file >= 0 else { throw LogError(path: path, code: errno) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else { throw LogError(path: path, code: errno) }
        size = Int(status.st_size)
    }

    private mutating func rotate() throws(LogError) {
        let path = description.path
        close(file)
        file = -1
        if description.maximumFiles == 1 {
            unsafe unlink(path)
        } else {
            for number in stride(from: description.maximumFiles - 1, to: 1, by: -1) {
                // The file before may not exist yet; then there is nothing to move.
                unsafe rename("\(path).\(number - 1)", "\(path).\(number)")
            }
            guard unsafe rename(path, "\(path).1") == 0 else { throw LogError(path: path, code: errno) }
        }
        try openFile()
    }

    private static func makeFolders(above path: String) {
        var index = path.startIndex
        while let slash = path[index...].dropFirst().firstIndex(of: "/") {
            unsafe mkdir(String(path[..<slash]), 0o755)  // whether it exists now is found out by opening the file
            index = slash
        }
    }
}

/// Why a log file cannot be written.
public struct LogError: Error, Equatable, CustomStringConvertible {
    /// The file.
    public var path: String
    /// The system's error number.
    public var code: Int32

    /// Puts an error together.
    public init(path: String, code: Int32) {
        self.path = path
        self.code = code
    }

    /// One line for the terminal.
    public var description: String { "cannot write the log file \(path): \(unsafe String(cString: strerror(code)))" }
}

/// Writes everything, waiting where the other side is slow; false when that fails.
func writeAll(_ bytes: [UInt8], to file: Int32) -> Bool {
    var written = 0
    while written < bytes.count {
        let count = unsafe bytes[written...].withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
        if count >= 0 {
            written += count
        } else if errno == EAGAIN {
            var wanted = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
            _ = unsafe poll(&wanted, 1, -1)
        } else if errno != EINTR {
            return false
        }
    }
    return true
}
