import Glibc
internal import Support

/// Whether a connection to an address can be opened: what `setWebhook` asks before it answers.
///
/// Nothing is sent. The calls block, and so have a thread of their own.
struct ConnectionTrial: Sendable {
    /// What came of it.
    enum Outcome: Sendable, Equatable {
        case open(address: String)
        /// Why it cannot be opened, in the service's words.
        case closed(String)
    }

    var host: String
    var port: Int
    var seconds: Int32 = 10

    func run() async -> Outcome {
        await withCheckedContinuation { continuation in
            OSThread.start(name: "webhook-trial") { continuation.resume(returning: attempt()) }.detach()
        }
    }

    private func attempt() -> Outcome {
        var hints = unsafe addrinfo()
        unsafe hints.ai_family = AF_UNSPEC
        unsafe hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = unsafe getaddrinfo(host, "\(port)", &hints, &list)
        guard code == 0, let first = unsafe list else {
            return .closed("Failed to resolve host: \(unsafe String(cString: gai_strerror(code)))")
        }
        defer { unsafe freeaddrinfo(first) }
        var fault = "Connection refused"
        var next: UnsafeMutablePointer<addrinfo>? = unsafe first
        while let address = unsafe next {
            guard let reason = unsafe connect(address.pointee) else {
                return .open(address: unsafe Self.number(of: address.pointee))
            }
            fault = reason
            unsafe next = address.pointee.ai_next
        }
        return .closed(fault)
    }

    private static func number(of address: addrinfo) -> String {
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let code = unsafe getnameinfo(
            address.ai_addr, address.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
        return code == 0 ? String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self) : ""
    }

    private func connect(_ address: addrinfo) -> String? {
        let descriptor = unsafe socket(address.ai_family, address.ai_socktype | CInt(SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { return "Can't open a socket" }
        defer { close(descriptor) }
        if unsafe Glibc.connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 { return nil }
        guard errno == EINPROGRESS else { return unsafe String(cString: strerror(errno)) }
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard unsafe poll(&waiting, 1, seconds * 1000) > 0 else { return "Connection timed out" }
        var code: CInt = 0
        var size = socklen_t(MemoryLayout<CInt>.size)
        unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
        return code == 0 ? nil : unsafe String(cString: strerror(code))
    }
}
