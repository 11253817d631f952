import Images
import ServiceSimulators
import Testing

@Suite struct SampleClipTests {
    @Test func `the film is an MP4 with its index in front`() throws {
        let film = try SampleClip.mp4()
        #expect(film[4..<8].elementsEqual("ftyp".utf8))
        let kinds = Self.boxes(of: film)
        #expect(kinds == ["ftyp", "moov", "mdat"])
        #expect(film.count < 400_000, "\(film.count) bytes")
        #expect(try SampleClip.mp4() == film, "the same bytes every time")
    }

    @Test func `the GIF moves, and shows a landscape`() throws {
        let gif = try SampleClip.gif()
        let facts = try #require(ImageFacts(reading: gif))
        #expect(facts.format == .gif && facts.isAnimated)
        #expect(facts.width == SampleClip.width && facts.height == SampleClip.height)
        #expect(try Raster(decoding: gif).width == SampleClip.width)
    }

    @Test func `the film's poster is its first picture`() throws {
        #expect(try #require(ImageFacts(reading: SampleClip.poster())).width == SampleClip.width)
    }

    private static func boxes(of file: [UInt8]) -> [String] {
        var kinds: [String] = []
        var offset = 0
        while offset + 8 <= file.count {
            let size = file[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
            kinds.append(String(decoding: file[offset + 4..<offset + 8], as: UTF8.self))
            guard size >= 8 else { return kinds + ["broken"] }
            offset += size
        }
        return offset == file.count ? kinds : kinds + ["broken"]
    }
}
