/// One event of a `text/event-stream` (HTML standard, "Server-sent events").
public struct ServerSentEvent: Sendable, Equatable {
    /// The event's type; nil means `message`.
    public var event: String?
    /// The data; each line of it travels in a field of its own.
    public var data: String
    /// The id that a client sends back as `Last-Event-ID` when it reconnects.
    public var id: String?
    /// How long a client is to wait before it reconnects, in milliseconds.
    public var retry: Int?

    /// Makes an event.
    public init(event: String? = nil, data: String, id: String? = nil, retry: Int? = nil) {
        self.event = event
        self.data = data
        self.id = id
        self.retry = retry
    }

    /// The event's bytes on the wire, with the empty line that ends it.
    ///
    /// Line breaks within type and id cannot be sent and are dropped.
    public func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(data.utf8.count + 32)
        if let event { Self.append("event: ", Self.oneLine(event), to: &bytes) }
        if let id { Self.append("id: ", Self.oneLine(id), to: &bytes) }
        if let retry { Self.append("retry: ", String(retry), to: &bytes) }
        var line: [UInt8] = Array("data: ".utf8)
        var previous: UInt8 = 0
        for byte in data.utf8 {
            if byte == 0x0A, previous == 0x0D {
                previous = byte
                continue
            }
            previous = byte
            if byte == 0x0A || byte == 0x0D {
                line.append(0x0A)
                line += Array("data: ".utf8)
            } else {
                line.append(byte)
            }
        }
        bytes += line
        bytes += [0x0A, 0x0A]
        return bytes
    }

    /// A comment line, which clients ignore: it keeps a quiet connection open.
    public static func comment(_ text: String = "") -> [UInt8] { Array(": \(oneLine(text))\n\n".utf8) }

    private static func append(_ name: String, _ value: String, to bytes: inout [UInt8]) {
        bytes += Array(name.utf8)
        bytes += Array(value.utf8)
        bytes.append(0x0A)
    }

    private static func oneLine(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0 }) else { return text }
        return String(decoding: text.utf8.filter { $0 != 0x0A && $0 != 0x0D && $0 != 0 }, as: UTF8.self)
    }
}
