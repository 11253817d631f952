import Glibc
import HTTP
import Support

/// A client socket that sends and reads exactly what a test says; it blocks, so it is used within `onThread`.
struct RawConnection: Sendable {
    struct Reply: Sendable, Equatable {
        var status = 0
        var fields: HTTPFields = [:]
        var body: [UInt8] = []
        /// Whether the body came to its proper end.
        var isComplete = false

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    struct Failure: Error {
        let step: String
        let code: Int32
    }

    let socket: Int32

    /// Connects to a port of the loopback interface; a small buffer makes a slow reader felt early.
    ///
    /// `readLimit` is in microseconds: a bound on every read, so that a fault of the server fails a test and does
    /// not hang it.
    init(port: Int, receiveBuffer: Int32? = nil, readLimit: Int = 60_000_000) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        if var size = receiveBuffer {
            _ = unsafe setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var limit = timeval(tv_sec: readLimit / 1_000_000, tv_usec: readLimit % 1_000_000)
        _ = unsafe setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let code = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if code != 0 { throw Failure(step: "connect", code: errno) }
    }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0 { throw Failure(step: "send", code: errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// Closes the connection; with `reset` the other side sees a broken one.
    func close(reset: Bool = false) {
        if reset {
            var option = linger(l_onoff: 1, l_linger: 0)
            _ = unsafe setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        }
        Glibc.close(socket)
    }

    func finishSending() { shutdown(socket, Int32(SHUT_WR)) }

    /// Some bytes, nil at the end of the stream or when the connection broke.
    func read(_ maximum: Int = 65_536) throws -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: maximum)
        let count = unsafe recv(socket, &buffer, maximum, 0)
        if count < 0, errno == EAGAIN { throw Failure(step: "read in time", code: errno) }
        return count > 0 ? Array(buffer[..<count]) : nil
    }

    func readToEnd() throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let more = try read() { bytes += more }
        return bytes
    }

    /// Reads one answer, nothing beyond it, byte by byte up to the head's end.
    func reply(to method: HTTPMethod = .get) throws -> Reply? {
        var reply = Reply()
        guard let first = try line() else { return nil }
        let parts = first.split(separator: " ")
        reply.status = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        while let line = try line(), !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1)
            reply.fields.append(String(parts[0]), String(parts[1].drop { $0 == " " }))
        }
        if method == .head || reply.status == 204 || reply.status == 304 || reply.status < 200 {
            reply.isComplete = true
        } else if reply.fields["Transfer-Encoding"] == "chunked" {
            while let size = try line().flatMap({ Int($0, radix: 16) }) {
                let bytes = try exactly(size + 2)
                guard bytes.count == size + 2 else { break }
                reply.body += bytes.dropLast(2)
                if size == 0 {
                    reply.isComplete = true
                    break
                }
            }
        } else if let length = reply.fields.contentLength {
            reply.body = try exactly(length)
            reply.isComplete = reply.body.count == length
        } else {
            reply.body = try readToEnd()
            reply.isComplete = true
        }
        return reply
    }

    /// Sends a request and reads its answer.
    func ask(_ request: String, method: HTTPMethod = .get) throws -> Reply? {
        try send(request)
        return try reply(to: method)
    }

    func line() throws -> String? {
        var bytes: [UInt8] = []
        while let byte = try read(1)?.first {
            if byte == 0x0A { return String(decoding: bytes.filter { $0 != 0x0D }, as: UTF8.self) }
            bytes.append(byte)
        }
        return nil
    }

    private func exactly(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count, let more = try read(count - bytes.count) { bytes += more }
        return bytes
    }
}

/// Runs a blocking body on a thread of its own, so that the cooperative pool stays free for the server's handlers.
func onThread<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
        OSThread.start(name: "test-client") { continuation.resume(with: Result { try body() }) }.detach()
    }
}
