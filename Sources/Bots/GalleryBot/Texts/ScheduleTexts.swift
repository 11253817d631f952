internal import BotKit
internal import Markup

/// Everything that is said about schedules and a chat's settings, in one language.
struct ScheduleTexts: Sendable {
    var menu: Menu
    var buttons: Buttons
    var settings: Settings

    // MARK: /every

    /// How schedules are written, with examples; the buttons below need no writing.
    var everyHelp: FormattedText
    /// A schedule was made: its line, the chat's zone, its next times, and what holds it back now.
    var made: @Sendable (_ line: FormattedText, _ zone: String, _ next: [String], _ note: String?) -> FormattedText
    /// The chat has that one already.
    var known: @Sendable (_ line: FormattedText) -> FormattedText
    var tooMany: @Sendable (_ limit: Int) -> FormattedText
    /// Why a phrase is no schedule, where, and how it is written.
    var fault: @Sendable (_ fault: ScheduleFault, _ phrase: String) -> FormattedText
    /// The words about photos are wrong.
    var filterFault: @Sendable (_ reason: String) -> FormattedText
    /// No photo of the library fits at present.
    var nothingFits: String

    // MARK: /schedule

    var title: @Sendable (_ zone: String) -> FormattedText
    var empty: FormattedText
    /// The owner's schedule.
    var configured: @Sendable (_ cron: String, _ zone: String) -> FormattedText
    var next: @Sendable (_ times: [String]) -> String
    var isPaused: String
    /// What beside the times: photos at once, which, silent.
    var photos: @Sendable (_ count: Int) -> String
    var silent: String
    var deleteQuestion: @Sendable (_ line: FormattedText) -> FormattedText
    var deleted: String
    /// The schedule of an old button is there no more.
    var gone: String
    var onItsWay: String
    var paused: String
    var resumed: String
    var silentOn: String
    var silentOff: String
    /// All schedules rest, for the chat cannot be reached.
    var quietNote: @Sendable (_ from: String, _ until: String) -> String

    // MARK: /pause, /resume, /quiet

    var pausedUntil: @Sendable (_ until: String) -> FormattedText
    var pausedForGood: FormattedText
    var pausedNote: @Sendable (_ until: String?) -> String
    var pauseFault: @Sendable (_ fault: PausePhrase.Fault, _ phrase: String) -> FormattedText
    var allResumed: FormattedText
    var notPaused: String
    var quietSet: @Sendable (_ from: String, _ until: String, _ zone: String) -> FormattedText
    var quietOff: String
    var quietFault: FormattedText

    // MARK: /timezone

    var zoneQuestion: @Sendable (_ zone: String, _ time: String) -> FormattedText
    var zoneSet: @Sendable (_ zone: String, _ time: String) -> FormattedText
    var zoneUnknown: @Sendable (_ text: String) -> FormattedText
    var zoneChoice: FormattedText

    /// Somebody in a group presses or writes what only others may.
    var notYours: String

    struct Menu: Sendable {
        var every: String
        var schedule: String
        var settings: String
    }

    struct Buttons: Sendable {
        var pause: String
        var resume: String
        var makeSilent: String
        var makeLoud: String
        var now: String
        var delete: String
        var deleteYes: String
        var keep: String
        var back: String
        var add: String
        var pauseAll: String
        var resumeAll: String
        var list: String
        var settings: String
        var atTime: @Sendable (_ time: String) -> String
    }

    /// `/settings`.
    struct Settings: Sendable {
        var title: @Sendable (_ isGroup: Bool) -> FormattedText
        var zone: String
        var quiet: String
        var noQuiet: String
        var schedules: String
        var arePaused: @Sendable (_ until: String?) -> String
        var areActive: String
        var sound: String
        var isSilent: String
        var isLoud: String
        var spoiler: String
        var protection: String
        var on: String
        var off: String
        var language: String
        var languageName: String
        /// What stands on the button that turns something on or off.
        var change: @Sendable (_ name: String, _ isOn: Bool) -> String
        var quietQuestion: FormattedText
        var languageQuestion: FormattedText
        var languageByTelegram: String
    }
}

extension ScheduleTexts {
    /// The texts in every language.
    static let all = Localized(english: english, russian: russian)

    /// A phrase with the word that was not understood standing out.
    static func marked(_ phrase: String, _ word: PhraseWord?) -> FormattedText {
        guard let word, word.offset + word.text.count <= phrase.count else { return "/every \(phrase)" }
        let start = phrase.index(phrase.startIndex, offsetBy: word.offset)
        let end = phrase.index(start, offsetBy: word.text.count)
        let (before, after) = (String(phrase[..<start]), String(phrase[end...]))
        return "/every \(before)👉\(bold: word.text)\(after)"
    }
}
