extension String {
    /// The length that Telegram counts in: UTF-16 code units.
    public var utf16Length: Int { utf16.count }

    /// The longest beginning of at most `limit` UTF-16 units that does not split a visible character.
    public func prefix(utf16 limit: Int) -> Substring {
        guard utf16.count > limit else { return self[...] }
        var length = 0
        var end = startIndex
        while end < endIndex {
            let next = index(after: end)
            length += self[end..<next].utf16.count
            if length > limit { break }
            end = next
        }
        return self[..<end]
    }

    /// The text when it fits in `limit` UTF-16 units, else its beginning with `ellipsis` at the end.
    ///
    /// White space before the ellipsis goes. When not even the ellipsis fits, the beginning comes without it.
    public func cut(utf16 limit: Int, ellipsis: String = "…") -> String {
        guard utf16.count > limit else { return self }
        let room = limit - ellipsis.utf16.count
        guard room > 0 else { return String(prefix(utf16: limit)) }
        var head = prefix(utf16: room)
        while head.last?.isWhitespace == true { head.removeLast() }
        return String(head) + ellipsis
    }
}
