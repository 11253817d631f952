internal import BotKit
internal import Markup

/// What the bot says about votes, preferences and hidden galleries.
struct VoteTexts: Sendable {
    /// The descriptions in the command menu.
    var preferencesMenu: String
    var excludedMenu: String
    /// The answer to a press, over the chat.
    var answer: @Sendable (Votes.Change) -> String
    /// The answer to the 👎 after which hiding is asked about.
    var much: @Sendable (_ count: Int, _ gallery: String) -> String
    /// The photo was never shown in this chat, or is no longer known.
    var unknownPhoto: String
    /// Telegram no longer shows the bot the message.
    var tooOld: String
    /// Below a photo after a 👎.
    var hideOffer: @Sendable (_ gallery: String) -> String
    var hideQuestion: @Sendable (_ gallery: String) -> String
    var hide: String
    var keep: String
    /// What hiding means, shown to whoever presses the question.
    var hideMeaning: @Sendable (_ gallery: String) -> String
    var hidden: @Sendable (_ gallery: String) -> String
    var kept: String
    /// The photo is in no gallery, or no longer in one.
    var noGallery: String
    /// Only those who manage the group may hide and restore.
    var notYours: String
    /// The list of hidden galleries.
    var excluded: @Sendable (_ count: Int, _ isGroup: Bool) -> FormattedText
    var nothingExcluded: @Sendable (_ isGroup: Bool) -> String
    var restored: @Sendable (_ gallery: String) -> String
    var notExcluded: String
    /// What is liked and disliked.
    var preferences: @Sendable (PreferencesSummary) -> FormattedText
}

/// What `/preferences` shows.
struct PreferencesSummary: Equatable, Sendable {
    var preferences: Preferences
    var minimum: Int
    var isGroup: Bool
}

extension VoteTexts {
    static let all = Localized(english: english, russian: russian)

    /// A name that fits a line beside figures.
    static func cut(_ name: String, to limit: Int = 30) -> String {
        let line = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count > limit ? line.prefix(limit - 1) + "…" : line
    }

    private static let english = VoteTexts(
        preferencesMenu: "What you like",
        excludedMenu: "Hidden galleries",
        answer: { change in
            switch change {
            case .cast(.up): "👍 Noted"
            case .cast(.down): "👎 Noted"
            case .changed(.up): "👍 Changed"
            case .changed(.down): "👎 Changed"
            case .undone: "Your vote is taken back"
            case .repeated(.up?): "👍 Noted already"
            case .repeated(.down?): "👎 Noted already"
            case .repeated(nil): "Taken back already"
            }
        },
        much: { count, gallery in
            "👎 Noted. That makes \(count) in “\(cut(gallery))”. Hide the gallery?"
        },
        unknownPhoto:
            "I have no record of showing this photo here, so I cannot count your vote. /random shows another.",
        tooOld: "This message is too old for me to count votes under it. /random shows another photo.",
        hideOffer: { "🙈 Hide “\(cut($0))”…" },
        hideQuestion: { "Hide “\(cut($0))”?" },
        hide: "Hide",
        keep: "Keep",
        hideMeaning: { "“Hide”: photos of “\(cut($0))” no longer come to this chat. /excluded brings them back." },
        hidden: { "“\(cut($0))” is hidden. /excluded brings it back." },
        kept: "It stays.",
        noGallery: "This photo is in no gallery any more.",
        notYours: "In a group only those who manage it may hide galleries.",
        excluded: { count, isGroup in
            var text: FormattedText = "🙈 \(bold: isGroup ? "Galleries hidden in this group" : "Hidden galleries")"
            text += ": \(count)\n\nPress one to see its photos again."
            return text
        },
        nothingExcluded: { isGroup in
            (isGroup ? "No gallery is hidden in this group." : "You have hidden no gallery.")
                + " After a 👎 a button under the photo offers to."
        },
        restored: { "“\(cut($0))” is back." },
        notExcluded: "This gallery is not hidden any more.",
        preferences: { summary in
            let preferences = summary.preferences
            guard preferences.total.total > 0 else {
                return summary.isGroup
                    ? "Nobody here has voted yet. Press 👍 or 👎 under a photo, and I show more of what this group likes."
                    : "You have not voted yet. Press 👍 or 👎 under a photo, and I show you more of what you like."
            }
            var text: FormattedText = "❤️ \(bold: summary.isGroup ? "What this group likes" : "What you like")"
            text += "\n👍 \(preferences.total.up) / 👎 \(preferences.total.down)"
            text += sections(
                preferences,
                titles: ("👍 People", "👍 Galleries", "👎 People", "👎 Galleries"),
                none: "\n\nNothing stands out so far: a gallery or a person counts from"
                    + " \(summary.minimum) \(Plural.english(summary.minimum, one: "vote", other: "votes")) on.")
            return text
        })

    private static let russian = VoteTexts(
        preferencesMenu: "Что вам нравится",
        excludedMenu: "Скрытые галереи",
        answer: { change in
            switch change {
            case .cast(.up): "👍 Учтено"
            case .cast(.down): "👎 Учтено"
            case .changed(.up): "👍 Голос изменён"
            case .changed(.down): "👎 Голос изменён"
            case .undone: "Голос отозван"
            case .repeated(.up?): "👍 Уже учтено"
            case .repeated(.down?): "👎 Уже учтено"
            case .repeated(nil): "Голос уже отозван"
            }
        },
        much: { count, gallery in
            "👎 Учтено. В галерее «\(cut(gallery))» таких уже \(count). Скрыть её?"
        },
        unknownPhoto: "Не помню, чтобы показывал здесь это фото, поэтому голос не учтён. Другое фото: /random.",
        tooOld: "Сообщение слишком старое, голоса под ним уже не учесть. Другое фото: /random.",
        hideOffer: { "🙈 Скрыть «\(cut($0))»…" },
        hideQuestion: { "Скрыть «\(cut($0))»?" },
        hide: "Скрыть",
        keep: "Оставить",
        hideMeaning: { "«Скрыть»: фото из «\(cut($0))» больше не будут приходить в этот чат. Вернуть: /excluded." },
        hidden: { "Галерея «\(cut($0))» скрыта. Вернуть: /excluded." },
        kept: "Галерея остаётся.",
        noGallery: "Этого фото больше нет ни в одной галерее.",
        notYours: "Скрывать галереи в группе могут только те, кто ею управляет.",
        excluded: { count, isGroup in
            var text: FormattedText = "🙈 \(bold: isGroup ? "Галереи, скрытые в этой группе" : "Скрытые галереи")"
            text += ": \(count)\n\nНажмите на галерею, чтобы снова видеть её фото."
            return text
        },
        nothingExcluded: { isGroup in
            (isGroup ? "В этой группе скрытых галерей нет." : "Скрытых галерей у вас нет.")
                + " Скрыть галерею предложит кнопка под фото после 👎."
        },
        restored: { "Галерея «\(cut($0))» возвращена." },
        notExcluded: "Эта галерея уже не скрыта.",
        preferences: { summary in
            let preferences = summary.preferences
            guard preferences.total.total > 0 else {
                return summary.isGroup
                    ? "Здесь ещё никто не голосовал. Нажимайте 👍 или 👎 под фото, и я буду чаще показывать то, что нравится группе."
                    : "Вы ещё не голосовали. Нажимайте 👍 или 👎 под фото, и я буду чаще показывать то, что вам нравится."
            }
            var text: FormattedText = "❤️ \(bold: summary.isGroup ? "Что нравится группе" : "Что вам нравится")"
            text += "\n👍 \(preferences.total.up) / 👎 \(preferences.total.down)"
            text += sections(
                preferences,
                titles: ("👍 Люди", "👍 Галереи", "👎 Люди", "👎 Галереи"),
                none: "\n\nПока ничто не выделяется: галерея или человек учитываются, когда наберётся "
                    + "\(summary.minimum) \(Plural.russian(summary.minimum, one: "голос", few: "голоса", many: "голосов"))."
            )
            return text
        })

    /// The four lists, without those that are empty.
    private static func sections(
        _ preferences: Preferences, titles: (String, String, String, String), none: String
    ) -> FormattedText {
        let lists = [
            (titles.0, Preferences.liked(preferences.performers, 5)),
            (titles.1, Preferences.liked(preferences.galleries, 5)),
            (titles.2, Preferences.disliked(preferences.performers, 5)),
            (titles.3, Preferences.disliked(preferences.galleries, 5)),
        ].filter { !$0.1.isEmpty }
        guard !lists.isEmpty else { return FormattedText(none) }
        var text: FormattedText = ""
        for (title, opinions) in lists {
            text += "\n\n\(bold: title)"
            for opinion in opinions { text += "\n\(cut(opinion.label.name)) · 👍 \(opinion.up) / 👎 \(opinion.down)" }
        }
        return text
    }
}
