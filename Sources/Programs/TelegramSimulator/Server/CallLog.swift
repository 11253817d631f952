import Synchronization

/// A call, an update or a delivery, for the inspector.
struct LogEntry: Sendable {
    enum Kind: String, Sendable { case call, update, webhook }

    var sequence: Int64 = 0
    /// Milliseconds since 1970.
    var at: Int64
    var kind: Kind
    var bot: Int64
    var method: String?
    var arguments: Arguments?
    /// The body of the answer, or the update.
    var body: [UInt8]
    var status: Int?
    var error: String?
    var milliseconds: Double?
}

/// The last calls and updates, as many as fit.
final class CallLog: Sendable {
    static let capacity = 4000
    static let maximumBytes = 16 << 20

    private struct State {
        var next: Int64 = 1
        var entries = RecentItems<LogEntry>(maximumCount: capacity, maximumBytes: maximumBytes)
    }

    private let state = Mutex(State())

    @discardableResult
    func append(_ entry: LogEntry) -> LogEntry {
        var entry = entry
        let size = entry.shorten()
        return state.withLock { state in
            entry.sequence = state.next
            state.next += 1
            state.entries.append(entry, size: size)
            return entry
        }
    }

    func entries(after sequence: Int64, limit: Int) -> [LogEntry] {
        state.withLock { state in
            // Sequence numbers follow each other, so the place of one is known.
            let first = state.next - Int64(state.entries.count)
            let passed = Int(min(max(sequence, first - 1), state.next) - first + 1)
            return state.entries.dropping(max(passed, state.entries.count - limit))
        }
    }

    func clear() { state.withLock { $0.entries.removeAll() } }
}

extension LogEntry {
    static let maximumText = 2000
    static let maximumResult = 65_536
    /// Stands for an answer that is too long to keep.
    private static let ellipsis = Array("\"…\"".utf8)

    /// Cuts off what the log does not show; answers about how many bytes remain.
    mutating func shorten() -> Int {
        if kind == .call, body.count > Self.maximumResult { body = Self.ellipsis }
        var size = 256 + body.count
        guard let all = arguments else { return size }
        if all.size > Self.maximumText { arguments = all.shortened { Self.cut($0) } }
        size += arguments?.size ?? 0
        return size
    }

    func write(in world: World, to writer: inout WireWriter) {
        writer.object { writer in
            writer.field("seq", sequence)
            writer.field("at", at)
            writer.field("kind", kind.rawValue)
            writer.key("bot")
            world.writeView(account: bot, to: &writer)
            writer.field("method", method)
            if let arguments {
                writer.field(
                    "arguments",
                    object: { writer in
                        for (name, value) in arguments.values.sorted(by: { $0.key < $1.key }) {
                            writer.field(name, name == "secret_token" ? "***" : Self.cut(value))
                        }
                        for (name, file) in arguments.files.sorted(by: { $0.key < $1.key }) {
                            writer.field(name, "<\(file.name), \(file.size) bytes>")
                        }
                    })
            }
            if kind == .update || kind == .webhook {
                writer.field("update", raw: body.isEmpty ? nil : body)
            } else if JSONNodeParser.isObject(body) || body == Self.ellipsis {
                writer.field("result", raw: body)
            }
            if let status {
                writer.field("status", status)
                writer.field("ok", status < 300)
            }
            writer.field("error", error)
            if let milliseconds { writer.field("milliseconds", (milliseconds * 100).rounded() / 100) }
        }
    }

    private static func cut(_ text: String) -> String {
        text.utf8.count <= maximumText ? text : String(text.prefix(maximumText)) + "…"
    }
}

extension JSONNodeParser {
    static func isObject(_ bytes: [UInt8]) -> Bool { bytes.first == 0x7B }
}
