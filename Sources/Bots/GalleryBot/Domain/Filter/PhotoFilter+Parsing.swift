internal import PhotoLibraries

/// The words of filters, in English and Russian alike: nobody has to know which language the bot takes them for.
///
///     rating>=80  ★4  tag:beach  #beach  gallery:"Summer 2019"  person:Anna  portrait  favourites  videos
///     рейтинг>=80  4★  тег:пляж  галерея:«Лето 2019»  кто:Анна  вертикальные  избранное  видео  день:25.12
extension PhotoFilter {
    /// Reads a filter from words that must all belong to it.
    init(parsing text: String) throws(PhotoFilterError) {
        let (filter, rest) = try Self.extracting(from: text)
        if let word = try FilterWord.words(of: rest).first { throw .unknownWord(word.text) }
        self = filter
    }

    /// Takes a filter out of a text that says other things too, such as a number or a time of day.
    ///
    /// - Returns: The filter, and the other words in their order with single spaces between them.
    static func extracting(from text: String) throws(PhotoFilterError) -> (filter: PhotoFilter, rest: String) {
        var reader = FilterReader()
        var rest: [String] = []
        var words = try FilterWord.words(of: text)[...]
        while var word = words.popFirst() {
            // People write "tag: beach" as well.
            if word.quoted == nil, let value = words.first, FilterReader.wantsValue(word.head),
                !FilterReader.wantsValue(value.head)
            {
                words.removeFirst()
                word = FilterWord(
                    text: word.text + " " + value.text, head: word.head + (value.quoted == nil ? value.head : ""),
                    quoted: value.quoted)
            }
            if try !reader.take(word) { rest.append(word.text) }
        }
        return (reader.filter, rest.joined(separator: " "))
    }
}

/// Collects the conditions word by word.
private struct FilterReader {
    var filter = PhotoFilter()
    /// The word that set a condition of which there is one only.
    private var setBy: [Single: String] = [:]

    private enum Single { case rating, gallery, performer, orientation, kind, day }
    private enum Key { case rating, tag, gallery, performer, kind, day }

    /// Whether the word is a key whose value stands apart.
    static func wantsValue(_ word: String) -> Bool {
        guard let last = word.last, last == ":" || last == "=" else { return false }
        return key(word.dropLast().trimming(">≥=")) != nil
    }

    /// Takes a word in; false when it says nothing about photos.
    mutating func take(_ word: FilterWord) throws(PhotoFilterError) -> Bool {
        if word.head.isEmpty, let name = word.quoted {
            guard !name.isEmpty else { throw .missingValue(word.text) }
            filter.names.append(name)
            return true
        }
        if word.head.hasPrefix("#"), word.quoted == nil {
            guard word.head.count > 1 else { throw .missingValue(word.text) }
            filter.tags.append(String(word.head.dropFirst()))
            return true
        }
        if word.quoted == nil, !word.head.contains(where: Self.isSign), let stars = try Self.stars(word.head) {
            try once(.rating, word)
            filter.minimumRating = stars * 20
            return true
        }
        if word.quoted == nil, try takeBare(word) { return true }
        guard let cut = word.head.firstIndex(where: Self.isSign), let key = Self.key(word.head[..<cut]) else {
            return false
        }
        let sign = word.head[cut...].prefix(while: Self.isSign)
        let value = word.quoted ?? String(word.head[sign.endIndex...])
        guard !value.isEmpty else { throw .missingValue(word.text) }
        try take(key, sign: String(sign), value: value, of: word)
        return true
    }

    private mutating func take(
        _ key: Key, sign: String, value: String, of word: FilterWord
    ) throws(PhotoFilterError) {
        switch key {
        case .rating:
            try once(.rating, word)
            filter.minimumRating = try Self.rating(value, sign: sign, of: word)
        case .tag: filter.tags.append(value)
        case .gallery:
            try once(.gallery, word)
            filter.gallery = value
        case .performer:
            try once(.performer, word)
            filter.performer = value
        case .kind:
            guard let kind = Self.kinds[value.lowercased()] else { throw .unknownWord(word.text) }
            try once(.kind, word)
            filter.kind = kind
        case .day:
            try once(.day, word)
            filter.day = try Self.day(value, of: word)
        }
    }

    private mutating func takeBare(_ word: FilterWord) throws(PhotoFilterError) -> Bool {
        let text = Self.plain(word.head.lowercased())
        if Self.favourites.contains(text) {
            filter.favouritesOnly = true
        } else if let orientation = Self.orientations[text] {
            try once(.orientation, word)
            filter.orientation = orientation
        } else if let kind = Self.kinds[text], !Self.tooCommon.contains(text) {
            try once(.kind, word)
            filter.kind = kind
        } else {
            return false
        }
        return true
    }

    private mutating func once(_ condition: Single, _ word: FilterWord) throws(PhotoFilterError) {
        if let earlier = setBy[condition] { throw .contradiction(earlier, word.text) }
        setBy[condition] = word.text
    }

    // MARK: Values

    /// `★4`, `4★` or four stars in a row; nil for what has no star in it.
    private static func stars(_ text: String) throws(PhotoFilterError) -> Int? {
        let plain = Self.plain(text).unicodeScalars.filter { $0 != "+" }
        let stars = plain.count { $0 == "★" || $0 == "⭐" || $0 == "☆" }
        guard stars > 0 else { return nil }
        let digits = String(String.UnicodeScalarView(plain.filter { $0 != "★" && $0 != "⭐" && $0 != "☆" }))
        let count = digits.isEmpty ? stars : stars == 1 ? Int(digits) : nil
        guard let count, (1...5).contains(count) else { throw .badRating(text) }
        return count
    }

    private static func rating(
        _ value: String, sign: String, of word: FilterWord
    ) throws(PhotoFilterError) -> Int {
        if let stars = try stars(value) { return stars * 20 }
        let digits = value.hasSuffix("+") ? String(value.dropLast()) : value
        guard ["≥", ">=", ">", ":", "=", ":>=", ":≥", ":>"].contains(sign), var rating = Int(digits) else {
            throw .badRating(word.text)
        }
        if sign.hasSuffix(">") { rating += 1 }
        guard (1...100).contains(rating) else { throw .badRating(word.text) }
        return rating
    }

    /// `25.12` as people write it, or `12-25` as ISO 8601 does.
    private static func day(_ value: String, of word: FilterWord) throws(PhotoFilterError) -> PhotoFilter.Day {
        let dotted = value.split(separator: ".").map { Int($0) }
        let dashed = value.split(separator: "-").map { Int($0) }
        let parts: (day: Int?, month: Int?)
        if dotted.count == 2 {
            parts = (dotted[0], dotted[1])
        } else if dashed.count == 2 {
            parts = (dashed[1], dashed[0])
        } else {
            throw .badDay(word.text)
        }
        guard let day = parts.day, let month = parts.month, let made = PhotoFilter.Day(month: month, day: day) else {
            throw .badDay(word.text)
        }
        return made
    }

    // MARK: Words

    private static func key(_ text: some StringProtocol) -> Key? {
        switch text.lowercased() {
        case "rating", "rate", "stars", "рейтинг", "оценка": .rating
        case "tag", "tags", "тег", "теги", "тэг": .tag
        case "gallery", "album", "folder", "галерея", "альбом", "папка": .gallery
        case "person", "performer", "people", "who", "человек", "перформер", "кто": .performer
        case "kind", "type", "вид", "тип": .kind
        case "day", "date", "день", "дата": .day
        default: nil
        }
    }

    private static func isSign(_ character: Character) -> Bool { ":=≥><≤".contains(character) }

    /// Without the invisible mark that asks for a colourful symbol.
    private static func plain(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\u{FE0F}" }))
    }

    private static let favourites: Set<String> = [
        "fav", "favs", "favorite", "favorites", "favourite", "favourites", "starred", "❤", "♥", "избранное",
        "избранные", "любимое", "любимые",
    ]

    private static let orientations: [String: PhotoOrientation] = [
        "portrait": .portrait, "portraits": .portrait, "vertical": .portrait, "вертикальное": .portrait,
        "вертикальные": .portrait, "портретное": .portrait, "портретные": .portrait, "landscape": .landscape,
        "landscapes": .landscape, "horizontal": .landscape, "горизонтальное": .landscape,
        "горизонтальные": .landscape, "альбомное": .landscape, "альбомные": .landscape, "square": .square,
        "squares": .square, "квадратное": .square, "квадратные": .square, "квадрат": .square,
    ]

    private static let kinds: [String: PhotoFilter.Kind] = [
        "photo": .photo, "photos": .photo, "picture": .photo, "pictures": .photo, "still": .photo, "stills": .photo,
        "фото": .photo, "фотография": .photo, "фотографии": .photo, "снимок": .photo, "снимки": .photo,
        "clip": .clip, "clips": .clip, "video": .clip, "videos": .clip, "gif": .clip, "gifs": .clip, "видео": .clip,
        "клип": .clip, "клипы": .clip, "ролик": .clip, "ролики": .clip, "гиф": .clip, "гифки": .clip,
    ]

    /// Said in passing ("a photo every day"), and no condition unless it follows `kind:`.
    private static let tooCommon: Set<String> = [
        "photo", "photos", "picture", "pictures", "фото", "фотография", "фотографии", "снимок", "снимки",
    ]
}

private extension StringProtocol {
    /// Without some characters at the end.
    func trimming(_ characters: String) -> String {
        var text = String(self)
        while let last = text.last, characters.contains(last) { text.removeLast() }
        return text
    }
}
