import Glibc

/// Ports for servers whose address must be known before they start.
enum FreePort {
    /// An address of this machine on which no other test listens, and from which none connects: a port that is free
    /// there when it is found is free also when it is taken.
    static let host = "127.0.0.7"

    /// A port that nobody has on that address.
    static func find() throws -> Int {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0007).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe bind(socket, pointer, length) == 0 ? unsafe getsockname(socket, pointer, &length) : -1
            }
        }
        guard code == 0 else { throw ChildProcess.Failure(description: "no free port") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
