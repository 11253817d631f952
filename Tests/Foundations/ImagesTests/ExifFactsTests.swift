import Images
import Testing

@Suite struct ExifFactsTests {
    /// A TIFF structure written by hand, in either byte order.
    private struct TIFF {
        let isLittle: Bool
        var far: [UInt8] = []

        func number(_ value: Int, _ width: Int) -> [UInt8] {
            let bytes = (0..<width).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
            return isLittle ? bytes : bytes.reversed()
        }

        /// A directory of entries (tag, type, count, content); contents beyond four bytes follow it.
        func directory(_ entries: [(Int, Int, Int, [UInt8])], at offset: Int) -> [UInt8] {
            var bytes = number(entries.count, 2)
            var far: [UInt8] = []
            let end = offset + 2 + entries.count * 12 + 4
            for (tag, type, count, content) in entries {
                bytes += number(tag, 2) + number(type, 2) + number(count, 4)
                if content.count <= 4 {
                    bytes += content + [UInt8](repeating: 0, count: 4 - content.count)
                } else {
                    bytes += number(end + far.count, 4)
                    far += content
                }
            }
            return bytes + number(0, 4) + far
        }

        func text(_ text: String) -> (Int, Int, [UInt8]) { (2, text.utf8.count + 1, Array(text.utf8) + [0]) }
        func ratios(_ values: [(Int, Int)]) -> (Int, Int, [UInt8]) {
            (5, values.count, values.flatMap { number($0.0, 4) + number($0.1, 4) })
        }
    }

    private func jpeg(isLittle: Bool, cut: Int = 0) -> [UInt8] {
        let tiff = TIFF(isLittle: isLittle)
        func entry(_ tag: Int, _ value: (Int, Int, [UInt8])) -> (Int, Int, Int, [UInt8]) {
            (tag, value.0, value.1, value.2)
        }
        let (details, place) = (400, 800)
        var bytes = (isLittle ? [0x49, 0x49] : [0x4D, 0x4D]) + tiff.number(42, 2) + tiff.number(8, 4)
        bytes += tiff.directory(
            [
                entry(0x010F, tiff.text("NIKON CORPORATION")), entry(0x0110, tiff.text("NIKON D750  ")),
                (0x8769, 4, 1, tiff.number(details, 4)), (0x8825, 4, 1, tiff.number(place, 4)),
            ], at: 8)
        bytes += [UInt8](repeating: 0, count: details - bytes.count)
        bytes += tiff.directory(
            [
                entry(0x829A, tiff.ratios([(10, 2500)])), entry(0x829D, tiff.ratios([(28, 10)])),
                (0x8827, 3, 1, tiff.number(400, 2)), entry(0x9003, tiff.text("2024:11:21 07:30:00")),
                entry(0x920A, tiff.ratios([(50, 1)])), entry(0xA434, tiff.text("50mm f/1.8")),
            ], at: details)
        bytes += [UInt8](repeating: 0, count: place - bytes.count)
        bytes += tiff.directory(
            [
                entry(1, tiff.text("N")), entry(2, tiff.ratios([(55, 1), (45, 1), (0, 1)])), entry(3, tiff.text("W")),
                entry(4, tiff.ratios([(37, 1), (30, 1), (36, 1)])),
            ], at: place)
        let segment = Array("Exif\0\0".utf8) + bytes.dropLast(cut)
        let length = segment.count + 2
        return [0xFF, 0xD8, 0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)] + segment + [0xFF, 0xD9]
    }

    @Test(arguments: [true, false]) func `a camera's header is read in either byte order`(isLittle: Bool) throws {
        let facts = try #require(ExifFacts(reading: jpeg(isLittle: isLittle)))
        #expect(facts.camera == "NIKON D750" && facts.lens == "50mm f/1.8")
        #expect(facts.exposure == 0.004 && facts.fNumber == 2.8 && facts.sensitivity == 400)
        #expect(facts.focalLength == 50 && facts.takenAt == "2024-11-21 07:30:00")
        #expect(facts.position?.latitude == 55.75)
        #expect(try #require(facts.position?.longitude) + 37.51 < 1e-9)
    }

    @Test func `a header that is cut gives what there is, wherever it is cut`() {
        for cut in stride(from: 0, to: 900, by: 7) {
            let facts = ExifFacts(reading: jpeg(isLittle: true, cut: cut))
            if cut < 400 { #expect(facts?.camera == "NIKON D750") }
        }
        for end in 0..<64 { _ = ExifFacts(reading: Array(jpeg(isLittle: false).prefix(end))) }
    }

    @Test func `a picture without a header has no facts`() throws {
        #expect(ExifFacts(reading: try Raster(width: 8, height: 8).jpeg()) == nil)
        #expect(ExifFacts(reading: []) == nil)
        #expect(ExifFacts(reading: try Raster(width: 8, height: 8).png()) == nil)
    }
}
