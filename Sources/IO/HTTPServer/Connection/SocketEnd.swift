import Glibc

/// Ends a connection below libmicrohttpd, which closes the socket when it sees the end.
///
/// In a file without libmicrohttpd's header, which declares the same constants once more.
enum SocketEnd {
    /// Ends both directions at once.
    static func cut(_ socket: Int32) { shutdown(socket, Int32(SHUT_RDWR)) }

    /// Tells the client that nothing more is sent.
    static func finish(_ socket: Int32) { shutdown(socket, Int32(SHUT_WR)) }
}
