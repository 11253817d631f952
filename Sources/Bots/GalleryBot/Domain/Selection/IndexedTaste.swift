internal import PhotoLibraries

/// A taste with the positions of an index for identifiers, so that drawing compares no texts.
struct IndexedTaste: Sendable {
    /// By group, within `Selection.weights`; the first is that of pictures in no gallery.
    var groupWeights: [Double]
    /// How many pictures each group has.
    var groupSizes: [UInt32]
    /// By performer's index; empty when all weigh 1.
    var performerWeights: [Double]
    var liked: PhotoSet
    var disliked: PhotoSet
    /// What may be shown at all: `B` of the selection, but for pictures that turned out to be gone.
    var reachable: PhotoSet

    init(_ taste: Taste, in index: PhotoIndex, facts: IndexFacts) {
        groupSizes = facts.groupSizes
        groupWeights = [Double](repeating: 1, count: index.galleries.count + 1)
        for (id, weight) in taste.galleryWeights {
            if let gallery = index.galleries.index(of: id) { groupWeights[gallery + 1] = Self.kept(weight) }
        }
        performerWeights = []
        for (id, weight) in taste.performerWeights where weight != 1 {
            guard let performer = index.performers.index(of: id) else { continue }
            if performerWeights.isEmpty { performerWeights = [Double](repeating: 1, count: index.performers.count) }
            performerWeights[performer] = Self.kept(weight)
        }
        liked = facts.liked
        disliked = facts.disliked
        for (id, vote) in taste.votes where vote != 0 {
            guard let position = index.position(of: id) else { continue }
            liked.remove(position)
            disliked.remove(position)
            if vote > 0 { liked.insert(position) } else { disliked.insert(position) }
        }
        reachable = PhotoSet(all: index.count)
        let excluded = Set(taste.excludedGalleries.compactMap { index.galleries.index(of: $0) })
        guard !excluded.isEmpty else { return }
        let isExcluded = (0..<index.galleries.count).map(excluded.contains)
        for (position, gallery) in index.galleryColumn.enumerated() where gallery >= 0 && isExcluded[Int(gallery)] {
            reachable.remove(position)
        }
        for (position, gallery) in index.furtherGalleries where isExcluded[gallery] { reachable.remove(position) }
    }

    /// The bytes it takes, about.
    var cost: Int { liked.cost * 3 + groupWeights.count * 12 + performerWeights.count * 8 }

    private static func kept(_ weight: Double) -> Double {
        weight.isFinite ? min(max(weight, Selection.weights.lowerBound), Selection.weights.upperBound) : 1
    }
}

/// What the selection needs of an index beyond its columns, worked out once for each.
struct IndexFacts: Sendable {
    /// By group: the first is that of pictures in no gallery.
    let groupSizes: [UInt32]
    /// By the library's rating.
    let liked: PhotoSet
    let disliked: PhotoSet

    init(_ index: PhotoIndex) {
        var sizes = [UInt32](repeating: 0, count: index.galleries.count + 1)
        for gallery in index.galleryColumn { sizes[Int(gallery) + 1] += 1 }
        groupSizes = sizes
        var liked = PhotoSet(size: index.count)
        var disliked = PhotoSet(size: index.count)
        for (position, rating) in index.ratingColumn.enumerated() where rating > 0 {
            if rating >= Selection.likedRating {
                liked.insert(position)
            } else if rating <= Selection.dislikedRating {
                disliked.insert(position)
            }
        }
        self.liked = liked
        self.disliked = disliked
    }
}
