import Glibc
import Support
import Synchronization

/// A server that does with each connection what a test says, byte for byte: also what no proper server would do.
///
/// Listens on a free loopback port from `init` to `stop()`, with a thread for each connection.
final class RawServer: Sendable {
    private struct State {
        var connections: [CInt] = []
        var threads: [OSThread] = []
        var isStopped = false
    }

    let port: Int
    private let listener: CInt
    private let state = Mutex(State())
    private let handle: @Sendable (RawConnection) -> Void
    private let accepted = Atomic(0)
    /// How many connections came.
    var acceptedCount: Int { accepted.load(ordering: .relaxed) }

    init(_ handle: @escaping @Sendable (RawConnection) -> Void) {
        self.handle = handle
        (listener, port) = LoopbackSocket.listen()
        let thread = OSThread.start(name: "raw-server") { self.accept() }
        state.withLock { $0.threads.append(thread) }
    }

    /// A server that answers each request on a connection with the same bytes.
    static func answering(_ response: String) -> RawServer {
        RawServer { connection in
            while connection.readRequest() != nil { connection.write(response) }
        }
    }

    func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }

    /// Cuts all connections and waits for the threads.
    func stop() {
        let threads = state.withLock { state in
            state.isStopped = true
            for connection in state.connections { shutdown(connection, CInt(SHUT_RDWR)) }
            defer { state.threads = [] }
            return state.threads
        }
        shutdown(listener, CInt(SHUT_RDWR))
        for thread in threads { thread.join() }
        close(listener)
    }

    private func accept() {
        while true {
            let descriptor = Glibc.accept(listener, nil, nil)
            guard descriptor >= 0 else { return }
            accepted.add(1, ordering: .relaxed)
            state.withLock { state in
                guard !state.isStopped else {
                    close(descriptor)
                    return
                }
                state.connections.append(descriptor)
                let thread = OSThread.start(name: "raw-connection") {
                    self.handle(RawConnection(descriptor: descriptor))
                    self.state.withLock { state in
                        state.connections.removeAll { $0 == descriptor }
                        close(descriptor)
                    }
                }
                state.threads.append(thread)
            }
        }
    }
}

/// Sockets on the loopback interface.
enum LoopbackSocket {
    /// A listener on a free port.
    static func listen() -> (descriptor: CInt, port: Int) {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                precondition(unsafe bind(descriptor, address, length) == 0, "no free port")
                precondition(Glibc.listen(descriptor, 512) == 0, "cannot listen")
                unsafe getsockname(descriptor, address, &length)
            }
        }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// A free port, given back so that another process can take it.
    static func freePort() -> Int {
        let (descriptor, port) = listen()
        close(descriptor)
        return port
    }

    /// A connection to a loopback port.
    static func connect(to port: Int) -> CInt? {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if result == 0 { return descriptor }
        close(descriptor)
        return nil
    }
}

/// The server's side of one connection; its calls block.
final class RawConnection: Sendable {
    let descriptor: CInt
    private let pending = Mutex<[UInt8]>([])

    init(descriptor: CInt) { self.descriptor = descriptor }

    /// What a client sent, up to and with the empty line.
    struct Request: Sendable {
        let head: String
        let body: [UInt8]

        var target: String { String(head.split(separator: " ").dropFirst().first ?? "") }

        func field(_ name: String) -> String? {
            for line in head.split(whereSeparator: \.isNewline).dropFirst() {
                guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name.lowercased() else {
                    continue
                }
                return String(line[line.index(after: colon)...].drop { $0 == " " })
            }
            return nil
        }
    }

    /// The next request with its whole body (by length or chunked), or nothing when the client has left.
    func readRequest() -> Request? {
        guard let head = readHead() else { return nil }
        let bare = Request(head: head, body: [])
        if let length = bare.field("Content-Length").flatMap({ Int($0) }) {
            return read(length).map { Request(head: head, body: $0) }
        }
        guard bare.field("Transfer-Encoding") == "chunked" else { return bare }
        var body: [UInt8] = []
        while true {
            guard let line = readLine(), let length = Int(line, radix: 16), let chunk = read(length) else { return nil }
            body += chunk
            guard readLine() != nil else { return nil }
            if length == 0 { return Request(head: head, body: body) }
        }
    }

    /// The next head alone, with the empty line.
    func readHead() -> String? {
        var head = ""
        while let line = readLine() {
            if line.isEmpty { return head + "\r\n" }
            head += line + "\r\n"
        }
        return nil
    }

    /// A line without its end.
    func readLine() -> String? {
        while true {
            let line = pending.withLock { pending -> String? in
                guard let end = pending.firstIndex(of: 0x0A) else { return nil }
                let line = pending[..<end].last == 0x0D ? pending[..<(end - 1)] : pending[..<end]
                defer { pending.removeSubrange(...end) }
                return String(decoding: line, as: UTF8.self)
            }
            if let line { return line }
            guard fill() else { return nil }
        }
    }

    /// Exactly so many bytes.
    func read(_ count: Int) -> [UInt8]? {
        while pending.withLock({ $0.count }) < count {
            guard fill() else { return nil }
        }
        return pending.withLock { pending in
            defer { pending.removeFirst(count) }
            return Array(pending.prefix(count))
        }
    }

    /// Reads and drops so many bytes, in pieces; false if the client leaves before.
    func skip(_ count: Int) -> Bool {
        var rest = count
        while rest > 0 {
            let have = pending.withLock { pending in
                defer { pending.removeFirst(min(rest, pending.count)) }
                return min(rest, pending.count)
            }
            rest -= have
            if rest > 0, have == 0, !fill() { return false }
        }
        return true
    }

    @discardableResult
    func write(_ text: String) -> Bool { write(Array(text.utf8)) }

    /// Writes all bytes; false if the client has left.
    @discardableResult
    func write(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe send(
                    descriptor, buffer.baseAddress?.advanced(by: sent), bytes.count - sent, CInt(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Waits until the client closes its side.
    func waitForClose() {
        while fill() {}
    }

    private func fill() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { return false }
        pending.withLock { $0.append(contentsOf: buffer.prefix(count)) }
        return true
    }
}
