package import Images

/// A picture of the demo's library with what a library knows about it.
package struct SamplePicture: Sendable, Equatable {
    /// The title; nil for pictures that are known by their file name only.
    package var title: String?
    /// The file name with its ending.
    package var fileName: String
    /// The gallery it belongs to; nil for none.
    package var gallery: String?
    /// Tags, in order.
    package var tags: [String]
    /// Who is in it.
    package var performers: [String]
    /// 1 to 100; nil where nobody rated it.
    package var rating: Int?
    /// The day it was taken, `YYYY-MM-DD`.
    package var date: String?
    package var width: Int
    package var height: Int
    package var format: ImageFormat
    private var seed: UInt64
    private var palette: Int

    /// Paints the picture and encodes it; always the same bytes for the same picture.
    package func render() throws(RasterError) -> [UInt8] {
        var painter = LandscapePainter(seed: seed, palette: Self.palettes[palette])
        let canvas = try painter.paint(width: width, height: height)
        return switch format {
        case .png: try canvas.png()
        case .webp: try canvas.webp()
        case .gif: try canvas.gif()
        default: try canvas.jpeg()
        }
    }

    /// The library with its bytes, painted once for the process: that takes a while.
    package static func painted() throws(RasterError) -> [(picture: SamplePicture, bytes: [UInt8])] {
        try paintedOnce.get()
    }

    private static let paintedOnce = Result { () throws(RasterError) in
        try library.map { picture throws(RasterError) in (picture: picture, bytes: try picture.render()) }
    }

    /// The demo's library: small, yet with the cases that a real one has (no title, no rating, markup in names,
    /// PNG and WebP, a panorama that Telegram takes only as a file).
    package static let library: [SamplePicture] = [
        .init(
            "Dawn over the ridges", "dawn.jpg", "Mountains", ["dawn", "hills"], ["Mira"], 80, "2024-11-21", 1280, 853, 0
        ),
        .init("Evening by the lake", "lake.jpg", "Lakes", ["evening", "water"], [], 100, "2023-11-21", 1280, 853, 1),
        .init(
            "Night walk", "night-walk.png", "Mountains", ["night", "moon"], ["Mira", "Олег"], 60, nil, 900, 1200, 2,
            .png),
        .init(nil, "IMG_2041.jpg", "Mountains", [], [], nil, "2022-07-02", 1600, 1067, 3),
        .init("Salt & <pepper>", "salt-and-pepper.jpg", "Lakes", ["odd names"], [], 40, nil, 1080, 1080, 4),
        .init("Туман в долине", "fog.jpg", "Долины", ["туман", "утро"], ["Олег"], 80, "2021-10-03", 1280, 853, 5),
        .init("Green hills", "green.webp", "Долины", ["summer", "hills"], [], nil, "2023-06-11", 1200, 800, 6, .webp),
        .init("Red planet", "red.jpg", nil, ["desert"], [], 20, nil, 853, 1280, 7),
        .init("First frost", "frost.jpg", "Lakes", ["winter"], ["Mira"], nil, "2020-11-30", 1280, 853, 8),
        .init("The long ridge", "long-ridge.jpg", "Mountains", ["panorama"], [], 60, nil, 4200, 200, 0),
        .init("После грозы", "storm.jpg", "Долины", ["storm", "вечер"], [], 90, "2024-08-15", 1280, 853, 9),
        .init(nil, "IMG_2077.png", nil, [], [], nil, nil, 1024, 768, 5, .png),
    ]

    private init(
        _ title: String?, _ fileName: String, _ gallery: String?, _ tags: [String], _ performers: [String],
        _ rating: Int?, _ date: String?, _ width: Int, _ height: Int, _ palette: Int, _ format: ImageFormat = .jpeg
    ) {
        self.title = title
        self.fileName = fileName
        self.gallery = gallery
        self.tags = tags
        self.performers = performers
        self.rating = rating
        self.date = date
        self.width = width
        self.height = height
        self.format = format
        self.palette = palette
        seed = fileName.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    }

    private static let palettes: [LandscapePainter.Palette] = [
        .init(top: (44, 62, 118), horizon: (250, 186, 140), light: (255, 240, 200), ground: (38, 40, 66)),
        .init(top: (86, 60, 110), horizon: (255, 150, 110), light: (255, 214, 150), ground: (52, 34, 58)),
        .init(top: (8, 12, 34), horizon: (44, 58, 104), light: (232, 236, 250), ground: (6, 8, 20)),
        .init(top: (70, 140, 210), horizon: (210, 232, 245), light: (255, 252, 224), ground: (44, 84, 62)),
        .init(top: (90, 96, 108), horizon: (206, 206, 200), light: (250, 250, 244), ground: (48, 50, 56)),
        .init(top: (150, 168, 186), horizon: (226, 230, 226), light: (255, 252, 240), ground: (84, 100, 96)),
        .init(top: (92, 178, 224), horizon: (232, 246, 214), light: (255, 250, 190), ground: (46, 110, 48)),
        .init(top: (122, 46, 38), horizon: (240, 170, 110), light: (255, 226, 184), ground: (74, 26, 22)),
        .init(top: (120, 158, 196), horizon: (240, 246, 252), light: (255, 255, 255), ground: (150, 172, 196)),
        .init(top: (36, 44, 60), horizon: (196, 140, 96), light: (255, 206, 120), ground: (28, 36, 34)),
    ]
}
