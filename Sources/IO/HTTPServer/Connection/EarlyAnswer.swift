import Glibc
internal import HTTP

/// An answer written straight to the socket, for a moment at which libmicrohttpd takes none.
enum EarlyAnswer {
    static func send(_ response: ServerResponse, to socket: Int32) {
        guard case .bytes(let body) = response.body else { return }
        var head = "HTTP/1.1 \(response.status.rawValue) \(response.status.reason)\r\n"
        for field in response.fields
        where HTTPFields.isValidName(field.name) && HTTPFields.isValidValue(field.value)
            && !field.name.equalsIgnoringASCIICase("Connection")
        {
            head += "\(field.name): \(field.value)\r\n"
        }
        head += "Connection: close\r\nContent-Length: \(body.count)\r\n\r\n"
        let bytes = Array(head.utf8) + body
        // A socket that takes less than a small answer belongs to a client that does not read.
        let sent = unsafe Glibc.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
        if sent == bytes.count { SocketEnd.finish(socket) }
    }
}
