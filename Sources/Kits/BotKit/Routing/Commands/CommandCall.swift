/// A command as somebody wrote it: `/name@bot arguments`.
struct CommandCall: Equatable, Sendable {
    /// The name in lower case, without slash and bot.
    let name: String
    /// What follows, without white space around it.
    let arguments: Substring

    /// Reads a message's text; nil where it is no command, or a command for another bot.
    ///
    /// Telegram marks a command as `/` and up to 32 letters, digits and `_`, then `@` and a bot's name. Names are
    /// compared without regard to case.
    init?(_ text: String, bot username: String?) {
        guard text.utf8.first == UInt8(ascii: "/") else { return nil }
        let body = text.dropFirst()
        let word = body.prefix { !$0.isWhitespace }
        let name = word.prefix { $0 != "@" }
        guard !name.isEmpty, name.utf8.count <= 32, name.utf8.allSatisfy(\.isCommandByte) else { return nil }
        if name.endIndex < word.endIndex {
            let addressee = word[word.index(after: name.endIndex)...]
            guard let username, addressee.lowercased() == username.lowercased() else { return nil }
        }
        self.name = name.lowercased()
        var rest = body[word.endIndex...].drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        arguments = rest
    }
}

extension UInt8 {
    fileprivate var isCommandByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
