/// The host and port of a `Host` field, or an address alone.
struct WebHost: Sendable, Equatable {
    /// In small letters, an IPv6 address without its brackets.
    var name: String
    var port: Int?

    init(_ text: String) {
        let text = text.lowercased()
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            name = String(text[text.index(after: text.startIndex)..<end])
            port = text[text.index(after: end)...].hasPrefix(":") ? Int(text[end...].dropFirst(2)) : nil
            return
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        // More colons than one are those of an IPv6 address.
        name = parts.count == 2 ? String(parts[0]) : text
        port = parts.count == 2 ? Int(parts[1]) : nil
    }

    /// A name or an address that always means this machine.
    var isLoopback: Bool {
        name == "localhost" || name == "::1" || name == "::ffff:127.0.0.1" || isIPv4Loopback
    }

    private var isIPv4Loopback: Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}

extension WebHost {
    /// The host of a web address.
    init(authorityOf url: String) {
        let rest = url.split(separator: "://", maxSplits: 1).last ?? ""
        self.init(String(rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }))
    }
}
