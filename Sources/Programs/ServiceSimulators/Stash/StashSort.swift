/// The orders that Stash offers for images, by their names in `FindFilterType.sort`.
enum StashSort {
    /// Puts the images in order.
    ///
    /// `random_<seed>` orders by id and seed alone: mod((id+s)² · 52959209 + (id+s) · 1047483763, 2147483647), with
    /// s = seed mod 10⁸, ties by title and id.
    ///
    /// - Throws: `invalid sort` and `invalid random seed` in Stash's words.
    static func sorted(
        _ images: [StashImage], by sort: String, descending: Bool, randomSeed: UInt64
    ) throws(GraphQLError) -> [StashImage] {
        if sort == "random" { return byRandomKey(images, seed: randomSeed, descending: descending) }
        if sort.hasPrefix("random_") {
            guard let seed = UInt64(sort.dropFirst(7)) else {
                throw GraphQLError(message: "invalid random seed: \(sort.dropFirst(7))")
            }
            return byRandomKey(images, seed: seed, descending: descending)
        }
        let ascending: [StashImage]
        switch sort {
        case "id": ascending = images.sorted { $0.id < $1.id }
        case "title": ascending = images.sorted { title($0) < title($1) }
        case "path": ascending = images.sorted { $0.path < $1.path }
        case "rating": ascending = images.sorted { ($0.rating100 ?? 0, $0.id) < ($1.rating100 ?? 0, $1.id) }
        case "filesize": ascending = images.sorted { ($0.size, $0.id) < ($1.size, $1.id) }
        case "date": ascending = images.sorted { ($0.date ?? "", $0.id) < ($1.date ?? "", $1.id) }
        case "o_counter": ascending = images.sorted { ($0.oCounter, $0.id) < ($1.oCounter, $1.id) }
        case "tag_count": ascending = images.sorted { ($0.tags.count, $0.id) < ($1.tags.count, $1.id) }
        case "performer_count":
            ascending = images.sorted { ($0.performers.count, $0.id) < ($1.performers.count, $1.id) }
        case "resolution": ascending = images.sorted { ($0.width * $0.height, $0.id) < ($1.width * $1.height, $1.id) }
        case "created_at", "updated_at", "file_mod_time":
            ascending = images.sorted { ($0.modified, $0.id) < ($1.modified, $1.id) }
        case "file_count": ascending = images
        default: throw GraphQLError(message: "invalid sort: \(sort)")
        }
        return descending ? ascending.reversed() : ascending
    }

    private static func title(_ image: StashImage) -> String {
        image.title ?? image.baseName
    }

    private static func byRandomKey(_ images: [StashImage], seed: UInt64, descending: Bool) -> [StashImage] {
        let shift = seed % 100_000_000
        let keyed = images.map { image in
            let n = UInt64(image.id) + shift
            let product = (n &* n &* 52_959_209) &+ (n &* 1_047_483_763)
            return (key: product % 2_147_483_647, image: image)
        }
        let ordered = keyed.sorted {
            $0.key == $1.key ? (title($0.image), $0.image.id) < (title($1.image), $1.image.id) : $0.key < $1.key
        }
        return (descending ? ordered.reversed() : ordered).map(\.image)
    }
}
