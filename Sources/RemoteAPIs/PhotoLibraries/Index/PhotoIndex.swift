package import Support

/// Everything about a whole library that choosing a picture needs, a few dozen bytes for each.
///
/// A picture is a position from 0 to `count - 1`; positions are in the order of the identifiers (numbers by value, all
/// else by its bytes), so that finding one is a binary search and two indices of one library are compared by merging
/// them. Nothing in it changes: a library that is read anew gives another index.
package final class PhotoIndex: Sendable {
    /// How many pictures there are.
    package let count: Int
    /// The galleries or folders that pictures belong to.
    package let galleries: PhotoLabels
    /// The tags that pictures have.
    package let tags: PhotoLabels
    /// The people in pictures.
    package let performers: PhotoLabels
    /// The tags of each picture, as indices into `tags`.
    package let tagLists: PhotoLabelLists
    /// The people in each picture, as indices into `performers`.
    package let performerLists: PhotoLabelLists
    /// Changes when pictures come or go; the same while every position means the same picture.
    package let listing: UInt64

    let identifiers: IdentifierColumn
    private let columns: PhotoColumns

    init(
        identifiers: IdentifierColumn, columns: PhotoColumns, galleries: PhotoLabels, tags: PhotoLabels,
        performers: PhotoLabels, tagLists: PhotoLabelLists, performerLists: PhotoLabelLists
    ) {
        count = identifiers.count
        listing = identifiers.fingerprint
        self.identifiers = identifiers
        self.columns = columns
        self.galleries = galleries
        self.tags = tags
        self.performers = performers
        self.tagLists = tagLists
        self.performerLists = performerLists
    }

    /// A library without pictures.
    package static let empty = PhotoIndexBuilder().finish()

    // MARK: Identifiers

    /// The library's own identifier of a picture.
    package func id(at position: Int) -> String { identifiers[position] }

    /// Where a picture stands; nil when the library had none of that identifier.
    package func position(of id: String) -> Int? { identifiers.position(of: id) }

    /// All identifiers, made one by one.
    package var ids: some Sequence<String> { (0..<count).lazy.map { [identifiers] in identifiers[$0] } }

    /// Where each picture of an earlier index stands in this one, -1 for gone.
    package func positions(of earlier: PhotoIndex) -> [Int32] { identifiers.positions(of: earlier.identifiers) }

    // MARK: Facts

    /// The first gallery of each picture, as an index into `galleries`; -1 for none.
    package var galleryColumn: [Int32] { columns.gallery }

    /// The rating of each picture, 1 to 100; 0 for none.
    package var ratingColumn: [UInt8] { columns.rating }

    /// The first gallery of a picture, as an index into `galleries`; -1 for a picture in none.
    package func gallery(at position: Int) -> Int { Int(columns.gallery[position]) }

    /// All galleries of a picture, the first one first.
    package func galleries(at position: Int) -> [Int] {
        let first = gallery(at: position)
        return first < 0 ? [] : [first] + columns.furtherGalleries(at: position)
    }

    /// The pictures that belong to more than one gallery, each with one of the further ones.
    package var furtherGalleries: some Sequence<(position: Int, gallery: Int)> {
        columns.further.lazy.map { (Int($0.position), Int($0.gallery)) }
    }

    /// 1 to 100; 0 where nobody rated it.
    package func rating(at position: Int) -> Int { Int(columns.rating[position]) }

    /// The day it was taken, else the day its file was made; nil where unknown.
    package func date(at position: Int) -> CivilDate? { columns.date[position].date }

    /// Whether it is higher than wide; nil where the library does not tell.
    package func orientation(at position: Int) -> PhotoOrientation? {
        PhotoOrientation(rawValue: columns.flags[position] & PhotoColumns.orientationBits)
    }

    /// Whether its owner marked it as a favourite.
    package func isFavourite(at position: Int) -> Bool { columns.flags[position] & PhotoColumns.favouriteBit != 0 }

    /// True for a moving picture or a clip.
    package func isMoving(at position: Int) -> Bool { columns.flags[position] & PhotoColumns.movingBit != 0 }
}

/// Which way a picture is longer.
package enum PhotoOrientation: UInt8, Sendable, Codable, CaseIterable {
    case landscape = 1
    case portrait = 2
    case square = 3

    /// By the sides in pixels as shown; nil when one is missing.
    package init?(width: Int?, height: Int?) {
        guard let width, let height, width > 0, height > 0 else { return nil }
        self = width > height ? .landscape : width < height ? .portrait : .square
    }
}

/// The facts of all pictures, a column for each.
struct PhotoColumns: Sendable {
    static let orientationBits: UInt8 = 0b0000_0011
    static let favouriteBit: UInt8 = 0b0000_0100
    static let movingBit: UInt8 = 0b0000_1000

    var gallery: [Int32] = []
    var rating: [UInt8] = []
    var date: [PackedDate] = []
    var flags: [UInt8] = []
    /// The galleries beyond the first, by position: few pictures are in two.
    var further: [(position: UInt32, gallery: UInt32)] = []

    mutating func reserve(_ count: Int) {
        gallery.reserveCapacity(count)
        rating.reserveCapacity(count)
        date.reserveCapacity(count)
        flags.reserveCapacity(count)
    }

    func furtherGalleries(at position: Int) -> [Int] {
        var low = 0
        var high = further.count
        while low < high {
            let middle = (low + high) / 2
            if further[middle].position < position { low = middle + 1 } else { high = middle }
        }
        return further[low...].prefix { $0.position == position }.map { Int($0.gallery) }
    }
}

/// A day in four bytes, or none.
struct PackedDate: Sendable, Equatable {
    private var bits: UInt32 = 0

    init() {}

    /// A date that no calendar has is none.
    init(_ date: CivilDate?) {
        guard let date, (1...9999).contains(date.year), (1...12).contains(date.month),
            (1...CivilDate.days(inMonth: date.month, of: date.year)).contains(date.day)
        else { return }
        bits = UInt32(date.year) << 9 | UInt32(date.month) << 5 | UInt32(date.day)
    }

    var date: CivilDate? {
        bits == 0 ? nil : CivilDate(year: Int(bits >> 9), month: Int(bits >> 5 & 15), day: Int(bits & 31))
    }
}
