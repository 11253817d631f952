package import Images
internal import JSON
package import Support

/// Pictures that follow from their numbers, for libraries too large to be held: a million cost nothing until asked for.
///
/// They can be asked for by number, and in pages in the order of their numbers; other filters and orders are refused.
package struct GeneratedStashImages: Sendable {
    /// The numbers go from 1 to this.
    package let count: Int
    /// A picture of theirs, whose bytes all of them have.
    private let sample: StashImage?
    private let galleries: Int
    private let tags: Int
    private let performers: Int
    private let modified: Timestamp

    fileprivate init(
        count: Int, galleries: Int, tags: Int, performers: Int, sample: StashImage?, modified: Timestamp
    ) {
        self.count = count
        self.galleries = galleries
        self.tags = tags
        self.performers = performers
        self.sample = sample
        self.modified = modified
    }

    /// The picture with a number; nil beyond the last.
    package func image(_ id: Int) -> StashImage? {
        guard (1...max(count, 1)).contains(id), count > 0 else { return nil }
        var image = StashImage(
            id: id, path: "/generated/\(id).jpg", format: .jpeg, width: 1200, height: 800, size: 100_000 + id % 7919,
            modified: modified, source: sample?.source ?? .bytes([]))
        // Multiplied by odd numbers, so that neighbours differ.
        let mixed = Int(truncatingIfNeeded: (UInt64(id) &* 0x9E37_79B9_7F4A_7C15) >> 33)
        if id % 7 != 0, galleries > 0 { image.galleries = [id % galleries + 1] }
        if id % 50 == 0, galleries > 1 { image.galleries.append(mixed % galleries + 1) }
        if tags > 0 { image.tags = Array(Set((0..<mixed % 5).map { (mixed / 5 + $0 * 31) % tags + 1 })).sorted() }
        if performers > 0, mixed % 3 != 0 { image.performers = [mixed / 7 % performers + 1] }
        if mixed % 4 == 0 { image.rating100 = mixed / 4 % 100 + 1 }
        if mixed % 5 != 0 {
            image.date = "\(2000 + mixed % 26)-\(Self.two(mixed / 31 % 12 + 1))-\(Self.two(mixed / 372 % 28 + 1))"
        }
        if mixed % 3 == 0 { (image.width, image.height) = (800, 1200) }
        return image
    }

    /// A page in the order of the numbers.
    func page(filter: JSONValue?, imageFilter: JSONObject) throws(GraphQLError) -> [StashImage] {
        let size = Int(filter?["per_page"]?.integerValue ?? 25)
        let number = max(1, Int(filter?["page"]?.integerValue ?? 1))
        guard size != 0 else { return [] }
        guard filter?["sort"]?.stringValue == "id", filter?["direction"]?.stringValue != "DESC" else {
            throw GraphQLError(message: "a generated library is simulated in the order of its numbers only")
        }
        var first = 1
        for member in imageFilter {
            guard member.key == "id", member.value["modifier"]?.stringValue == "GREATER_THAN",
                let after = member.value["value"]?.integerValue
            else { throw GraphQLError(message: "filter \(member.key) is not simulated for a generated library") }
            first = Int(after) + 1
        }
        first += size < 0 ? 0 : (number - 1) * size
        let last = size < 0 ? count : min(count, first + size - 1)
        guard first <= last else { return [] }
        return (first...last).compactMap(image)
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension StashLibrary {
    /// As many pictures as asked for, in galleries of a hundred, with tags, people, ratings and dates.
    package static func generated(
        _ count: Int, modified: Timestamp = Timestamp(seconds: 1_700_000_000)
    ) throws(RasterError) -> StashLibrary {
        var library = StashLibrary()
        let sample = try samples(modified: modified).images.first
        library.galleries = (1...max(1, count / 100)).map { StashLabel(id: $0, name: "Gallery \($0)") }
        library.tags = (1...200).map { StashLabel(id: $0, name: "tag \($0)") }
        library.performers = (1...max(1, min(2000, count / 20))).map { StashLabel(id: $0, name: "Person \($0)") }
        library.generated = GeneratedStashImages(
            count: count, galleries: library.galleries.count, tags: library.tags.count,
            performers: library.performers.count, sample: sample, modified: modified)
        return library
    }
}
