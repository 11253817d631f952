internal import BotKit

/// What is said about photos that are sent, in one language.
struct SendingTexts: Sendable {
    /// The button that brings the file itself.
    var originalButton: String
    /// The button that brings another photo.
    var nextButton: String
}

extension SendingTexts {
    /// The texts in every language.
    static let all = Localized(english: english, russian: russian)

    private static let english = SendingTexts(originalButton: "⤓ original", nextButton: "➡️ next")

    private static let russian = SendingTexts(originalButton: "⤓ оригинал", nextButton: "➡️ дальше")
}
