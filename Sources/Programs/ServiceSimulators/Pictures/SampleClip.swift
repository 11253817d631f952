package import Images

/// Moving pictures for tests and the demo: a light that wanders over a painted landscape.
package enum SampleClip {
    /// Pictures in each of them.
    package static let pictures = 24
    /// Pictures in a second.
    package static let rate = 12
    /// Width in pixels.
    package static let width = 320
    /// Height in pixels.
    package static let height = 192

    /// An MP4 with H.264, two seconds long.
    package static func mp4() throws(RasterError) -> [UInt8] {
        var film = FilmEncoder(width: width, height: height)
        for index in 0..<pictures { film.add(try picture(index, seed: 41)) }
        return FilmFile(width: width, height: height, rate: rate, film: film).bytes
    }

    /// A moving GIF.
    package static func gif() throws(RasterError) -> [UInt8] {
        var gif = AnimatedGIF(hundredths: 100 / rate)
        for index in 0..<pictures { try gif.add(try picture(index, seed: 42)) }
        return try gif.finished()
    }

    /// The film's first picture as JPEG, as libraries show it.
    package static func poster() throws(RasterError) -> [UInt8] {
        try picture(0, seed: 41).jpeg(quality: 80)
    }

    /// The beginning of a WebM file: enough to be known as one, and nothing that could be played.
    package static func webm() -> [UInt8] {
        [0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x86, 0x81, 0x01, 0x42, 0x82, 0x84] + Array("webm".utf8)
            + [UInt8](repeating: 0, count: 2000)
    }

    private static func picture(_ index: Int, seed: UInt64) throws(RasterError) -> Raster {
        var painter = LandscapePainter(
            seed: seed,
            palette: .init(top: (30, 44, 92), horizon: (240, 164, 120), light: (255, 236, 190), ground: (34, 40, 60)))
        let picture = try painter.paint(width: width, height: height)
        let share = Double(index) / Double(pictures - 1)
        let x = Int(Double(width) * (0.1 + 0.8 * share))
        // An arc: highest in the middle.
        let y = Int(Double(height) * (0.22 + 0.5 * (share - 0.5) * (share - 0.5)))
        picture.ellipse(centerX: x, centerY: y, width: 18, height: 18, red: 255, green: 255, blue: 240)
        return picture
    }
}
