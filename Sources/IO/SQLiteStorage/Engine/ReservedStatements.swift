import Storage

/// Statements that would break the frame around a body, and so are the driver's alone.
enum ReservedStatements {
    private static let keywords: Set<String> = [
        "BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "ATTACH", "DETACH", "VACUUM",
    ]

    static func refuse(_ text: Substring) throws(StorageError) {
        let keyword = firstWord(of: text).uppercased()
        guard keywords.contains(keyword) else { return }
        throw StorageError(
            .misuse, "\(keyword) is not allowed inside a body: the database begins and ends transactions itself")
    }

    /// The first word after spaces, comments and empty statements.
    private static func firstWord(of text: Substring) -> Substring {
        var rest = text
        while true {
            rest = rest.drop { $0.isWhitespace || $0 == ";" }
            if rest.hasPrefix("--") {
                rest = rest.drop { !$0.isNewline }
            } else if rest.hasPrefix("/*") {
                rest = rest.dropFirst(2)
                while !rest.isEmpty && !rest.hasPrefix("*/") { rest.removeFirst() }
                rest = rest.dropFirst(2)
            } else {
                return rest.prefix { $0.isLetter }
            }
        }
    }
}
