package import Support

/// Makes an index while a library is read, picture by picture, in any order.
///
/// Labels are noted first and named by their indices:
///
///     var builder = PhotoIndexBuilder(expected: count)
///     let gallery = builder.gallery(id: "7", name: "Summer")
///     builder.append(PhotoIndexRow(id: "42", galleries: [gallery], rating: 80))
///     let index = builder.finish()
package struct PhotoIndexBuilder {
    private var identifiers: IdentifierColumn
    private var columns = PhotoColumns()
    private var galleries = PhotoLabels()
    private var tags = PhotoLabels()
    private var performers = PhotoLabels()
    private var tagLists = PhotoLabelLists()
    private var performerLists = PhotoLabelLists()

    /// - Parameter expected: About how many pictures come; sparing the columns their growth halves the memory needed.
    package init(expected: Int = 0) {
        identifiers = IdentifierColumn(expected: expected)
        columns.reserve(expected)
        tagLists.reserve(expected)
        performerLists.reserve(expected)
    }

    /// How many pictures were appended.
    package var count: Int { identifiers.count }

    /// The index of a gallery, given anew where it is not there yet.
    package mutating func gallery(id: String, name: String) -> Int32 { galleries.insert(id: id, name: name) }

    /// The index of a tag.
    package mutating func tag(id: String, name: String) -> Int32 { tags.insert(id: id, name: name) }

    /// The index of a performer.
    package mutating func performer(id: String, name: String) -> Int32 { performers.insert(id: id, name: name) }

    /// The index of a gallery that was noted before; nil for one that was not.
    func knownGallery(_ id: String) -> Int32? { galleries.known(id) }

    /// The index of a tag that was noted before.
    func knownTag(_ id: String) -> Int32? { tags.known(id) }

    /// The index of a performer that was noted before.
    func knownPerformer(_ id: String) -> Int32? { performers.known(id) }

    /// Appends a picture; one that was there already is left out at the end.
    package mutating func append(_ row: PhotoIndexRow) {
        let position = identifiers.count
        identifiers.append(row.id.utf8)
        columns.gallery.append(row.galleries.first ?? -1)
        for gallery in row.galleries.dropFirst() where gallery != row.galleries.first {
            columns.further.append((UInt32(position), UInt32(gallery)))
        }
        columns.rating.append(UInt8(clamping: min(max(row.rating ?? 0, 0), 100)))
        columns.date.append(PackedDate(row.date))
        var flags = row.orientation?.rawValue ?? 0
        if row.isFavourite { flags |= PhotoColumns.favouriteBit }
        if row.isMoving { flags |= PhotoColumns.movingBit }
        columns.flags.append(flags)
        tagLists.append(row.tags)
        performerLists.append(row.performers)
    }

    /// The index of what was appended.
    package consuming func finish() -> PhotoIndex {
        if !identifiers.isAscending { sort() }
        return PhotoIndex(
            identifiers: identifiers, columns: columns, galleries: galleries, tags: tags, performers: performers,
            tagLists: tagLists, performerLists: performerLists)
    }

    /// Puts everything in the order of the identifiers.
    private mutating func sort() {
        let positions = identifiers.ascendingPositions()
        identifiers = identifiers.taking(positions)
        columns.gallery = positions.map { columns.gallery[$0] }
        columns.rating = positions.map { columns.rating[$0] }
        columns.date = positions.map { columns.date[$0] }
        columns.flags = positions.map { columns.flags[$0] }
        let further = Dictionary(grouping: columns.further, by: \.position)
        columns.further = []
        var sortedTags = PhotoLabelLists()
        var sortedPerformers = PhotoLabelLists()
        sortedTags.reserve(positions.count)
        sortedPerformers.reserve(positions.count)
        for (position, old) in positions.enumerated() {
            for entry in further[UInt32(old)] ?? [] { columns.further.append((UInt32(position), entry.gallery)) }
            sortedTags.append(tagLists[old])
            sortedPerformers.append(performerLists[old])
        }
        tagLists = sortedTags
        performerLists = sortedPerformers
    }
}

/// One picture for an index; whatever the library does not tell stays as it is.
package struct PhotoIndexRow: Sendable {
    package var id: String
    /// As `PhotoIndexBuilder.gallery` gave them, the most fitting first.
    package var galleries: [Int32] = []
    package var tags: [Int32] = []
    package var performers: [Int32] = []
    /// 1 to 100.
    package var rating: Int?
    /// The day it was taken, else the day its file was made.
    package var date: CivilDate?
    package var orientation: PhotoOrientation?
    package var isFavourite = false
    package var isMoving = false

    package init(
        id: String, galleries: [Int32] = [], tags: [Int32] = [], performers: [Int32] = [], rating: Int? = nil,
        date: CivilDate? = nil, orientation: PhotoOrientation? = nil, isFavourite: Bool = false, isMoving: Bool = false
    ) {
        self.id = id
        self.galleries = galleries
        self.tags = tags
        self.performers = performers
        self.rating = rating
        self.date = date
        self.orientation = orientation
        self.isFavourite = isFavourite
        self.isMoving = isMoving
    }
}
