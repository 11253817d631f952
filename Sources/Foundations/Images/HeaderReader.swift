/// Walks the headers of the picture formats, each by its own specification, without decoding pixels.
struct HeaderReader {
    let bytes: [UInt8]

    // MARK: Numbers

    private func byte(_ offset: Int) -> Int? {
        offset >= 0 && offset < bytes.count ? Int(bytes[offset]) : nil
    }

    private func number(_ offset: Int, _ length: Int, littleEndian: Bool = false) -> Int? {
        guard offset >= 0, offset + length <= bytes.count else { return nil }
        var value = 0
        for index in 0..<length {
            value = value << 8 | Int(bytes[offset + (littleEndian ? length - 1 - index : index)])
        }
        return value
    }

    private func text(_ offset: Int, _ length: Int) -> String? {
        guard offset >= 0, offset + length <= bytes.count else { return nil }
        return String(decoding: bytes[offset..<offset + length], as: UTF8.self)
    }

    // MARK: Formats

    /// ITU-T T.81 annex B: segments up to the first start-of-frame.
    func jpeg() -> ImageFacts? {
        var offset = 2
        var orientation = 1
        while let marker = byte(offset) {
            guard marker == 0xFF, let kind = byte(offset + 1) else { return nil }
            if kind == 0xFF {
                offset += 1
                continue
            }
            if (0xD0...0xD9).contains(kind) || kind == 0x01 {
                offset += 2
                continue
            }
            guard let length = number(offset + 2, 2), length >= 2 else { return nil }
            if (0xC0...0xCF).contains(kind), ![0xC4, 0xC8, 0xCC].contains(kind) {
                guard let height = number(offset + 5, 2), let width = number(offset + 7, 2) else { return nil }
                let turned = orientation >= 5
                return ImageFacts(
                    format: .jpeg, width: turned ? height : width, height: turned ? width : height,
                    orientation: orientation)
            }
            if kind == 0xE1, text(offset + 4, 4) == "Exif" {
                orientation = exifOrientation(at: offset + 10) ?? orientation
            }
            offset += 2 + length
        }
        return nil
    }

    /// PNG specification: IHDR first; an `acTL` chunk before the first `IDAT` makes it an APNG.
    func png() -> ImageFacts? {
        guard text(12, 4) == "IHDR", let width = number(16, 4), let height = number(20, 4) else { return nil }
        var offset = 8
        var animated = false
        while let length = number(offset, 4), let kind = text(offset + 4, 4), kind != "IDAT" {
            if kind == "acTL" { animated = true }
            offset += 12 + length
        }
        return ImageFacts(format: .png, width: width, height: height, isAnimated: animated)
    }

    /// GIF89a: the logical screen, then blocks; a second image descriptor means animation.
    func gif() -> ImageFacts? {
        guard let width = number(6, 2, littleEndian: true), let height = number(8, 2, littleEndian: true),
            let flags = byte(10)
        else { return nil }
        var offset = 13 + (flags & 0x80 != 0 ? 3 << ((flags & 7) + 1) : 0)
        var frames = 0
        while frames < 2, let block = byte(offset) {
            if block == 0x2C {
                frames += 1
                guard let local = byte(offset + 9) else { break }
                offset += 10 + (local & 0x80 != 0 ? 3 << ((local & 7) + 1) : 0) + 1
            } else if block == 0x21 {
                offset += 2
            } else {
                break
            }
            while let length = byte(offset), length > 0 { offset += 1 + length }
            offset += 1
        }
        return ImageFacts(format: .gif, width: width, height: height, isAnimated: frames > 1)
    }

    /// WebP container: `VP8X` states the canvas and animation, else the bitstream's own header counts.
    func webp() -> ImageFacts? {
        switch text(12, 4) {
        case "VP8X":
            guard let flags = byte(20), let width = number(24, 3, littleEndian: true),
                let height = number(27, 3, littleEndian: true)
            else { return nil }
            return ImageFacts(format: .webp, width: width + 1, height: height + 1, isAnimated: flags & 0x02 != 0)
        case "VP8L":
            guard byte(20) == 0x2F, let bits = number(21, 4, littleEndian: true) else { return nil }
            return ImageFacts(format: .webp, width: (bits & 0x3FFF) + 1, height: (bits >> 14 & 0x3FFF) + 1)
        case "VP8 ":
            guard number(23, 3) == 0x9D012A, let width = number(26, 2, littleEndian: true),
                let height = number(28, 2, littleEndian: true)
            else { return nil }
            return ImageFacts(format: .webp, width: width & 0x3FFF, height: height & 0x3FFF)
        default:
            return nil
        }
    }

    /// BITMAPINFOHEADER; a negative height means rows from the top.
    func bmp() -> ImageFacts? {
        guard let width = number(18, 4, littleEndian: true), let stored = number(22, 4, littleEndian: true) else {
            return nil
        }
        let height = Int(Int32(truncatingIfNeeded: stored).magnitude)
        return ImageFacts(format: .bmp, width: width, height: height)
    }

    /// ISO/IEC 23008-12: the largest `ispe` (image spatial extents) property is the picture's, smaller ones are
    /// tiles and thumbnails; `irot` turns it.
    func heif(_ format: ImageFormat) -> ImageFacts? {
        var best: ImageFacts?
        var turned = false
        let limit = min(bytes.count, 64 * 1024)
        var offset = 0
        while offset < limit {
            if bytes[offset] == 0x69 {
                if text(offset, 4) == "ispe", let width = number(offset + 8, 4), let height = number(offset + 12, 4),
                    case let found = ImageFacts(format: format, width: width, height: height),
                    found.pixels > best?.pixels ?? 0
                {
                    best = found
                } else if text(offset, 4) == "irot", let angle = byte(offset + 4) {
                    turned = angle & 1 == 1
                }
            }
            offset += 1
        }
        guard let best else { return nil }
        return turned ? ImageFacts(format: format, width: best.height, height: best.width) : best
    }

    /// TIFF 6.0: the first directory's ImageWidth (256) and ImageLength (257).
    func tiff() -> ImageFacts? {
        guard let width = tiffTag(256, at: 0), let height = tiffTag(257, at: 0) else { return nil }
        return ImageFacts(format: .tiff, width: width, height: height)
    }

    private func exifOrientation(at start: Int) -> Int? {
        tiffTag(0x0112, at: start).flatMap { (1...8).contains($0) ? $0 : nil }
    }

    private func tiffTag(_ tag: Int, at start: Int) -> Int? {
        guard let order = text(start, 2), order == "II" || order == "MM" else { return nil }
        let little = order == "II"
        guard let directory = number(start + 4, 4, littleEndian: little),
            let count = number(start + directory, 2, littleEndian: little)
        else { return nil }
        for index in 0..<count {
            let entry = start + directory + 2 + index * 12
            guard let found = number(entry, 2, littleEndian: little) else { return nil }
            guard found == tag else { continue }
            let isShort = number(entry + 2, 2, littleEndian: little) == 3
            return number(entry + 8, isShort ? 2 : 4, littleEndian: little)
        }
        return nil
    }
}
