import Images
import Testing

@Suite struct RasterTests {
    private func sample(width: Int, height: Int) throws -> [UInt8] {
        let raster = try Raster(width: width, height: height)
        raster.fill(red: 200, green: 40, blue: 40)
        raster.rectangle(x: 0, y: 0, width: width / 2, height: height, red: 20, green: 60, blue: 220)
        return try raster.png()
    }

    @Test(arguments: [(400, 300, 100, 100, 75), (300, 400, 100, 75, 100), (80, 60, 100, 80, 60), (3000, 2, 90, 90, 1)])
    func `fitting keeps the proportions and never enlarges`(
        width: Int, height: Int, side: Int, fittedWidth: Int, fittedHeight: Int
    ) throws {
        let fitted = try Raster(decoding: sample(width: width, height: height)).fitted(longestSide: side)
        #expect(fitted.width == fittedWidth)
        #expect(fitted.height == fittedHeight)
    }

    @Test(arguments: [ImageFormat.jpeg, .png, .webp, .gif])
    func `each encoder writes what the header reader and the decoder agree on`(format: ImageFormat) throws {
        let raster = try Raster(decoding: sample(width: 64, height: 48))
        let bytes =
            switch format {
            case .jpeg: try raster.jpeg()
            case .webp: try raster.webp()
            case .gif: try raster.gif()
            default: try raster.png()
            }
        #expect(ImageFacts(reading: bytes) == ImageFacts(format: format, width: 64, height: 48))
        let decoded = try Raster(decoding: bytes)
        let left = decoded.color(x: 8, y: 24)
        let right = decoded.color(x: 56, y: 24)
        #expect(left & 0xFF > 150, "the left half is blue")
        #expect(right >> 16 > 150, "the right half is red")
    }

    @Test func `transparent parts turn white when fitted`() throws {
        // A 1 x 1 PNG with a fully transparent pixel.
        let transparent: [UInt8] = [
            0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00,
            0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x06, 0x00, 0x00, 0x00, 0x1F, 0x15, 0xC4, 0x89, 0x00, 0x00, 0x00,
            0x0B, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9C, 0x63, 0x60, 0x00, 0x02, 0x00, 0x00, 0x05, 0x00, 0x01, 0x7A, 0x5E,
            0xAB, 0x3F, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
        ]
        let fitted = try Raster(decoding: transparent).fitted(longestSide: 10)
        #expect(fitted.color(x: 0, y: 0) == 0xFFFFFF)
    }

    @Test func `a picture larger than the limit is refused by its header`() throws {
        let bytes = try sample(width: 100, height: 100)
        var refusal: RasterError?
        do throws(RasterError) {
            _ = try Raster(decoding: bytes, pixelLimit: 9_999)
        } catch {
            refusal = error
        }
        #expect(refusal == .tooManyPixels(10_000))
    }

    @Test(arguments: [
        (Array("GIF89a".utf8), RasterError.undecodable(.gif)), (Array("<html>".utf8), .unknownFormat),
        ([], .unknownFormat),
    ])
    func `damaged bytes are an error that says what is wrong`(bytes: [UInt8], expected: RasterError) {
        var refusal: RasterError?
        do throws(RasterError) {
            _ = try Raster(decoding: bytes)
        } catch {
            refusal = error
        }
        #expect(refusal == expected)
    }

    @Test func `a JPEG that lies on its side is turned upright`() throws {
        let raster = try Raster(width: 60, height: 40)
        raster.fill(red: 255, green: 255, blue: 255)
        raster.rectangle(x: 0, y: 0, width: 60, height: 12, red: 0, green: 0, blue: 0)
        let plain = try raster.jpeg(quality: 95)
        // An EXIF segment with orientation 6: turn by 90 degrees clockwise to show.
        let exif: [UInt8] =
            [0xFF, 0xE1, 0, 34] + Array("Exif".utf8) + [0, 0] + Array("MM".utf8)
            + [0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
        let turned = try Raster(decoding: Array(plain[..<2]) + exif + Array(plain[2...]))
        #expect(turned.width == 40)
        #expect(turned.height == 60)
        #expect(turned.color(x: 36, y: 30) & 0xFF < 60, "the black edge is now at the right")
        #expect(turned.color(x: 6, y: 30) & 0xFF > 200)
    }
}
