internal import BotKit
internal import PhotoLibraries

/// What became of several photos that were to be sent together.
struct AlbumDelivery: Sendable {
    /// What was sent, to be noted whatever happened to the rest.
    var entries: [SentPhotos.Entry] = []
    /// Photos that have gone from the library, or that Telegram takes in no form.
    var lost: [Photo] = []
    /// Why the rest was not tried; nil when everything was.
    var failure: (any Error)?
    /// The album's first message and its photos' numbers, where an album was sent.
    var album: (message: MessageReference, numbers: [Int64])?
}

/// Which photos of several go into the album, and in which form; steps down the ladders as forms are refused.
struct AlbumPlan: Sendable {
    /// A photo with the form that is tried next.
    struct Item: Sendable {
        let photo: Photo
        let round: Int
        let words: PhotoSender.Words
        let rungs: [SendingLadder.Rung]
        fileprivate(set) var step = 0
        /// It was refused together with others, and goes by itself.
        fileprivate(set) var isApart = false

        init(_ photo: Photo, round: Int, words: PhotoSender.Words) {
            self.photo = photo
            self.round = round
            self.words = words
            rungs = SendingLadder(for: photo).rungs
        }

        /// The form; nil when all were tried.
        var rung: SendingLadder.Rung? { step < rungs.count ? rungs[step] : nil }

        /// What it may weigh in a request.
        fileprivate var weight: Int {
            guard let rung else { return 0 }
            if case .photo(.rendition) = rung { return 1 << 20 }
            return min(photo.size ?? rung.limit, rung.limit)
        }
    }

    /// The most that travels in one request: Telegram takes bodies of a bit more than one large file.
    static let maximumBytes = 50 * 1000 * 1000
    /// Telegram takes 2 to 10 items.
    static let sizes = 2...10

    private(set) var items: [Item]

    init(_ items: [Item]) {
        self.items = items
    }

    /// The items that go together, by their places; empty where fewer than two can.
    var group: [Int] {
        var chosen: [Int] = []
        var weight = 0
        for (index, item) in items.enumerated() where item.rung?.fitsAlbum == true && !item.isApart {
            guard chosen.count < Self.sizes.upperBound, weight + item.weight <= Self.maximumBytes else { continue }
            chosen.append(index)
            weight += item.weight
        }
        return chosen.count >= Self.sizes.lowerBound ? chosen : []
    }

    /// An item's form was refused, so the next one is tried; false when there is none.
    mutating func stepDown(_ index: Int) -> Bool {
        items[index].step += 1
        return items[index].rung != nil
    }

    /// Something in the group was refused, and it is not said what: originals go down to renditions.
    ///
    /// - Returns: False when nothing could be made safer, so that each has to go alone.
    mutating func stepDownOriginals(_ group: [Int]) -> Bool {
        var changed = false
        for index in group where items[index].rung == .photo(.original) && items[index].rungs.count > 1 {
            items[index].step += 1
            changed = true
        }
        return changed
    }

    /// Sends items by themselves from now on: together they were refused, and each may have been the reason.
    mutating func separate(_ group: [Int]) {
        for index in group { items[index].isApart = true }
    }

    /// Takes items out that were sent or lost.
    mutating func remove(_ indices: some Collection<Int>) {
        let gone = Set(indices)
        items = items.enumerated().filter { !gone.contains($0.offset) }.map(\.element)
    }
}
