import Images
import Testing

@Suite struct ImageFactsTests {
    /// A minimal header of each format, laid out by hand from its specification.
    static let headers: [(name: String, bytes: [UInt8], facts: ImageFacts?)] = [
        (
            "PNG",
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
                + [0, 0, 0x1B, 0x58, 0, 0, 0x15, 0x18, 8, 2, 0, 0, 0, 0, 0, 0, 0],
            ImageFacts(format: .png, width: 7000, height: 5400)
        ),
        (
            "APNG",
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
                + [0, 0, 0, 4, 0, 0, 0, 3, 8, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8] + Array("acTL".utf8)
                + [0, 0, 0, 2, 0, 0, 0, 0],
            ImageFacts(format: .png, width: 4, height: 3, isAnimated: true)
        ),
        (
            "JPEG on its side",
            [0xFF, 0xD8, 0xFF, 0xE1, 0, 34] + Array("Exif".utf8) + [0, 0] + Array("MM".utf8)
                + [0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
                + [0xFF, 0xC0, 0, 17, 8, 0x02, 0x00, 0x03, 0x00],
            ImageFacts(format: .jpeg, width: 512, height: 768, orientation: 6)
        ),
        ("JPEG cut in its frame header", [0xFF, 0xD8, 0xFF, 0xC0, 0, 17, 8, 2], nil),
        (
            "WebP lossless",
            Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBPVP8L".utf8) + [0, 0, 0, 0, 0x2F]
                + [0x3F, 0xC1, 0x31, 0x00],
            ImageFacts(format: .webp, width: 320, height: 200)
        ),
        (
            "animated WebP",
            Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBPVP8X".utf8) + [10, 0, 0, 0, 2, 0, 0, 0]
                + [0x3F, 1, 0, 0xC7, 0, 0],
            ImageFacts(format: .webp, width: 320, height: 200, isAnimated: true)
        ),
        (
            "AVIF",
            [0, 0, 0, 24] + Array("ftypavif".utf8) + [0, 0, 0, 0] + Array("mif1miaf".utf8)
                + [0, 0, 0, 20] + Array("ispe".utf8) + [0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 3, 0],
            ImageFacts(format: .avif, width: 1024, height: 768)
        ),
        (
            "HEIC with a thumbnail and a turn",
            [0, 0, 0, 24] + Array("ftypheic".utf8) + [0, 0, 0, 0]
                + Array("mif1heic".utf8) + [0, 0, 0, 20] + Array("ispe".utf8) + [0, 0, 0, 0, 0, 0, 0, 64, 0, 0, 0, 48]
                + [0, 0, 0, 20] + Array("ispe".utf8) + [0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 3, 0] + [0, 0, 0, 9]
                + Array("irot".utf8) + [1],
            ImageFacts(format: .heic, width: 768, height: 1024)
        ),
        ("a login page", Array("<!doctype html><html></html>".utf8), nil),
        ("nothing", [], nil),
    ]

    @Test(arguments: headers)
    func `a header tells format, size and animation`(name: String, bytes: [UInt8], facts: ImageFacts?) {
        #expect(ImageFacts(reading: bytes) == facts, "\(name)")
    }

    @Test(arguments: headers)
    func `a header cut anywhere is refused or read, and never traps`(name: String, bytes: [UInt8], facts: ImageFacts?) {
        for length in bytes.indices {
            let found = ImageFacts(reading: Array(bytes[..<length]))
            if let found { #expect(found.width == facts?.width || found.height > 0, "\(name) cut at \(length)") }
        }
    }

    @Test(arguments: [0x47, 0x89, 0xFF, 0x52, 0x4D, 0x49, 0x42] as [UInt8])
    func `noise behind a plausible first byte never traps`(first: UInt8) {
        var random = SystemRandomNumberGenerator()
        let signatures: [[UInt8]] = [
            [0xFF, 0xD8, 0xFF, 0xE1], Array("GIF89a".utf8), [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A],
            [0x49, 0x49, 0x2A, 0], [0x4D, 0x4D, 0, 0x2A], [0, 0, 0, 24] + Array("ftypheic".utf8),
        ]
        for signature in signatures {
            for _ in 0..<200 {
                let noise = (0..<96).map { _ in UInt8.random(in: .min ... .max, using: &random) }
                let facts = ImageFacts(reading: signature + [first] + noise)
                #expect(facts == nil || facts?.pixels ?? 0 > 0)
            }
        }
    }
}
