internal import BotKit
internal import PhotoLibraries

/// What is said about filters, in one language.
struct FilterTexts: Sendable {
    var photos: String
    var clips: String
    var favourites: String
    var orientation: @Sendable (PhotoOrientation) -> String
    /// From 1 to 100.
    var rating: @Sendable (Int) -> String
    var tag: @Sendable (String) -> String
    var gallery: @Sendable (String) -> String
    var performer: @Sendable (String) -> String
    var name: @Sendable (String) -> String
    var day: @Sendable (_ day: Int, _ month: Int) -> String

    /// No photo of the library passes; the filter's words may be empty.
    var nothingMatches: @Sendable (_ filter: String) -> String

    var unknownWord: @Sendable (String) -> String
    var missingValue: @Sendable (String) -> String
    var badRating: @Sendable (String) -> String
    var badDay: @Sendable (String) -> String
    var unclosedQuote: String
    var contradiction: @Sendable (String, String) -> String
}

extension FilterTexts {
    /// The texts in every language.
    static let all = Localized(english: english, russian: russian)

    private static let english = FilterTexts(
        photos: "photos", clips: "videos and GIFs", favourites: "favourites",
        orientation: {
            switch $0 {
            case .portrait: "portrait"
            case .landscape: "landscape"
            case .square: "square"
            }
        },
        rating: { "rating from \($0)" }, tag: { "tag “\($0)”" }, gallery: { "gallery “\($0)”" },
        performer: { "with \($0)" }, name: { "“\($0)”" },
        day: { day, month in
            let months = [
                "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December",
            ]
            return "\(day) \(months[(month - 1) % 12])"
        },
        nothingMatches: { filter in
            filter.isEmpty
                ? "There is no such photo in the library."
                : "The library has no photo with: \(filter). Check the spelling, or ask for less at once."
        },
        unknownWord: { "I do not know what “\($0)” means here. For example: tag:beach rating>=80 portrait" },
        missingValue: { "Something is missing after “\($0)”. For example: tag:beach" },
        badRating: { "“\($0)” is not a rating. Write rating>=80 (1 to 100) or ★4 (1 to 5 stars)." },
        badDay: { "“\($0)” is not a day. Write day:25.12 for the 25th of December." },
        unclosedQuote: "A quotation mark is not closed. For example: gallery:\"Summer 2019\"",
        contradiction: { "“\($0)” and “\($1)” cannot both hold; keep one of them." })

    private static let russian = FilterTexts(
        photos: "фотографии", clips: "видео и GIF", favourites: "избранное",
        orientation: {
            switch $0 {
            case .portrait: "вертикальные"
            case .landscape: "горизонтальные"
            case .square: "квадратные"
            }
        },
        rating: { "оценка от \($0)" }, tag: { "тег «\($0)»" }, gallery: { "галерея «\($0)»" },
        performer: { "кто: \($0)" }, name: { "«\($0)»" },
        day: { day, month in
            let months = [
                "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября",
                "ноября", "декабря",
            ]
            return "\(day) \(months[(month - 1) % 12])"
        },
        nothingMatches: { filter in
            filter.isEmpty
                ? "Таких фото в библиотеке нет."
                : "В библиотеке нет фото, для которых верно всё сразу: \(filter). Проверьте написание или уберите часть условий."
        },
        unknownWord: { "Не понимаю, что здесь значит «\($0)». Например: тег:пляж рейтинг>=80 вертикальные" },
        missingValue: { "После «\($0)» чего-то не хватает. Например: тег:пляж" },
        badRating: { "«\($0)» – не оценка. Напишите рейтинг>=80 (от 1 до 100) или ★4 (от 1 до 5 звёзд)." },
        badDay: { "«\($0)» – не день. Чтобы выбрать 25 декабря, напишите день:25.12." },
        unclosedQuote: "Кавычки не закрыты. Например: галерея:«Лето 2019»",
        contradiction: { "«\($0)» и «\($1)» одновременно не бывает: оставьте что-то одно." })
}
