/// Reads events out of the bytes of a `text/event-stream`, wherever its chunks end (HTML standard, section 9.2.6).
public struct ServerSentEventParser: Sendable {
    private var splitter: LineSplitter
    private var isAtStart = true
    private var event = ""
    private var data: String?
    private var retry: Int?

    /// The last id seen, to be sent as `Last-Event-ID` on reconnecting.
    public private(set) var lastEventID: String?

    /// Makes a parser that refuses lines of more than `lineLimit` bytes.
    public init(lineLimit: Int = 1 << 20) { splitter = LineSplitter(limit: lineLimit) }

    /// Takes more bytes and returns the events that they complete.
    public mutating func events(
        in bytes: some Sequence<UInt8>
    ) throws(LineSplitter.LineTooLong) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for line in try splitter.lines(in: bytes) {
            var text = Substring(line)
            if isAtStart {
                isAtStart = false
                if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
            }
            if let event = take(text) { events.append(event) }
        }
        return events
    }

    private mutating func take(_ line: Substring) -> ServerSentEvent? {
        guard !line.isEmpty else { return dispatch() }
        let (field, value): (Substring, Substring)
        // By bytes: as characters, a separator and a combining mark after it would be one.
        let bytes = line.utf8
        if let colon = bytes.firstIndex(of: UInt8(ascii: ":")) {
            let rest = bytes[bytes.index(after: colon)...]
            (field, value) = (line[..<colon], Substring(rest.first == 0x20 ? rest.dropFirst() : rest))
        } else {
            (field, value) = (line, "")
        }
        switch field {
        case "event": event = String(value)
        case "data": data = data.map { "\($0)\n\(value)" } ?? String(value)
        case "id": if !value.utf8.contains(0) { lastEventID = String(value) }
        case "retry": if !value.isEmpty, value.utf8.allSatisfy(\.isDigit) { retry = Int(value) }
        default: break  // unknown fields and comments are ignored
        }
        return nil
    }

    private mutating func dispatch() -> ServerSentEvent? {
        defer {
            data = nil
            event = ""
            retry = nil
        }
        guard let data else { return nil }
        return ServerSentEvent(event: event.isEmpty ? nil : event, data: data, id: lastEventID, retry: retry)
    }
}
