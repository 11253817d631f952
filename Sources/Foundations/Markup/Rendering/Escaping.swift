/// Characters made safe for text that someone else parses as markup.
///
/// BotKit sends entities and never needs these; they serve logs, tests and texts kept elsewhere as markup.
public enum Escaping {
    /// For Telegram's HTML and for web pages, in text and in quoted attributes.
    public static func html(_ text: some StringProtocol) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// For Telegram's MarkdownV2 outside code and links.
    public static func markdownV2(_ text: some StringProtocol) -> String {
        backslashed(text, reserved: "\\_*[]()~`>#+-=|{}.!")
    }

    /// For the inside of MarkdownV2 `code` and `pre`.
    public static func markdownV2Code(_ text: some StringProtocol) -> String {
        backslashed(text, reserved: "\\`")
    }

    /// For the address part of a MarkdownV2 link.
    public static func markdownV2URL(_ text: some StringProtocol) -> String {
        backslashed(text, reserved: "\\)")
    }

    private static func backslashed(_ text: some StringProtocol, reserved: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if reserved.unicodeScalars.contains(scalar) { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
