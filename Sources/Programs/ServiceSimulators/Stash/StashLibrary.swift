package import Images
package import Support

/// A picture as Stash's database holds it.
package struct StashImage: Sendable, Identifiable {
    /// Where the bytes come from; a file is read when somebody asks for it.
    package enum Source: Sendable {
        case file(path: String)
        case bytes([UInt8])
    }

    package var id: Int
    package var title: String?
    package var rating100: Int?
    package var date: String?
    package var details: String?
    package var organized = false
    package var oCounter = 0
    package var galleries: [Int] = []
    package var tags: [Int] = []
    package var performers: [Int] = []
    package var path: String
    package var format: ImageFormat?
    package var width: Int
    package var height: Int
    package var size: Int
    package var modified: Timestamp
    package var source: Source
    /// What makes it a clip; nil for a picture.
    package var clip: StashClip?

    /// The file's name without its folder.
    package var baseName: String { path.split(separator: "/").last.map(String.init) ?? path }
}

extension StashImage {
    /// A picture of which only the file is known.
    package init(
        id: Int, galleries: [Int] = [], path: String, format: ImageFormat?, width: Int, height: Int, size: Int,
        modified: Timestamp, source: Source
    ) {
        self.init(
            id: id, title: nil, galleries: galleries, path: path, format: format, width: width, height: height,
            size: size, modified: modified, source: source)
    }
}

/// What Stash knows of a clip beyond a picture.
package struct StashClip: Sendable {
    /// The container, such as `mp4` or `webm`.
    package var format: String
    package var videoCodec: String
    /// Empty for a film without sound.
    package var audioCodec: String
    /// Seconds.
    package var duration: Double
    package var frameRate: Double
    /// The picture that stands for it.
    package var poster: [UInt8]

    package init(
        format: String, videoCodec: String, audioCodec: String = "", duration: Double, frameRate: Double,
        poster: [UInt8]
    ) {
        self.format = format
        self.videoCodec = videoCodec
        self.audioCodec = audioCodec
        self.duration = duration
        self.frameRate = frameRate
        self.poster = poster
    }
}

/// Galleries, tags and performers: what has a number and a name.
package struct StashLabel: Sendable {
    package var id: Int
    package var name: String

    package init(id: Int, name: String) {
        self.id = id
        self.name = name
    }
}

/// The rows of a simulated Stash.
package struct StashLibrary: Sendable {
    package var images: [StashImage] = []
    package var galleries: [StashLabel] = []
    package var tags: [StashLabel] = []
    package var performers: [StashLabel] = []
    /// The version that Stash tells.
    package var version = currentVersion

    package static let currentVersion = "v0.31.1"
    /// Pictures that are made up when somebody asks for them, in place of `images`.
    package var generated: GeneratedStashImages?

    package init() {}

    /// The picture with a number.
    func image(_ id: Int) -> StashImage? {
        generated.map { $0.image(id) } ?? images.first { $0.id == id }
    }

    /// How many pictures there are.
    var count: Int { generated?.count ?? images.count }

    /// The demo's pictures, painted once for the process.
    package static func samples(modified: Timestamp) throws(RasterError) -> StashLibrary {
        var library = StashLibrary()
        for (index, (picture, bytes)) in try SamplePicture.painted().enumerated() {
            let galleries = picture.gallery.map { [Self.number(of: $0, in: &library.galleries)] } ?? []
            library.images.append(
                StashImage(
                    id: index + 1, title: picture.title, rating100: picture.rating, date: picture.date,
                    galleries: galleries,
                    tags: picture.tags.map { Self.number(of: $0, in: &library.tags) },
                    performers: picture.performers.map { Self.number(of: $0, in: &library.performers) },
                    path: "/pictures/\(picture.gallery ?? "loose")/\(picture.fileName)", format: picture.format,
                    width: picture.width, height: picture.height, size: bytes.count, modified: modified,
                    source: .bytes(bytes)))
        }
        return library
    }

    /// The demo's pictures with what moves: a GIF, a film, and a film that Telegram takes as a file only.
    package static func samplesWithClips(modified: Timestamp) throws(RasterError) -> StashLibrary {
        var library = try samples(modified: modified)
        let (gif, mp4, poster) = try Self.moving.get()
        let gallery = number(of: "Lakes", in: &library.galleries)
        let tag = number(of: "evening", in: &library.tags)
        var image = StashImage(
            id: library.images.count + 1, galleries: [gallery], path: "/pictures/Lakes/wandering-light.gif",
            format: .gif, width: SampleClip.width, height: SampleClip.height, size: gif.count, modified: modified,
            source: .bytes(gif))
        image.title = "A light wanders"
        image.tags = [tag]
        image.date = "2025-11-21"
        library.images.append(image)
        image = StashImage(
            id: library.images.count + 1, galleries: [gallery], path: "/pictures/Lakes/evening-light.mp4",
            format: nil, width: SampleClip.width, height: SampleClip.height, size: mp4.count, modified: modified,
            source: .bytes(mp4))
        image.title = "Вечерний свет"
        image.tags = [tag]
        image.rating100 = 80
        image.clip = StashClip(
            format: "mp4", videoCodec: "h264", duration: Double(SampleClip.pictures) / Double(SampleClip.rate),
            frameRate: Double(SampleClip.rate), poster: poster)
        library.images.append(image)
        return library
    }

    private static let moving = Result { () throws(RasterError) in
        (gif: try SampleClip.gif(), mp4: try SampleClip.mp4(), poster: try SampleClip.poster())
    }

    /// The number of a name, given anew where it is not there yet.
    private static func number(of name: String, in labels: inout [StashLabel]) -> Int {
        if let known = labels.first(where: { $0.name == name }) { return known.id }
        labels.append(StashLabel(id: labels.count + 1, name: name))
        return labels.count
    }
}
