/// A command as somebody wrote it: `/name@bot arguments`.
struct CommandCall: Equatable, Sendable {
    /// The name in lower case, without slash and bot.
    let name: String
    /// What follows, without white space around it.
    let arguments: Substring

    /// Whether Telegram takes it for a command's name: others are in no message and spoil the whole menu.
    static func isName(_ name: String) -> Bool {
        (1...32).contains(name.utf8.count) && name.utf8.allSatisfy { $0.isCommandByte && !$0.isCapital }
    }

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
        // Names are ASCII: reading their bytes costs a tenth of reading characters, and every message passes here.
        let bytes = text.utf8.dropFirst()
        let name = text[bytes.startIndex..<bytes.prefix(while: \.isCommandByte).endIndex]
        guard !name.isEmpty, name.utf8.count <= 32 else { return .noCommand }
        var rest = text[name.endIndex...]
        if rest.utf8.first == UInt8(ascii: "@") {
            let addressee = rest.dropFirst().prefix { !$0.isWhitespace }
            guard let username, addressee.lowercased() == username.lowercased() else { return .forAnotherBot }
            rest = rest[addressee.endIndex...]
        }
        guard rest.first?.isWhitespace ?? true else { return .noCommand }
        rest = rest.drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return .command(CommandCall(name: name.lowercased(), arguments: rest))
    }
}

extension UInt8 {
    fileprivate var isCapital: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }

    fileprivate var isCommandByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
