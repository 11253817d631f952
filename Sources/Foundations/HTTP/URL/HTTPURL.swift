/// An absolute `http` or `https` URL in its parts (RFC 3986, section 3).
public struct HTTPURL: Sendable, Hashable, CustomStringConvertible {
    /// `http` or `https`.
    public var scheme: String
    /// What stands before `@`, still escaped; it holds credentials and must not be logged.
    public var userInfo: String?
    /// The host in lower case; an IPv6 address has its brackets.
    public var host: String
    /// The port, where one was written.
    public var port: Int?
    /// The path, still escaped; starts with a slash.
    public var path: String
    /// What stands after `?`, still escaped; nil without a question mark.
    public var query: String?
    /// What stands after `#`, still escaped; it is never sent.
    public var fragment: String?

    /// Reads a URL; nil when it is not absolute `http(s)`, has no host, a bad port, or a character not allowed in one.
    public init?(_ text: String) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }), let colon = text.range(ofASCII: "://") else {
            return nil
        }
        scheme = String(text[..<colon.lowerBound]).asciiLowercased
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = text[colon.upperBound...]
        let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" || $0 == "\\" } ?? rest.endIndex
        // Programs disagree on a backslash, and disagreement about the host is a hole.
        if end < rest.endIndex, rest[end] == "\\" { return nil }
        guard let authority = Authority(rest[..<end]) else { return nil }
        userInfo = authority.userInfo
        host = authority.host
        port = authority.port

        var tail = rest[end...]
        if let hash = tail.firstIndex(of: "#") {
            fragment = String(tail[tail.index(after: hash)...])
            tail = tail[..<hash]
        }
        if let mark = tail.firstIndex(of: "?") {
            query = String(tail[tail.index(after: mark)...])
            tail = tail[..<mark]
        }
        path = tail.isEmpty ? "/" : String(tail)
    }

    /// The port to connect to: the written one, else 80 or 443.
    public var effectivePort: Int { port ?? (scheme == "https" ? 443 : 80) }

    /// Scheme, host and port: what a browser calls the origin.
    public var origin: String { "\(scheme)://\(host)" + (port.map { ":\($0)" } ?? "") }

    /// Path and query as they stand in a request line.
    public var target: String { query.map { "\(path)?\($0)" } ?? path }

    /// The decoded items of the query.
    public var queryItems: QueryItems { QueryItems(parsing: query ?? "") }

    /// The whole URL.
    public var description: String {
        var text = "\(scheme)://"
        if let userInfo { text += "\(userInfo)@" }
        text += host
        if let port { text += ":\(port)" }
        text += target
        if let fragment { text += "#\(fragment)" }
        return text
    }

    /// The URL for logs, without user info, query and fragment.
    ///
    /// A path may hold a secret too; that only the caller knows.
    public var redacted: String { origin + path }

    /// This URL's path and query on the base's scheme, user info, host and port.
    ///
    /// A base with a path of its own (`https://home.example/stash`) goes before the path, unless the path has it.
    public func rebased(on base: HTTPURL) -> HTTPURL {
        var result = base
        var prefix = Substring(base.path)
        while prefix.last == "/" { prefix.removeLast() }
        let hasPrefix = path == prefix || path.hasPrefix(prefix + "/")
        result.path = hasPrefix ? path : prefix + path
        result.query = query
        result.fragment = nil
        return result
    }

    /// The URL that a reference found at this one stands for (RFC 3986, section 5.2): a redirect's `Location`, a link.
    public func resolving(_ reference: String) -> HTTPURL? {
        if let absolute = HTTPURL(reference) { return absolute }
        if reference.hasPrefix("//") { return HTTPURL("\(scheme):\(reference)") }
        var result = self
        result.fragment = nil
        if reference.isEmpty { return result }
        let base: String
        switch reference.utf8.first {
        case UInt8(ascii: "#"): return HTTPURL(result.description + reference)
        case UInt8(ascii: "?"): base = origin + path
        case UInt8(ascii: "/"): base = origin
        default:
            // Anything with a scheme of its own that is not http(s) cannot be reached from here.
            if let colon = reference.firstIndex(of: ":"),
                !reference[..<colon].contains(where: { $0 == "/" || $0 == "?" || $0 == "#" })
            {
                return nil
            }
            base = origin + path[...(path.lastIndex(of: "/") ?? path.startIndex)]
        }
        guard var resolved = HTTPURL(base + reference) else { return nil }
        resolved.userInfo = userInfo
        resolved.path = Self.removingDots(resolved.path)
        return resolved
    }

    /// Takes `.` and `..` out of a path (RFC 3986, section 5.2.4).
    public static func removingDots(_ path: String) -> String {
        var kept: [Substring] = []
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            switch segment {
            case ".": if isLast { kept.append("") }
            case "..":
                if !kept.isEmpty { kept.removeLast() }
                if isLast { kept.append("") }
            default: kept.append(segment)
            }
        }
        return "/" + kept.joined(separator: "/")
    }
}

/// User info, host and port of a URL.
private struct Authority {
    var userInfo: String?
    var host: String
    var port: Int?

    init?(_ text: Substring) {
        var rest = text
        if let at = rest.lastIndex(of: "@") {
            userInfo = String(rest[..<at])
            rest = rest[rest.index(after: at)...]
        }
        let name: Substring
        if rest.first == "[" {
            guard let close = rest.firstIndex(of: "]") else { return nil }
            name = rest[...close]
            guard
                name.dropFirst().dropLast().utf8.allSatisfy({ $0.hexadecimalValue != nil || $0 == 0x3A || $0 == 0x2E })
            else { return nil }
            rest = rest[rest.index(after: close)...]
        } else {
            name = rest[..<(rest.firstIndex(of: ":") ?? rest.endIndex)]
            let isAllowed: (UInt8) -> Bool = {
                $0.isDigit || $0.isASCIILetter || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F || $0 == 0x25 || $0 >= 0x80
            }
            guard name.utf8.allSatisfy(isAllowed) else { return nil }
            rest = rest[name.endIndex...]
        }
        guard !name.isEmpty else { return nil }
        host = String(name).asciiLowercased
        if rest.isEmpty { return }
        guard rest.removeFirst() == ":" else { return nil }
        if rest.isEmpty { return }
        guard rest.utf8.allSatisfy(\.isDigit), let number = Int(rest), (1...65_535).contains(number) else { return nil }
        port = number
    }
}

extension String {
    fileprivate func range(ofASCII text: String) -> Range<Index>? {
        let needle = Array(text.utf8)
        let hay = utf8
        guard needle.count <= hay.count else { return nil }
        var start = hay.startIndex
        let last = hay.index(hay.endIndex, offsetBy: -needle.count)
        while start <= last {
            let end = hay.index(start, offsetBy: needle.count)
            if hay[start..<end].elementsEqual(needle) { return start..<end }
            hay.formIndex(after: &start)
        }
        return nil
    }
}
