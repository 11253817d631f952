internal import CMicroHTTPD
import Glibc

/// Where a server listens.
public struct BoundAddress: Sendable, Hashable, CustomStringConvertible {
    /// The address as it was configured, such as `127.0.0.1`.
    public let host: String
    /// The port, also where the system chose it.
    public let port: Int

    /// `host:port`, an IPv6 address in brackets.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// The address as a URL without a slash at its end.
    public var url: String { "http://\(description)" }
}

/// Opens the socket that a server listens on.
enum ListeningSocket {
    static func open(host: String, port: Int, backlog: Int32) throws(ServerStartError) -> (Int32, BoundAddress) {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        unsafe hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        let lookup = unsafe getaddrinfo(host, String(port), &hints, &list)
        defer { if let list = unsafe list { unsafe freeaddrinfo(list) } }
        guard lookup == 0, let first = unsafe list?.pointee else {
            throw ServerStartError(step: "find the address \(host)", code: EADDRNOTAVAIL)
        }
        let step = "listen on \(host):\(port)"
        let socket = unsafe Glibc.socket(
            first.ai_family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard socket >= 0 else { throw ServerStartError(step: step, code: errno) }
        // Accepted sockets inherit the probes, which find clients whose machine vanished without a word.
        for option in [SO_REUSEADDR, SO_KEEPALIVE] {
            var one: Int32 = 1
            _ = unsafe setsockopt(socket, SOL_SOCKET, option, &one, socklen_t(MemoryLayout<Int32>.size))
        }
        var idle: Int32 = 60
        _ = unsafe setsockopt(
            socket, Int32(IPPROTO_TCP), TCP_KEEPIDLE, &idle, socklen_t(MemoryLayout<Int32>.size))
        guard unsafe bind(socket, first.ai_addr, first.ai_addrlen) == 0, listen(socket, backlog) == 0,
            let bound = localPort(of: socket)
        else {
            let code = errno
            close(socket)
            throw ServerStartError(step: step, code: code)
        }
        return (socket, BoundAddress(host: host, port: bound))
    }

    private static func localPort(of socket: Int32) -> Int? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let code = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(socket, $0, &length)
            }
        }
        guard code == 0 else { return nil }
        return unsafe withUnsafePointer(to: &storage) { unsafe SocketAddress.port(UnsafeRawPointer($0)) }
    }
}

/// Reads socket addresses.
enum SocketAddress {
    static func port(_ address: UnsafeRawPointer) -> Int? {
        switch Int32(unsafe address.load(as: sockaddr.self).sa_family) {
        case AF_INET: unsafe Int(UInt16(bigEndian: address.load(as: sockaddr_in.self).sin_port))
        case AF_INET6: unsafe Int(UInt16(bigEndian: address.load(as: sockaddr_in6.self).sin6_port))
        default: nil
        }
    }

    static func host(_ address: UnsafeRawPointer) -> String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let result: UnsafePointer<CChar>?
        switch Int32(unsafe address.load(as: sockaddr.self).sa_family) {
        case AF_INET:
            var host = unsafe address.load(as: sockaddr_in.self).sin_addr
            unsafe result = inet_ntop(AF_INET, &host, &text, socklen_t(text.count))
        case AF_INET6:
            var host = unsafe address.load(as: sockaddr_in6.self).sin6_addr
            unsafe result = inet_ntop(AF_INET6, &host, &text, socklen_t(text.count))
        default: return ""
        }
        guard let result = unsafe result else { return "" }
        return unsafe String(cString: result)
    }
}
