extension HTTPClient {
    /// What holds for all requests of a client.
    public struct Configuration: Sendable {
        /// The time limits of requests that name none.
        public var timeouts = Timeouts()
        /// The longest collected body, in bytes after decompression; streamed answers have no limit of their own.
        public var maximumResponseBytes = 16 << 20
        /// The most connections to one host and port.
        public var maximumConnectionsPerHost = 64
        /// The most connections in all.
        public var maximumConnections = 256
        /// The most redirects followed for one request.
        public var maximumRedirects = 5
        /// The proxy; the environment's proxy variables are never read.
        public var proxy: Proxy?
        /// The `User-Agent` of requests that name none.
        public var userAgent = "Quartet"
        /// A file of trusted certificates (PEM) in place of the system's.
        public var caFile: String?
        /// A directory of trusted certificates, hashed by name, in place of the system's.
        public var caPath: String?
        /// Whether compressed answers are asked for, and decompressed.
        public var decompresses = true

        /// The defaults.
        public init() {}
    }
}

/// A server that forwards requests.
public struct Proxy: Sendable {
    /// Where it listens: `http://`, `https://`, `socks5://` or `socks5h://`, then host and port.
    public var url: String
    /// The name and password it asks for.
    public var credentials: (user: String, password: String)?
    /// Hosts reached directly: names that also cover their subdomains, addresses, or `*`.
    public var bypassedHosts: [String]

    /// A proxy for all hosts but the bypassed ones.
    public init(
        url: String, credentials: (user: String, password: String)? = nil, bypassing bypassedHosts: [String] = []
    ) {
        self.url = url
        self.credentials = credentials
        self.bypassedHosts = bypassedHosts
    }
}
