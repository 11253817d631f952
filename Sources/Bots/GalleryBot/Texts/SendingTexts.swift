internal import BotKit
internal import Markup
internal import Support

/// What is said about photos that are sent, in one language.
struct SendingTexts: Sendable {
    /// The button that brings the file itself.
    var originalButton: String
    /// The button that brings another photo.
    var nextButton: String
    /// The descriptions in the command menu.
    var todayMenu: String
    var originalMenu: String
    var infoMenu: String
    /// How `/random` is written, without the command.
    var randomUsage: String
    /// Somebody asked for 0 photos.
    var noPhotosAsked: String
    /// Above the votes for an album.
    var albumVotes: @Sendable (_ count: Int) -> String
    /// More were asked for than an album takes.
    var atMost: @Sendable (_ most: Int) -> String
    /// There were fewer than asked for.
    var fewer: @Sendable (_ sent: Int, _ asked: Int) -> String
    /// A button under a photo that this chat was never shown.
    var notShownHere: String
    /// `/info` or `/original` where no photo is meant.
    var noSuchPhoto: String
    /// The photo is no longer in the library.
    var photoGone: String
    /// The file is larger than Telegram takes from bots.
    var tooLarge: @Sendable (_ bytes: Int?) -> String
    /// How often a chat was shown a photo.
    var shown: @Sendable (_ times: Int, _ last: String?) -> String
    /// A date as people write it.
    var date: @Sendable (CivilDate) -> String
    /// "3 years ago".
    var ago: @Sendable (_ years: Int) -> String
    /// "3 years ago today", or with the date where it is another day.
    var yearsAgo: @Sendable (_ years: Int, _ otherDay: CivilDate?) -> String
    /// The years with their photos.
    var years: @Sendable (_ years: [(Int, Int)], _ reach: Int) -> FormattedText
    var moreButton: @Sendable (_ left: Int) -> String
    var nearButton: @Sendable (_ reach: Int) -> String
    var nothingToday: String
    var nothingNear: @Sendable (_ reach: Int) -> String
}

extension SendingTexts {
    /// The texts in every language.
    static let all = Localized(english: english, russian: russian)

    private static let english = SendingTexts(
        originalButton: "⤓ original",
        nextButton: "➡️ next",
        todayMenu: "This day in other years",
        originalMenu: "The file itself, as an answer to a photo",
        infoMenu: "About a photo, as an answer to it",
        randomUsage: "5 tag:beach rating>=80",
        noPhotosAsked: "No photos it is, then. /random 5 brings five.",
        albumVotes: { "🖼 \($0) photos. What do you think of them?" },
        atMost: { "I send at most \($0) at once." },
        fewer: { "I found \($0) of \($1)." },
        notShownHere: "I have not shown this photo here.",
        noSuchPhoto: "Please answer to one of my photos: I do not know which one you mean.",
        photoGone: "This photo is no longer in the library.",
        tooLarge: { bytes in
            let size = bytes.map { " (\(PhotoInfo.bytes($0, in: .english)))" } ?? ""
            return "The file is too large for Telegram\(size): bots may send up to 50 MB."
        },
        shown: { times, last in
            "shown here \(times) \(Plural.english(times, one: "time", other: "times"))"
                + (last.map { ", last \($0)" } ?? "")
        },
        date: { "\($0.day) \(months[$0.month - 1]) \($0.year)" },
        ago: { "\($0) \(Plural.english($0, one: "year", other: "years")) ago" },
        yearsAgo: { years, day in
            let ago = "\(years) \(Plural.english(years, one: "year", other: "years")) ago"
            return day.map { "\(ago), \($0.day) \(months[$0.month - 1]) \($0.year)" } ?? "\(ago) today"
        },
        years: { years, reach in
            let list = years.map { $0.1 > 1 ? "\($0.0) (\($0.1))" : "\($0.0)" }.joined(separator: ", ")
            let day = reach == 0 ? "This day in other years" : "These days in other years"
            return "\(bold: day): \(list)"
        },
        moreButton: { "➡️ \($0) more" },
        nearButton: { "📅 ± \($0) days" },
        nothingToday: "Nothing was taken on this day in other years. Perhaps today is a good day for a photo.",
        nothingNear: { "Nothing was taken within \($0) days of today in other years either." })

    private static let russian = SendingTexts(
        originalButton: "⤓ оригинал",
        nextButton: "➡️ дальше",
        todayMenu: "Этот день в другие годы",
        originalMenu: "Сам файл: ответьте на фото",
        infoMenu: "О фото: ответьте на него",
        randomUsage: "5 тег:пляж рейтинг>=80",
        noPhotosAsked: "Ноль так ноль. Пять фото пришлёт /random 5.",
        albumVotes: { "🖼 \($0) фото. Как вам они?" },
        atMost: { "За один раз присылаю не больше \($0)." },
        fewer: { "Нашлось \($0) из \($1)." },
        notShownHere: "Этого фото я здесь не показывал.",
        noSuchPhoto: "Ответьте, пожалуйста, на одно из моих фото: непонятно, какое вы имеете в виду.",
        photoGone: "Этого фото больше нет в коллекции.",
        tooLarge: { bytes in
            let size = bytes.map { " (\(PhotoInfo.bytes($0, in: .russian)))" } ?? ""
            return "Файл слишком велик для Telegram\(size): боты могут отправлять до 50 МБ."
        },
        shown: { times, last in
            "показано здесь \(times) \(Plural.russian(times, one: "раз", few: "раза", many: "раз"))"
                + (last.map { ", последний раз \($0)" } ?? "")
        },
        date: { "\($0.day) \(russianMonths[$0.month - 1]) \($0.year)" },
        ago: { "\($0) \(Plural.russian($0, one: "год", few: "года", many: "лет")) назад" },
        yearsAgo: { years, day in
            let ago = "\(years) \(Plural.russian(years, one: "год", few: "года", many: "лет")) назад"
            return day.map { "\(ago), \($0.day) \(russianMonths[$0.month - 1]) \($0.year)" } ?? "В этот день \(ago)"
        },
        years: { years, reach in
            let list = years.map { $0.1 > 1 ? "\($0.0) (\($0.1))" : "\($0.0)" }.joined(separator: ", ")
            let day = reach == 0 ? "Этот день в другие годы" : "Эти дни в другие годы"
            return "\(bold: day): \(list)"
        },
        moreButton: { "➡️ ещё \($0)" },
        nearButton: { "📅 ± \($0) дня" },
        nothingToday: "В этот день в другие годы ничего не снято. Может быть, сегодня хороший день для фото.",
        nothingNear: {
            "В другие годы ничего не снято и в пределах \($0) \(Plural.russian($0, one: "дня", few: "дней", many: "дней"))."
        })

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    private static let russianMonths = [
        "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
        "декабря",
    ]
}
