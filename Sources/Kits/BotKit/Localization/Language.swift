/// A language that the bots speak.
public enum Language: String, Sendable, Hashable, CaseIterable, Codable {
    case english = "en"
    case russian = "ru"

    /// The language for an IETF tag such as `ru` or `en-GB`, as Telegram's `language_code` gives it; nil for others.
    public init?(tag: String) {
        self.init(rawValue: String(tag.prefix { $0 != "-" && $0 != "_" }).lowercased())
    }
}
