internal import PhotoLibraries

/// Which pictures are wanted: what `/random tag:beach rating>=80` and a schedule's words come down to.
///
/// All conditions hold at once. Names are compared without regard to case.
struct PhotoFilter: Codable, Equatable, Sendable {
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
    struct Day: Codable, Equatable, Sendable {
        var month: Int
        var day: Int
    }

    /// Every picture passes.
    static let none = PhotoFilter()

    /// Whether every picture passes.
    var isEmpty: Bool { self == .none }
}
