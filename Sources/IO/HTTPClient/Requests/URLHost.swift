/// The one part of a URL that errors and logs may name.
enum URLHost {
    /// The host and port, without user, password, path and query; a placeholder where there is none.
    static func of(_ url: String) -> String {
        let bytes = url.utf8
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return "the host" }
        let rest = bytes[colon...].dropFirst().drop { $0 == UInt8(ascii: "/") }
        let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        let host =
            authority.lastIndex(of: UInt8(ascii: "@")).map { authority[authority.index(after: $0)...] } ?? authority
        return host.isEmpty ? "the host" : String(decoding: host, as: UTF8.self)
    }
}
