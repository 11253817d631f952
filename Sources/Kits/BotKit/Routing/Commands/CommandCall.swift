/// A command as somebody wrote it: `/name@bot arguments`.
struct CommandCall: Equatable, Sendable {
    /// The name in lower case, without slash and bot.
    let name: String
    /// What follows, without white space around it.
    let arguments: Substring

    /// What a text that begins with a slash may be.
    enum Parsed: Equatable, Sendable {
        case command(CommandCall)
        case forAnotherBot
        case noCommand
    }

    /// Reads a message's text.
    ///
    /// Telegram marks a command as `/` and up to 32 letters, digits and `_`, then `@` and a bot's name. Names are
    /// compared without regard to case.
    static func parse(_ text: String, bot username: String?) -> Parsed {
        guard text.utf8.first == UInt8(ascii: "/") else { return .noCommand }
        let body = text.dropFirst()
        let word = body.prefix { !$0.isWhitespace }
        let name = word.prefix { $0 != "@" }
        guard !name.isEmpty, name.utf8.count <= 32, name.utf8.allSatisfy(\.isCommandByte) else { return .noCommand }
        if name.endIndex < word.endIndex {
            let addressee = word[word.index(after: name.endIndex)...]
            guard let username, addressee.lowercased() == username.lowercased() else { return .forAnotherBot }
        }
        var rest = body[word.endIndex...].drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return .command(CommandCall(name: name.lowercased(), arguments: rest))
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
