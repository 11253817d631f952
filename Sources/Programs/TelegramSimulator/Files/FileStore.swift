internal import FoundationEssentials
import Glibc

/// Keeps files of the simulated service on disk.
final class FileStore: Sendable {
    enum Fault: Error, CustomStringConvertible {
        case cannot(String, Int32)

        var description: String {
            switch self {
            case .cannot(let what, let code): "cannot \(what): \(unsafe String(cString: strerror(code)))"
            }
        }
    }

    let directory: String
    private let isTemporary: Bool
    private let counter: NameCounter

    /// Opens a store below a directory, or in a temporary one that `remove` takes away.
    init(directory: String?) throws {
        if let directory {
            self.directory = directory
            isTemporary = false
        } else {
            self.directory = "/tmp/telegram-simulator-\(UUID().uuidString)"
            isTemporary = true
        }
        try Self.makeDirectories(self.directory)
        counter = NameCounter()
    }

    private static func makeDirectories(_ path: String) throws {
        var partial = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            partial += "/\(part)"
            if unsafe mkdir(partial, 0o755) != 0, errno != EEXIST { throw Fault.cannot("make \(partial)", errno) }
        }
    }

    /// The directory as other programs find it.
    var absoluteDirectory: String {
        directory.hasPrefix("/") ? directory : "\(FileManager.default.currentDirectoryPath)/\(directory)"
    }

    /// Brings a file of the machine into the store; answers its name and size, or nil where there is none.
    func take(_ source: String) throws -> (name: String, size: Int)? {
        let descriptor = unsafe open(source, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let writer = try writer()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            // A directory can be opened, but not read.
            guard count >= 0 else { return nil }
            if count == 0 { return (writer.keep(), writer.size) }
            try writer.write(buffer[..<count])
        }
    }

    func path(_ diskName: String) -> String { "\(directory)/\(diskName)" }

    /// A file that is being written; one that nobody keeps is taken away.
    final class Writer {
        let name: String
        private(set) var size = 0
        private let path: String
        private let descriptor: Int32
        private var isKept = false

        fileprivate init(name: String, path: String, descriptor: Int32) {
            self.name = name
            self.path = path
            self.descriptor = descriptor
        }

        deinit {
            close(descriptor)
            if !isKept { unsafe unlink(path) }
        }

        func write(_ bytes: ArraySlice<UInt8>) throws {
            var rest = bytes
            while !rest.isEmpty {
                let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
                guard count > 0 else { throw Fault.cannot("write a file", errno) }
                rest = rest.dropFirst(count)
                size += count
            }
        }

        /// Answers the file's name in the store; the file stays.
        func keep() -> String {
            isKept = true
            return name
        }
    }

    /// Writes a new file; answers its name in the store.
    func write(_ bytes: [UInt8]) throws -> String {
        let writer = try writer()
        try writer.write(bytes[...])
        return writer.keep()
    }

    /// Begins a new file.
    func writer() throws -> Writer {
        var name = counter.next()
        var descriptor = unsafe open(path(name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        // A run that began within the same second has dealt the same names.
        while descriptor < 0, errno == EEXIST {
            name = counter.next()
            descriptor = unsafe open(path(name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        }
        guard descriptor >= 0 else { throw Fault.cannot("write a file", errno) }
        return Writer(name: name, path: path(name), descriptor: descriptor)
    }

    func read(_ diskName: String) throws -> [UInt8] {
        let descriptor = unsafe open(path(diskName), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Fault.cannot("read a file", errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else { throw Fault.cannot("read a file", errno) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }

    /// Bytes of a file from an offset on; fewer where it ends.
    func read(_ diskName: String, from offset: Int, _ count: Int) throws -> [UInt8] {
        let descriptor = unsafe open(path(diskName), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Fault.cannot("read a file", errno) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: max(0, count))
        let length = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
        }
        guard length >= 0 else { throw Fault.cannot("read a file", errno) }
        return length == bytes.count ? bytes : Array(bytes[..<length])
    }

    /// Takes a temporary store away.
    func remove() {
        guard isTemporary else { return }
        // What is left of a temporary directory harms nobody.
        try? FileManager.default.removeItem(atPath: directory)
    }
}
