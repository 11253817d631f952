internal import PhotoLibraries
internal import Support

/// What a chat has seen, by the positions of an index: two bits for each picture, and a little for each recent one.
///
/// The truth is the table `sent_photos`; this is what was read of it, brought up to date before each choice.
struct ChatMemory: Sendable {
    /// What a chat has seen of a gallery.
    struct Group: Equatable, Sendable {
        /// Pictures shown in the present round.
        var shown: UInt32 = 0
        /// When one of them was shown last; nil when that is longer ago than it matters.
        var lastShown: Timestamp?
    }

    /// One row of the history.
    struct Showing: Equatable, Sendable {
        /// Nil for a picture that the index does not have.
        var position: Int?
        var round: Int
        var cursor: Cursor
    }

    /// A row that was read, to tell whether the table is still the one that was read.
    struct Cursor: Equatable, Sendable {
        var id: Int64
        var sentAt: Timestamp
    }

    private(set) var round: Int
    /// Shown in the present round.
    private(set) var seen: PhotoSet
    /// Shown within the days in which nothing may come twice.
    private(set) var resting: PhotoSet
    /// By group: the first is that of pictures in no gallery.
    private(set) var groups: [Group]
    /// For each picture the place of its last showing among all, from 1; 0 for never.
    ///
    /// Nil until it is needed.
    private(set) var ages: [UInt32]?
    var cursor: Cursor?

    private var nextAge: UInt32 = 1
    /// The recent showings, oldest first, from `firstRecent` on.
    private var recent: [(position: UInt32, sentAt: Timestamp)] = []
    private var firstRecent = 0
    /// How many more recent showings a picture has, where there is more than one.
    private var again: [UInt32: Int] = [:]

    init(for index: PhotoIndex, round: Int = 1) {
        self.round = round
        seen = PhotoSet(size: index.count)
        resting = PhotoSet(size: index.count)
        groups = [Group](repeating: Group(), count: index.galleries.count + 1)
    }

    /// Notes a picture of the present round without saying when it was shown.
    mutating func noteSeen(_ position: Int, in index: PhotoIndex) {
        if seen.insert(position) { groups[Int(index.galleryColumn[position]) + 1].shown += 1 }
    }

    /// Notes a showing that is recent, without counting it to a round; they come oldest first.
    mutating func noteRecent(_ position: Int, at sentAt: Timestamp, in index: PhotoIndex) {
        groups[Int(index.galleryColumn[position]) + 1].lastShown = sentAt
        recent.append((UInt32(position), sentAt))
        if !resting.insert(position) { again[UInt32(position), default: 0] += 1 }
    }

    /// Notes one more row of the history, which is newer than all before it.
    mutating func note(_ showing: Showing, in index: PhotoIndex) {
        cursor = showing.cursor
        if showing.round > round {
            round = showing.round
            seen.removeAll()
            for group in groups.indices { groups[group].shown = 0 }
        }
        guard let position = showing.position else { return }
        if showing.round == round { noteSeen(position, in: index) }
        noteRecent(position, at: showing.cursor.sentAt, in: index)
        if ages != nil { noteAge(position) }
    }

    /// Lets pictures come again that were shown before a moment.
    mutating func rest(since: Timestamp) {
        while firstRecent < recent.count, recent[firstRecent].sentAt < since {
            let position = recent[firstRecent].position
            firstRecent += 1
            if let more = again[position] {
                again[position] = more > 1 ? more - 1 : nil
            } else {
                resting.remove(Int(position))
            }
        }
        if firstRecent > 1024, firstRecent > recent.count / 2 {
            recent.removeFirst(firstRecent)
            firstRecent = 0
        }
    }

    /// Begins to keep ages; showings of the whole history follow by `noteAge`, oldest first.
    mutating func beginAges(for index: PhotoIndex) {
        ages = [UInt32](repeating: 0, count: index.count)
        nextAge = 1
    }

    mutating func noteAge(_ position: Int) {
        ages?[position] = nextAge
        nextAge += 1
    }

    /// The same memory for another index of the library.
    ///
    /// - Parameter positions: Where each picture of the old index stands in the new one, -1 for gone; nil when every
    ///   position means the same picture as before.
    func moved(from old: PhotoIndex, to new: PhotoIndex, positions: [Int32]?) -> ChatMemory {
        var moved = ChatMemory(for: new, round: round)
        func position(_ old: Int) -> Int? {
            guard let positions else { return old }
            return positions[old] < 0 ? nil : Int(positions[old])
        }
        seen.forEach { old in
            if let new = position(old) { moved.seen.insert(new) }
        }
        moved.seen.forEach { position in moved.groups[Int(new.galleryColumn[position]) + 1].shown += 1 }
        for gallery in 0..<old.galleries.count {
            guard let last = groups[gallery + 1].lastShown else { continue }
            if let place = new.galleries.index(of: old.galleries[gallery].id) {
                moved.groups[place + 1].lastShown = last
            }
        }
        moved.groups[0].lastShown = groups[0].lastShown
        for entry in recent[firstRecent...] {
            guard let position = position(Int(entry.position)) else { continue }
            moved.recent.append((UInt32(position), entry.sentAt))
            if !moved.resting.insert(position) { moved.again[UInt32(position), default: 0] += 1 }
        }
        if positions == nil {
            moved.ages = ages
            moved.nextAge = nextAge
        }
        moved.cursor = cursor
        return moved
    }

    /// The bytes it takes, about.
    var cost: Int {
        seen.cost * 2 + groups.count * 24 + recent.capacity * 16 + again.count * 32 + (ages?.count ?? 0) * 4
    }
}
