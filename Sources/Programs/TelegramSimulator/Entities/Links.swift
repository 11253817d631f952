/// What a link in a text may be.
enum Links {
    /// The user of a `tg://user?id=…` link, which makes a mention.
    static func user(in url: String) -> Int64? {
        guard url.lowercased().hasPrefix("tg://user?") || url.lowercased().hasPrefix("tg:user?") else { return nil }
        guard let query = url.split(separator: "?", maxSplits: 1).last else { return nil }
        for item in query.split(separator: "&") {
            let pair = item.split(separator: "=", maxSplits: 1)
            if pair.count == 2, pair[0] == "id", let id = Int64(pair[1]), id > 0 { return id }
        }
        return nil
    }

    /// The identifier of a `tg://emoji?id=…` link.
    static func customEmoji(in url: String) -> String? {
        guard url.lowercased().hasPrefix("tg://emoji?id=") else { return nil }
        let id = url.dropFirst("tg://emoji?id=".count)
        return Int64(id).map { $0 == 0 ? nil : String($0) } ?? nil
    }

    /// The time and format of a `tg://time?unix=…&format=…` link.
    static func time(in url: String) -> (unix: Int64, format: String?)? {
        guard url.lowercased().hasPrefix("tg://time?") else { return nil }
        var unix: Int64?
        var format: String?
        for item in url.dropFirst("tg://time?".count).split(separator: "&") {
            let pair = item.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { continue }
            if pair[0] == "unix" { unix = Int64(pair[1]) }
            if pair[0] == "format" { format = String(pair[1]) }
        }
        return unix.map { ($0, format) }
    }

    /// The link as the service stores it, or `nil` where the text is no link and the entity is dropped.
    ///
    /// A scheme is added where it is missing, the host is written in lower case and an empty path becomes `/`.
    static func checked(_ link: String) -> String? {
        let text = link.trimmingSpaces()
        guard !text.isEmpty, !text.utf8.contains(where: { $0 <= 0x20 }) else { return nil }
        var scheme = "http"
        var rest = Substring(text)
        if let mark = text.range(of: "://") {
            scheme = text[..<mark.lowerBound].lowercased()
            rest = text[mark.upperBound...]
        } else if let colon = text.firstIndex(of: ":"),
            ["tg", "ton", "tonsite", "mailto", "tel"].contains(text[..<colon].lowercased())
        {
            scheme = text[..<colon].lowercased()
            rest = text[text.index(after: colon)...]
        }
        switch scheme {
        case "tg", "ton", "tonsite": return rest.isEmpty ? nil : "\(scheme)://\(rest)"
        case "mailto", "tel": return rest.isEmpty ? nil : "\(scheme):\(rest)"
        case "http", "https": return checkedWebLink(scheme, rest)
        default: return nil
        }
    }

    private static func checkedWebLink(_ scheme: String, _ rest: Substring) -> String? {
        let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
        var authority = rest[..<end]
        let tail = rest[end...]
        var userInfo = ""
        if let at = authority.lastIndex(of: "@") {
            userInfo = String(authority[...at])
            authority = authority[authority.index(after: at)...]
        }
        let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let host = parts[0].lowercased()
        if parts.count == 2 { guard let port = UInt16(parts[1]), port > 0 else { return nil } }
        guard host.contains("."), !host.hasPrefix("."), !host.contains("..")
        else { return nil }
        guard host.utf8.allSatisfy({ $0.isLetterOrDigit || $0 >= 0x80 || $0 == "." || $0 == "-" || $0 == "_" }) else {
            return nil
        }
        let port = parts.count == 2 ? ":\(parts[1])" : ""
        return "\(scheme)://\(userInfo)\(host)\(port)\(tail.first == "/" ? "" : "/")\(tail)"
    }
}

extension String {
    func range(of other: String) -> Range<String.Index>? {
        let needle = Array(other.utf8)
        let view = utf8
        var start = view.startIndex
        while start != view.endIndex {
            var index = start
            var matched = 0
            while matched < needle.count, index != view.endIndex, view[index] == needle[matched] {
                index = view.index(after: index)
                matched += 1
            }
            if matched == needle.count { return start..<index }
            start = view.index(after: start)
        }
        return nil
    }

    func trimmingSpaces() -> String {
        var view = Substring(self)
        while let first = view.utf8.first, first.isSpace { view = view.dropFirst() }
        while let last = view.utf8.last, last.isSpace { view = view.dropLast() }
        return String(view)
    }
}
