import Testing

@testable import TelegramSimulator

/// Films and sounds of a few bytes, made by the formats' own rules.
enum TinyMedia {
    static func big(_ value: Int, _ width: Int) -> [UInt8] {
        (0..<width).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    static func little(_ value: Int, _ width: Int) -> [UInt8] { big(value, width).reversed() }

    static func box(_ kind: String, _ content: [UInt8]) -> [UInt8] {
        big(content.count + 8, 4) + Array(kind.utf8) + content
    }

    /// A film of a width, height and length in milliseconds, whose tables lie at its end.
    static func mp4(_ width: Int, _ height: Int, milliseconds: Int, isTurned: Bool = false) -> [UInt8] {
        let movie = [UInt8](repeating: 0, count: 12) + big(1000, 4) + big(milliseconds, 4) + big(0, 80)
        let straight = big(0x10000, 4) + big(0, 12) + big(0x10000, 4)
        let turned = big(0, 4) + big(0x10000, 4) + big(0, 4) + big(0xFFFF_0000, 4) + big(0, 4)
        let track =
            [UInt8](repeating: 0, count: 40) + (isTurned ? turned : straight) + big(0, 16)
            + big(width << 16, 4) + big(height << 16, 4)
        let media = box("hdlr", big(0, 8) + Array("vide".utf8) + big(0, 12))
        let moov = box("mvhd", movie) + box("trak", box("tkhd", track) + box("mdia", media))
        return box("ftyp", Array("isom".utf8) + big(0, 4)) + box("mdat", [UInt8](repeating: 7, count: 500))
            + box("moov", moov)
    }

    static func opus(seconds: Int) -> [UInt8] {
        let head = Array("OpusHead".utf8) + [1, 1] + little(312, 2) + little(48_000, 4) + [0, 0, 0]
        let first = Array("OggS".utf8) + [0, 2] + little(0, 8) + big(0, 12) + [1, UInt8(head.count)] + head
        return first + Array("OggS".utf8) + [0, 4] + little(seconds * 48_000 + 312, 8) + big(0, 12) + [0]
    }

    /// Frames of 128 kbit/s at 44.1 kHz behind a tag with title and artist.
    static func mp3(seconds: Int) -> [UInt8] {
        func frame(_ name: String, _ text: String) -> [UInt8] {
            Array(name.utf8) + big(text.utf8.count + 1, 4) + [0, 0, 3] + Array(text.utf8)
        }
        let tags = frame("TIT2", "Rain") + frame("TPE1", "Clouds")
        let head =
            Array("ID3".utf8) + [3, 0, 0] + big(0, 2) + [UInt8(tags.count >> 7), UInt8(tags.count & 127)] + tags
        return head + [0xFF, 0xFB, 0x90, 0x00] + [UInt8](repeating: 0, count: seconds * 16_000 - 4)
    }

    static func gif(_ width: Int, _ height: Int, hundredths: [Int]) -> [UInt8] {
        var bytes = Array("GIF89a".utf8) + little(width, 2) + little(height, 2) + [0, 0, 0]
        for delay in hundredths {
            bytes += [0x21, 0xF9, 4, 0] + little(delay, 2) + [0, 0]
            bytes += [0x2C] + little(0, 4) + little(width, 2) + little(height, 2) + [0, 2, 1, 0, 0]
        }
        return bytes + [0x3B]
    }
}

@Suite struct MediaFactsTests {
    private func facts(_ bytes: [UInt8]) throws -> MediaFacts? {
        try MediaFacts.read(size: bytes.count) { offset, count in
            Array(bytes.dropFirst(offset).prefix(count))
        }
    }

    @Test func `a film tells size and length, turned as it is shown`() throws {
        let film = try #require(try facts(TinyMedia.mp4(640, 360, milliseconds: 12_900)))
        #expect(film == MediaFacts(type: "video/mp4", width: 640, height: 360, seconds: 12.9))
        #expect(film.duration == 12)
        let turned = try #require(try facts(TinyMedia.mp4(640, 360, milliseconds: 100, isTurned: true)))
        #expect(turned.width == 360 && turned.height == 640)
        #expect(turned.duration == 1)
    }

    @Test func `sounds tell their length and their tags`() throws {
        #expect(try facts(TinyMedia.opus(seconds: 7)) == MediaFacts(type: "audio/ogg", seconds: 7))
        let song = try #require(try facts(TinyMedia.mp3(seconds: 9)))
        #expect(song.duration == 9)
        #expect(song.title == "Rain" && song.performer == "Clouds" && song.type == "audio/mpeg")
    }

    @Test func `a moving picture lasts as long as its pictures stand`() throws {
        let moving = try facts(TinyMedia.gif(40, 30, hundredths: [50, 100, 75]))
        #expect(moving == MediaFacts(type: "image/gif", width: 40, height: 30, seconds: 2.25))
    }

    @Test(arguments: [0, 1, 7, 8, 12, 30, 60, 200, 540, 600, 700])
    func `files cut anywhere are read without harm`(length: Int) throws {
        for whole in [
            TinyMedia.mp4(640, 360, milliseconds: 1000), TinyMedia.opus(seconds: 3), TinyMedia.mp3(seconds: 1),
            TinyMedia.gif(9, 9, hundredths: [1, 2]),
        ] {
            _ = try facts(Array(whole.prefix(length)))
            var noise = whole
            for index in stride(from: length % 13, to: noise.count, by: 11) where index < 400 { noise[index] ^= 0xFF }
            _ = try facts(noise)
        }
    }

    @Test func `noise behind a known beginning is read without harm`() throws {
        var dealer = Dealer(seed: 7)
        let beginnings: [[UInt8]] = [
            TinyMedia.box("ftyp", []) + TinyMedia.big(200, 4) + Array("moovxxxxtrak".utf8), [0x1A, 0x45, 0xDF, 0xA3],
            Array("ID3".utf8), Array("OggS".utf8), Array("fLaC".utf8), Array("RIFFxxxxWAVE".utf8), Array("GIF89a".utf8),
            TinyMedia.box("ftyp", []) + TinyMedia.box("moov", TinyMedia.box("udta", TinyMedia.box("meta", [1]))),
        ]
        for beginning in beginnings {
            for _ in 0..<200 {
                let noise = (0..<Int(dealer.next(in: 0...300))).map { _ in UInt8(truncatingIfNeeded: dealer.next()) }
                _ = try facts(beginning + noise)
            }
        }
        // Elements within elements without end.
        _ = try facts([0x1A, 0x45, 0xDF, 0xA3, 0x80] + Array(repeating: [0xAE, 0xFF], count: 100_000).joined())
    }

    @Test func `boxes that claim to be endless end the reading`() throws {
        let head = TinyMedia.box("ftyp", [])
        #expect(try facts(head + TinyMedia.big(1, 4) + Array("moov".utf8) + TinyMedia.big(-1, 8)) == nil)
        #expect(try facts(head + TinyMedia.big(4, 4) + Array("moov".utf8)) == nil)
        #expect(try facts(head + TinyMedia.big(0, 4) + Array("moov".utf8)) == MediaFacts(type: "audio/mp4"))
    }

    @Test func `what is neither film nor sound is not taken for one`() throws {
        #expect(try facts(Array("%PDF-1.7".utf8)) == nil)
        #expect(try facts([]) == nil)
    }
}
