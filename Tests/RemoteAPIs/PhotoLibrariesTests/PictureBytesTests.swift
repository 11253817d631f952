import Testing

@testable import PhotoLibraries

@Suite struct PictureBytesTests {
    @Test(arguments: [
        ("a.jpg", "jpg", "a.jpg"), ("a.JPEG", "jpg", "a.JPEG"), ("a.webp", "jpg", "a.jpg"), ("a", "png", "a.png"),
        ("a.b.c", "jpg", "a.b.jpg"), ("holiday 2024.summer at sea", "jpg", "holiday 2024.summer at sea.jpg"),
        (".webp", "jpg", "photo.jpg"), ("", "jpg", "photo.jpg"),
    ])
    func `a name gets the ending that fits the bytes`(name: String, ending: String, expected: String) {
        #expect(PictureBytes.rename(name, to: ending) == expected)
    }

    @Test func `clips are recognised by their containers`() throws {
        let mp4: [UInt8] = [0, 0, 0, 24] + Array("ftypisom".utf8) + [0, 0, 0, 0]
        let first = try PictureBytes.content(mp4, named: "clip")
        #expect(first.mediaType == "video/mp4")
        let second = try PictureBytes.content([0x1A, 0x45, 0xDF, 0xA3, 0], named: "clip.mkv")
        #expect(second.fileName == "clip.webm")
    }
}
