import HTTP
import Testing

@Suite struct MultipartTests {
    /// What a receiver makes of the events: name, file name, type and content of each part.
    private func parts(
        _ bytes: [UInt8], boundary: MultipartBoundary, chunk: Int
    ) throws -> [(head: MultipartParser.Head, content: [UInt8])] {
        var parser = MultipartParser(boundary: boundary)
        var parts: [(head: MultipartParser.Head, content: [UInt8])] = []
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            for event in try parser.events(in: Array(bytes[start..<min(bytes.count, start + chunk)])) {
                switch event {
                case .part(let head): parts.append((head, []))
                case .content(let bytes): parts[parts.count - 1].content += bytes
                case .partEnd: break
                }
            }
        }
        try parser.finish()
        return parts
    }

    @Test(arguments: [1, 2, 3, 7, 64, 100_000])
    func `what is written is read back in chunks of any size`(chunk: Int) throws {
        let boundary = try #require(MultipartBoundary("XyZ"))
        let sent: [(MultipartPart, [UInt8])] = [
            (.field("plain", "text"), Array("text".utf8)), (.field("empty", ""), []),
            (.field("tricky\"\r\nname", "v"), [0x76]),
            (.file("f", bytes: [], fileName: "ünï \"q\"\r\n;.png"), []),
            (
                .file("g", bytes: Array("\r\n--XyY\r\n--Xy".utf8), fileName: "C:\\dir\\a.bin"),
                Array("\r\n--XyY\r\n--Xy".utf8)
            ),
        ]
        var bytes: [UInt8] = []
        for (part, content) in sent { bytes += boundary.head(of: part) + content + MultipartBoundary.partEnd }
        bytes += boundary.end
        let received = try parts(bytes, boundary: boundary, chunk: chunk)
        #expect(received.map(\.head.name) == sent.map(\.0.name))
        #expect(received.map(\.head.fileName) == sent.map(\.0.fileName))
        #expect(received.map(\.content) == sent.map(\.1))
        #expect(received[3].head.contentType?.essence == "image/png")
    }

    @Test func `preamble, white space after the boundary and an extended file name are understood`() throws {
        let boundary = try #require(MultipartBoundary("b"))
        let text =
            "ignored\r\n--b \t\r\ncontent-disposition: form-data; name=a; filename*=UTF-8''na%C3%AFve.txt\r\n\r\n1\r\n--b--x"
        let received = try parts(Array(text.utf8), boundary: boundary, chunk: 5)
        #expect(received.map(\.head.fileName) == ["naïve.txt"])
        #expect(received.map(\.content) == [[0x31]])
    }

    @Test(arguments: [
        ("--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n", MultipartParser.Failure.incomplete),
        ("--b\r\nX: y\r\n\r\n1\r\n--b--", .malformedHead),
        ("--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--", .malformedHead),
        ("--b\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--b--", .malformedHead),
        ("--bad\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b--", .missingBoundary),
    ])
    func `what is no form is refused`(text: String, failure: MultipartParser.Failure) throws {
        let boundary = try #require(MultipartBoundary("b"))
        #expect(throws: failure) { try parts(Array(text.utf8), boundary: boundary, chunk: 1000) }
    }

    @Test(arguments: ["", "a b ", "x\"y", String(repeating: "a", count: 71)])
    func `a bad boundary is refused`(text: String) {
        #expect(MultipartBoundary(text) == nil)
    }

    @Test func `random boundaries differ and are valid`() {
        let (one, other) = (MultipartBoundary.random(), MultipartBoundary.random())
        #expect(one != other)
        #expect(MultipartBoundary(one.text) == one)
    }
}
