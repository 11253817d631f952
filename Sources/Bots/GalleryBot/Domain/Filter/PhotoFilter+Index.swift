internal import PhotoLibraries
internal import Support

extension PhotoFilter {
    /// The pictures of an index that pass; one whose orientation the library does not tell passes until it is looked at.
    func positions(in index: PhotoIndex) -> PhotoSet {
        var set = PhotoSet(all: index.count)
        guard !isEmpty else { return set }
        if let minimumRating {
            let ratings = index.ratingColumn
            set.keep { ratings[$0] >= minimumRating }
        }
        if let gallery {
            let wanted = Labels(LabelName.matches(gallery, in: index.galleries), of: index.galleries.count)
            let inFurther = wanted.inFurtherGalleries(of: index)
            let galleries = index.galleryColumn
            set.keep { wanted.contains(galleries[$0]) || inFurther.contains($0) }
        }
        for tag in tags {
            let wanted = Labels(LabelName.matches(tag, in: index.tags), of: index.tags.count)
            set.keep { wanted.containsAny(of: index.tagLists, at: $0) }
        }
        if let performer {
            let wanted = Labels(LabelName.matches(performer, in: index.performers), of: index.performers.count)
            set.keep { wanted.containsAny(of: index.performerLists, at: $0) }
        }
        for name in names {
            let galleries = Labels(LabelName.matches(name, in: index.galleries), of: index.galleries.count)
            let tags = Labels(LabelName.matches(name, in: index.tags), of: index.tags.count)
            let performers = Labels(LabelName.matches(name, in: index.performers), of: index.performers.count)
            let inFurther = galleries.inFurtherGalleries(of: index)
            let first = index.galleryColumn
            set.keep {
                galleries.contains(first[$0]) || tags.containsAny(of: index.tagLists, at: $0)
                    || performers.containsAny(of: index.performerLists, at: $0) || inFurther.contains($0)
            }
        }
        if let orientation {
            set.keep { position in index.orientation(at: position).map { $0 == orientation } ?? true }
        }
        if favouritesOnly { set.keep { index.isFavourite(at: $0) } }
        if let kind { set.keep { index.isMoving(at: $0) == (kind == .clip) } }
        if let day { set.keep { position in index.date(at: position).map { Day(of: $0) == day } ?? false } }
        return set
    }

    /// Whether the index alone cannot tell that a picture passes.
    func needsLook(at position: Int, in index: PhotoIndex) -> Bool {
        orientation != nil && index.orientation(at: position) == nil
    }

    /// Whether a picture passes in what an index may not tell; one whose sides nobody knows does not.
    func passes(_ photo: Photo) -> Bool {
        guard let orientation else { return true }
        return PhotoOrientation(width: photo.width, height: photo.height) == orientation
    }
}

/// Some labels of a library, looked up by index.
private struct Labels {
    private var isWanted: [Bool]
    private let isEmpty: Bool

    init(_ wanted: [Int], of count: Int) {
        isWanted = [Bool](repeating: false, count: count)
        for label in wanted { isWanted[label] = true }
        isEmpty = wanted.isEmpty
    }

    func contains(_ label: Int32) -> Bool { label >= 0 && isWanted[Int(label)] }

    func containsAny(of lists: PhotoLabelLists, at position: Int) -> Bool {
        if isEmpty { return false }
        for place in Int(lists.starts[position])..<Int(lists.starts[position + 1])
        where isWanted[Int(lists.values[place])] { return true }
        return false
    }

    func inFurtherGalleries(of index: PhotoIndex) -> Set<Int> {
        isEmpty ? [] : Set(index.furtherGalleries.lazy.filter { isWanted[$0.gallery] }.map(\.position))
    }
}

extension PhotoSet {
    /// Takes out every position that does not pass.
    @inline(__always)
    fileprivate mutating func keep(_ passes: (Int) -> Bool) {
        let before = self
        before.forEach { position in
            if !passes(position) { remove(position) }
        }
    }
}
