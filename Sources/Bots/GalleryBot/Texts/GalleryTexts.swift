internal import BotKit
internal import Markup
internal import PhotoLibraries
internal import Support

/// Everything the Gallery bot says, in one language.
struct GalleryTexts: Sendable {
    /// The name of a picture without a title.
    var untitled: String
    /// The descriptions in the command menu.
    var menu: Menu
    /// The button of the reply keyboard.
    var nextButton: String
    /// The greeting, given the person's name and whether photos come by schedule.
    var greeting: @Sendable (_ name: String, _ schedule: FormattedText?) -> FormattedText
    /// The help, given the days without repeats and the schedule in words.
    var help: @Sendable (_ days: Int, _ schedule: FormattedText?) -> FormattedText
    /// The figures.
    var stats: @Sendable (GalleryStatistics) -> FormattedText
    /// Every picture was shown; it begins anew.
    var newRound: String
    /// Every picture was shown within the last days.
    var repeated: @Sendable (_ days: Int) -> String
    /// The library has no pictures.
    var emptyLibrary: String
    /// The library cannot give a picture.
    var libraryTrouble: @Sendable (PhotoLibraryError) -> String
    /// Every way to send the picture was refused.
    var cannotSend: String
    /// The answer to a text that is no command.
    var hint: String
    /// Somebody asks in a group, where others would see the photos too.
    var privateOnly: String
    /// Who is not on the list.
    var refusal: String

    struct Menu: Sendable {
        var start: String
        var random: String
        var stats: String
        var help: String
    }
}

extension GalleryTexts {
    /// The texts in every language.
    static let all = Localized(english: english, russian: russian)

    /// What BotKit says, with this bot's own refusal.
    static let kitTexts = Localized(
        english: withRefusal(KitTexts.standard.english, english.refusal),
        russian: withRefusal(KitTexts.standard.russian, russian.refusal))

    private static func withRefusal(_ texts: KitTexts, _ refusal: String) -> KitTexts {
        var texts = texts
        texts.refusal = refusal
        return texts
    }
}
