/// Puts coded pictures into an MP4 file: ISO/IEC 14496-12 boxes with one track of video.
struct FilmFile {
    let width: Int
    let height: Int
    /// Pictures in a second.
    let rate: Int
    let film: FilmEncoder

    /// The file; the index stands before the pictures, so that it can be played while it is loaded.
    var bytes: [UInt8] {
        let samples = film.pictures.map { Self.number($0.count, 4) + $0 }
        let type = Self.box("ftyp", [text("isom"), Self.number(512, 4), text("isomiso2avc1mp41")])
        let data = Self.box("mdat", samples)
        // The offset is of the same length whatever it says, so the index can be made twice.
        let index = index(sizes: samples.map(\.count), offset: 0)
        return type + self.index(sizes: samples.map(\.count), offset: type.count + index.count + 8) + data
    }

    private func index(sizes: [Int], offset: Int) -> [UInt8] {
        let length = sizes.count
        let matrix = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000].flatMap { Self.number($0, 4) }
        let movie = Self.box(
            "mvhd",
            [
                zeros(12), Self.number(rate, 4), Self.number(length, 4), Self.number(0x10000, 4),
                Self.number(0x100, 2), zeros(10), matrix, zeros(24), Self.number(2, 4),
            ])
        let header = Self.box(
            "tkhd",
            [
                Self.number(3, 4), zeros(8), Self.number(1, 4), zeros(4), Self.number(length, 4), zeros(16), matrix,
                Self.number(width << 16, 4), Self.number(height << 16, 4),
            ])
        let media = Self.box(
            "mdia",
            [
                Self.box(
                    "mdhd",
                    [zeros(12), Self.number(rate, 4), Self.number(length, 4), Self.number(0x55C4, 2), zeros(2)]),
                Self.box("hdlr", [zeros(8), text("vide"), zeros(12), text("video"), zeros(1)]),
                Self.box(
                    "minf",
                    [
                        Self.box("vmhd", [Self.number(1, 4), zeros(8)]),
                        Self.box(
                            "dinf",
                            [Self.box("dref", [zeros(4), Self.number(1, 4), Self.box("url ", [Self.number(1, 4)])])]
                        ), table(sizes: sizes, offset: offset),
                    ]),
            ])
        return Self.box("moov", [movie, Self.box("trak", [header, media])])
    }

    private func table(sizes: [Int], offset: Int) -> [UInt8] {
        let (sequence, picture) = (film.sequenceParameters, film.pictureParameters)
        let configuration = Self.box(
            "avcC",
            [
                [1, 66, 0xC0, 30, 0xFF, 0xE1], Self.number(sequence.count, 2), sequence, [1],
                Self.number(picture.count, 2), picture,
            ])
        let description = Self.box(
            "avc1",
            [
                zeros(6), Self.number(1, 2), zeros(16), Self.number(width, 2), Self.number(height, 2),
                Self.number(0x480000, 4), Self.number(0x480000, 4), zeros(4), Self.number(1, 2), zeros(32),
                Self.number(24, 2), [0xFF, 0xFF], configuration,
            ])
        return Self.box(
            "stbl",
            [
                Self.box("stsd", [zeros(4), Self.number(1, 4), description]),
                Self.box("stts", [zeros(4), Self.number(1, 4), Self.number(sizes.count, 4), Self.number(1, 4)]),
                Self.box("stss", [zeros(4), Self.number(1, 4), Self.number(1, 4)]),
                Self.box(
                    "stsc",
                    [
                        zeros(4), Self.number(1, 4), Self.number(1, 4), Self.number(sizes.count, 4),
                        Self.number(1, 4),
                    ]),
                Self.box(
                    "stsz",
                    [zeros(8), Self.number(sizes.count, 4), sizes.flatMap { Self.number($0, 4) }]),
                Self.box("stco", [zeros(4), Self.number(1, 4), Self.number(offset, 4)]),
            ])
    }

    private static func box(_ kind: String, _ parts: [[UInt8]]) -> [UInt8] {
        let content = parts.flatMap(\.self)
        return number(content.count + 8, 4) + Array(kind.utf8) + content
    }

    private static func number(_ value: Int, _ width: Int) -> [UInt8] {
        (0..<width).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    private func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    private func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }
}
