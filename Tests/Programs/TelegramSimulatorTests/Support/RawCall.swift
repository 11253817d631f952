import Glibc
import HTTP
import Support

/// A connection that sends exactly the bytes that a test says, and reads the answers one by one.
///
/// It blocks, and so it works on a thread of its own; every read ends after a minute at the latest.
struct RawCall {
    struct Answer: Sendable {
        var status = 0
        var fields: HTTPFields = [:]
        var body: [UInt8] = []
        /// Whether the server closed the connection behind it, as it had announced.
        var isLast = false

        var text: String { String(decoding: body, as: UTF8.self) }
        /// A refusal that is no answer of the Bot API.
        var isBare: Bool { body.isEmpty && isLast }
    }

    struct Fault: Error { let step: String }

    private let socket: Int32

    private init(port: Int) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var limit = timeval(tv_sec: 60, tv_usec: 0)
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
        if code != 0 { throw Fault(step: "connect") }
    }

    /// Sends the bytes over one connection and reads as many answers as are wanted.
    static func send(_ bytes: [UInt8], to stage: Stage, answers: Int = 1) async throws -> [Answer] {
        guard let port = HTTPURL(stage.url)?.port else { throw Fault(step: "read the address") }
        return try await withCheckedThrowingContinuation { continuation in
            OSThread.start(name: "raw-call") {
                continuation.resume(
                    with: Result {
                        let call = try RawCall(port: port)
                        defer { close(call.socket) }
                        call.write(bytes)
                        return try (0..<answers).map { _ in try call.answer() }
                    })
            }.detach()
        }
    }

    /// Sends one request and reads its answer.
    static func ask(_ text: String, _ stage: Stage) async throws -> Answer {
        try await send(Array(text.utf8), to: stage)[0]
    }

    /// A server may refuse a request before it has read all of it: what cannot be sent then is no fault.
    private func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return }
            rest = rest.dropFirst(count)
        }
    }

    private func read(_ maximum: Int) throws -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: maximum)
        let count = unsafe recv(socket, &buffer, maximum, 0)
        if count < 0, errno == EAGAIN { throw Fault(step: "read in time") }
        return count > 0 ? Array(buffer[..<count]) : nil
    }

    private func line() throws -> String? {
        var bytes: [UInt8] = []
        while let byte = try read(1)?.first {
            if byte == 0x0A { return String(decoding: bytes.filter { $0 != 0x0D }, as: UTF8.self) }
            bytes.append(byte)
        }
        return nil
    }

    private func answer() throws -> Answer {
        var answer = Answer()
        guard let first = try line() else { throw Fault(step: "read a status line") }
        let parts = first.split(separator: " ")
        answer.status = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        while let line = try line(), !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1)
            answer.fields.append(String(parts[0]), String(parts[1].drop { $0 == " " }))
        }
        let length = answer.fields.contentLength ?? 0
        while answer.body.count < length, let more = try read(length - answer.body.count) { answer.body += more }
        if answer.fields.hasToken("close", in: "Connection") { answer.isLast = try read(1) == nil }
        return answer
    }
}
