import HTTP
import Testing

@Suite struct ServerSentEventTests {
    @Test(arguments: [1, 2, 5, 1000])
    func `events are read back in chunks of any size`(chunk: Int) throws {
        let sent = [
            ServerSentEvent(event: "update", data: "one\ntwo", id: "7", retry: 100),
            ServerSentEvent(data: "", id: "8"), ServerSentEvent(data: " : \u{301} ü", id: "9"),
        ]
        let bytes = sent.flatMap { $0.encoded() } + ServerSentEvent.comment("x")
        var parser = ServerSentEventParser()
        var received: [ServerSentEvent] = []
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            received += try parser.events(in: bytes[start..<min(bytes.count, start + chunk)])
        }
        #expect(received == sent)
        #expect(parser.lastEventID == "9")
    }

    @Test func `any line ending, a byte order mark and fields without a value are understood`() throws {
        var parser = ServerSentEventParser()
        let text = "\u{FEFF}data:a\r\rdata: b\r\ndata\r\n\r\n:comment\nid\nretry: x\nevent: e\n\ndata: last"
        let events = try parser.events(in: text.utf8)
        #expect(events.map(\.data) == ["a", "b\n"])
    }

    @Test func `a carriage return within data starts a line of data`() {
        #expect(ServerSentEvent(data: "a\r\nb\rc").encoded() == Array("data: a\ndata: b\ndata: c\n\n".utf8))
        #expect(ServerSentEvent(event: "x\ny", data: "").encoded() == Array("event: xy\ndata: \n\n".utf8))
    }

    @Test func `a line beyond the limit is an error`() {
        var splitter = LineSplitter(limit: 4)
        #expect(throws: LineSplitter.LineTooLong.self) { try splitter.lines(in: "12345".utf8) }
    }

    @Test func `lines end with any ending and the rest is kept`() throws {
        var splitter = LineSplitter()
        #expect(try splitter.lines(in: "a\r".utf8) == ["a"])
        #expect(try splitter.lines(in: "\nb\n\nc".utf8) == ["b", ""])
        #expect(splitter.finish() == "c")
        #expect(splitter.finish() == nil)
    }
}
