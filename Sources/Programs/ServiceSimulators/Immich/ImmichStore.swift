package import Images

/// An asset as Immich's database holds it.
package struct ImmichStoredAsset: Sendable, Identifiable {
    package enum Visibility: String, Sendable, CaseIterable {
        case archive, timeline, hidden, locked
    }

    package var id: String
    package var ownerID = ImmichStore.ownerID
    /// `IMAGE`, `VIDEO`, `AUDIO` or `OTHER`.
    package var type = "IMAGE"
    package var fileName: String
    package var mediaType: String
    /// The clock at the place, written as if it were UTC: `2024-07-02T18:11:00.000Z`.
    package var taken: String
    package var isFavorite = false
    package var visibility = Visibility.timeline
    package var isTrashed = false
    package var width: Int
    package var height: Int
    /// 1 to 8 as in EXIF; sides that are turned stand in `width` and `height` as the sensor had them.
    package var orientation = 1
    /// 1 to 5; −1 for a rejected one.
    package var rating: Int?
    package var description = ""
    /// What the camera noted.
    package var camera: Camera?
    /// Milliseconds of a video.
    package var duration = 2000
    package var tags: [String] = []
    package var people: [String] = []
    /// The moving part of a live photo, itself an asset that is hidden.
    package var livePhotoVideoID: String?
    package var original: [UInt8]
    /// What Immich made of it; nil where it has not yet, or could not.
    package var preview: [UInt8]?

    /// What a camera notes of a picture.
    package struct Camera: Sendable {
        package var make: String
        package var model: String
        package var lens: String?
        /// A ratio, such as `1/250`.
        package var exposure: String
        package var fNumber: Double
        package var focalLength: Double
        package var iso: Int
        package var place: (latitude: Double, longitude: Double)?

        package init(
            make: String, model: String, lens: String?, exposure: String, fNumber: Double, focalLength: Double,
            iso: Int, place: (latitude: Double, longitude: Double)?
        ) {
            self.make = make
            self.model = model
            self.lens = lens
            self.exposure = exposure
            self.fNumber = fNumber
            self.focalLength = focalLength
            self.iso = iso
            self.place = place
        }
    }

    package init(
        id: String, fileName: String, mediaType: String, taken: String, width: Int, height: Int, original: [UInt8],
        preview: [UInt8]?
    ) {
        self.id = id
        self.fileName = fileName
        self.mediaType = mediaType
        self.taken = taken
        self.width = width
        self.height = height
        self.original = original
        self.preview = preview
    }
}

/// An album, in the order in which albums are listed.
package struct ImmichStoredAlbum: Sendable, Identifiable {
    package var id: String
    package var name: String
    package var assets: [String]
}

/// A tag; its value is the path from the root, such as `places/lakes`.
package struct ImmichStoredTag: Sendable, Identifiable {
    package var id: String
    package var value: String
}

/// Somebody in pictures.
package struct ImmichStoredPerson: Sendable, Identifiable {
    package var id: String
    /// Empty for a face that nobody named.
    package var name: String
    package var isHidden = false
}

/// The rows of a simulated Immich.
package struct ImmichStore: Sendable {
    /// The account that keys belong to.
    package static let ownerID = uuid(1, kind: 9)

    package var assets: [ImmichStoredAsset] = []
    package var albums: [ImmichStoredAlbum] = []
    package var tags: [ImmichStoredTag] = []
    package var people: [ImmichStoredPerson] = []

    package init() {}

    /// A version 4 UUID that a number and a kind of row always give.
    package static func uuid(_ number: Int, kind: Int = 1) -> String {
        func hex(_ value: Int, _ width: Int) -> String {
            let digits = String(value, radix: 16)
            return String(repeating: "0", count: max(width - digits.count, 0)) + digits
        }
        // Scattered, so that the order of the identifiers is not that of the rows.
        let scattered = (UInt64(number) &* 0x9E37_79B9_7F4A_7C15) >> 32
        return "\(hex(Int(scattered), 8))-\(hex(kind, 4))-4000-8000-\(hex(number, 12))"
    }

    /// The demo's pictures with what Immich knows of them, and what must never be shown beside them.
    package static func samples() throws(RasterError) -> ImmichStore {
        var store = ImmichStore()
        for (index, (picture, bytes, preview)) in try painted.get().enumerated() {
            let day = picture.date ?? "2020-01-0\(index % 9 + 1)"
            var asset = ImmichStoredAsset(
                id: uuid(index + 1), fileName: picture.fileName, mediaType: picture.format.mediaType,
                taken: "\(day)T12:34:56.000Z", width: picture.width, height: picture.height, original: bytes,
                preview: preview)
            asset.rating = picture.rating.map { ($0 + 19) / 20 }
            asset.description = picture.title ?? ""
            asset.isFavorite = picture.rating == 100
            asset.tags = picture.tags.map { store.tag($0) }
            asset.people = picture.performers.map { store.person($0) }
            if let gallery = picture.gallery { store.put(asset.id, inAlbum: gallery) }
            store.assets.append(asset)
        }
        try store.addWhatIsNotShown()
        return store
    }

    /// Many small assets with one picture for all of them.
    package static func generated(count: Int) throws(RasterError) -> ImmichStore {
        var store = ImmichStore()
        let bytes = try Raster(width: 32, height: 24).jpeg()
        let albums = (0..<20).map { ImmichStoredAlbum(id: uuid($0, kind: 2), name: "Album \($0)", assets: []) }
        store.albums = albums
        store.assets.reserveCapacity(count)
        for number in 1...max(count, 1) {
            var asset = ImmichStoredAsset(
                id: uuid(number), fileName: "IMG_\(number).jpg", mediaType: "image/jpeg",
                taken: "20\(10 + number % 16)-0\(number % 9 + 1)-1\(number % 10)T10:00:00.000Z", width: 32, height: 24,
                original: bytes, preview: bytes)
            asset.rating = number % 7 == 0 ? number % 5 + 1 : nil
            asset.isFavorite = number % 50 == 0
            if number % 3 != 0 { store.albums[number % 20].assets.append(asset.id) }
            store.assets.append(asset)
        }
        return store
    }

    // MARK: Parts

    private mutating func tag(_ value: String) -> String {
        if let known = tags.first(where: { $0.value == value }) { return known.id }
        tags.append(ImmichStoredTag(id: Self.uuid(tags.count + 1, kind: 3), value: value))
        return tags[tags.count - 1].id
    }

    private mutating func person(_ name: String) -> String {
        if let known = people.first(where: { $0.name == name }) { return known.id }
        people.append(ImmichStoredPerson(id: Self.uuid(people.count + 1, kind: 4), name: name))
        return people[people.count - 1].id
    }

    private mutating func put(_ id: String, inAlbum name: String) {
        if let index = albums.firstIndex(where: { $0.name == name }) {
            albums[index].assets.append(id)
        } else {
            albums.append(ImmichStoredAlbum(id: Self.uuid(albums.count + 1, kind: 2), name: name, assets: [id]))
        }
    }

    /// One asset each that is archived, locked, hidden and in the trash; all of them in an album.
    private mutating func addWhatIsNotShown() throws(RasterError) {
        let bytes = try Raster(width: 64, height: 48).jpeg()
        let kinds: [(String, ImmichStoredAsset.Visibility, Bool)] = [
            ("archived.jpg", .archive, false), ("locked.jpg", .locked, false), ("trashed.jpg", .timeline, true),
            ("motion-part.mp4", .hidden, false),
        ]
        for (index, (name, visibility, isTrashed)) in kinds.enumerated() {
            var asset = ImmichStoredAsset(
                id: Self.uuid(1000 + index), fileName: name, mediaType: "image/jpeg",
                taken: "2024-01-01T00:00:00.000Z", width: 64, height: 48, original: bytes, preview: bytes)
            asset.visibility = visibility
            asset.isTrashed = isTrashed
            if visibility == .hidden {
                asset.type = "VIDEO"
                asset.mediaType = "video/mp4"
                assets[0].livePhotoVideoID = asset.id
            }
            put(asset.id, inAlbum: albums[0].name)
            assets.append(asset)
        }
    }

    /// Pictures, their bytes and their previews, made once for the process.
    private static let painted = Result { () throws(RasterError) in
        try SamplePicture.painted().map { sample throws(RasterError) in
            (sample.picture, sample.bytes, try preview(of: sample.bytes))
        }
    }

    /// A JPEG whose shorter side has at most 1440 pixels; an original that is one already stands for itself here.
    package static func preview(of original: [UInt8]) throws(RasterError) -> [UInt8] {
        let facts = ImageFacts(reading: original)
        if let facts, facts.format == .jpeg, min(facts.width, facts.height) <= 1440 { return original }
        let raster = try Raster(decoding: original)
        let shorter = min(raster.width, raster.height)
        guard shorter > 1440 else { return try raster.jpeg(quality: 80) }
        let longest = max(raster.width, raster.height) * 1440 / shorter
        return try raster.fitted(longestSide: longest).jpeg(quality: 80)
    }
}
