internal import HTTP

extension HTTPServer {
    /// Where a server listens and what it bears.
    public struct Configuration: Sendable {
        /// The address to listen on.
        public var host = "127.0.0.1"
        /// The port; 0 takes a free one.
        public var port = 0
        /// Threads of the event loop.
        public var threads = 2
        /// Connections at one time; further ones wait in the system's queue.
        public var maximumConnections = 2048
        /// Bytes of request line and fields; beyond it the answer is 431.
        public var maximumHeaderBytes = 16 * 1024
        /// Bytes of a request's content, beyond which the answer is 413; middleware and handlers can ask for less.
        public var maximumBodyBytes = 4 * 1024 * 1024
        /// Seconds without a byte after which a connection is closed; a handler's time does not count.
        public var idleSeconds = 60
        /// The time from a request's first line to the end of its head and of a small content; nil for no limit.
        ///
        /// `idleSeconds` alone would let a client hold a connection for hours with a byte now and then.
        public var receiveTimeout: Duration? = .seconds(30)
        /// The time from the request to the head of its answer, after which the client gets 503; nil for no limit.
        public var handlerTimeout: Duration? = .seconds(90)
        /// Bytes of content that are still read after an early answer, before the connection is closed.
        public var lingeringBytes = 16 * 1024 * 1024
        /// The answer to a failure, a JSON object with the status and a message unless set otherwise.
        public var errorResponse: @Sendable (HTTPError) -> ServerResponse = { error in
            ServerResponse.json(
                "{\"error\":{\"status\":\(error.status.rawValue),\"message\":\(jsonString(error.message))}}",
                status: error.status)
        }

        /// Bytes that the library holds for a connection.
        ///
        /// It keeps the head there, its tables of fields and what it has read of the content, and it wipes all of it
        /// after every request: memory that no head needs is paid for with time.
        var connectionMemory: Int { max(32 * 1024, maximumHeaderBytes + maximumHeaderBytes / 4 + 8 * 1024) }

        /// Makes a configuration for a free port on the loopback interface.
        public init(host: String = "127.0.0.1", port: Int = 0) {
            self.host = host
            self.port = port
        }
    }
}

/// A text as a JSON string; this module knows no JSON otherwise.
private func jsonString(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\0"..."\u{1F}", "\u{7F}": result += " "
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}
