internal import BotKit
internal import PhotoLibraries
internal import Support

/// Which pictures are wanted: what `/random tag:beach rating>=80` and a schedule's words come down to.
///
/// All conditions hold at once. Names are compared by `LabelName`.
struct PhotoFilter: Codable, Hashable, Sendable {
    /// From this rating on, 1 to 100; unrated pictures do not pass.
    var minimumRating: Int?
    /// Every one of these tags.
    var tags: [String] = []
    /// A gallery, or an album or folder.
    var gallery: String?
    /// Somebody in the picture.
    var performer: String?
    /// Names without saying of what: each is that of a gallery, a tag or a performer.
    var names: [String] = []
    var orientation: PhotoOrientation?
    /// Only what the library's owner marked as a favourite.
    var favouritesOnly = false
    var kind: Kind?
    /// A day of any year.
    var day: Day?

    /// Whether it moves.
    enum Kind: String, Codable, Sendable {
        case photo
        case clip
    }

    /// A day of the year, the 29th of February included.
    struct Day: Codable, Hashable, Sendable {
        let month: Int
        let day: Int

        /// Nil for a day that no year has.
        init?(month: Int, day: Int) {
            // 2024 is a leap year.
            guard (1...12).contains(month), (1...CivilDate.days(inMonth: month, of: 2024)).contains(day) else {
                return nil
            }
            self.month = month
            self.day = day
        }

        init(of date: CivilDate) {
            month = date.month
            day = date.day
        }
    }

    /// Every picture passes.
    static let none = PhotoFilter()

    /// Whether every picture passes.
    var isEmpty: Bool { self == .none }

    /// The conditions in words, such as `rating from 80, tag beach, portrait`; empty for none.
    func description(in language: Language) -> String {
        let texts = FilterTexts.all[language]
        var parts: [String] = []
        if let kind { parts.append(kind == .photo ? texts.photos : texts.clips) }
        if let orientation { parts.append(texts.orientation(orientation)) }
        if favouritesOnly { parts.append(texts.favourites) }
        if let minimumRating { parts.append(texts.rating(minimumRating)) }
        parts += tags.map(texts.tag)
        if let gallery { parts.append(texts.gallery(gallery)) }
        if let performer { parts.append(texts.performer(performer)) }
        parts += names.map(texts.name)
        if let day { parts.append(texts.day(day.day, day.month)) }
        return parts.joined(separator: ", ")
    }
}

/// How names that people write are told to be those of the library.
enum LabelName {
    /// Without regard to case, and with an underscore for a space, as captions write tags.
    static func folded(_ name: String) -> String {
        name.lowercased().replacing("_", with: " ")
    }

    /// The labels that somebody means by a name: those of exactly that name, else those that have it in theirs.
    static func matches(_ wanted: String, in labels: PhotoLabels) -> [Int] {
        let wanted = folded(wanted)
        let exact = labels.indices { folded($0.name) == wanted }
        return exact.isEmpty ? labels.indices { folded($0.name).contains(wanted) } : exact
    }
}
