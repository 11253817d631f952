/// One segment of a route's pattern.
enum RouteSegment: Equatable {
    /// The segment itself.
    case literal(String)
    /// `:name`, or `bot:token` where a fixed text goes before the variable one.
    case parameter(prefix: String, name: String)
    /// `*name`: everything that is left, possibly nothing.
    case rest(name: String)

    /// Takes a pattern such as `/photos/:id/*rest` apart; a malformed one is a mistake in the program and traps.
    static func parse(_ pattern: String) -> [RouteSegment] {
        precondition(pattern.hasPrefix("/"), "a route starts with a slash: \(pattern)")
        let texts = pattern.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        return texts.enumerated().map { index, text in
            if text.first == "*" {
                precondition(index == texts.count - 1, "nothing can follow \(text) in \(pattern)")
                return .rest(name: String(text.dropFirst()))
            }
            guard let colon = text.firstIndex(of: ":") else { return .literal(String(text)) }
            let name = text[text.index(after: colon)...]
            precondition(!name.isEmpty, "a variable segment without a name in \(pattern)")
            return .parameter(prefix: String(text[..<colon]), name: String(name))
        }
    }
}
