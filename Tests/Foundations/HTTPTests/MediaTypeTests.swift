import HTTP
import Testing

@Suite struct MediaTypeTests {
    @Test func `type and parameters are read`() throws {
        let type = try #require(MediaType(parsing: "Text/HTML; Charset=\"utf-8\"; x=\"a;\\\"b\""))
        #expect(type.essence == "text/html")
        #expect(type[parameter: "charset"] == "utf-8")
        #expect(type[parameter: "x"] == "a;\"b")
        #expect(type.description == "text/html; charset=utf-8; x=\"a;\\\"b\"")
    }

    @Test(arguments: ["", "text", "text/", "/html", "a/b/c", "te xt/html"])
    func `what is no type is refused`(text: String) {
        #expect(MediaType(parsing: text) == nil)
    }

    @Test(arguments: [("a.JPG", "image/jpeg"), ("x.tar.gz", "application/gzip"), ("none", "application/octet-stream")])
    func `a file name tells its type`(name: String, essence: String) {
        #expect(MediaType.forFileName(name).essence == essence)
    }
}

@Suite struct ByteRangeTests {
    @Test(
        arguments: [
            ("bytes=0-4", 10, 0..<5), ("bytes=5-", 10, 5..<10), ("bytes=-3", 10, 7..<10), ("bytes=-30", 10, 0..<10),
            ("bytes=8-99", 10, 8..<10), ("Bytes = 1-1", 10, 1..<2), ("bytes=10-", 10, nil), ("bytes=-0", 10, nil),
            ("bytes=0-", 0, nil),
        ] as [(String, Int, Range<Int>?)])
    func `a range lies within the content or not at all`(text: String, size: Int, expected: Range<Int>?) throws {
        #expect(try #require(ByteRange(parsing: text)).bounds(in: size) == expected)
    }

    @Test(arguments: ["", "bytes", "items=0-1", "bytes=2-1", "bytes=a-b", "bytes=0-1,3-4", "bytes=-", "bytes=--1"])
    func `what is no single range is ignored`(text: String) {
        #expect(ByteRange(parsing: text) == nil)
    }
}
