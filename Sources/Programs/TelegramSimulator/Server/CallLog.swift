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

/// The last calls and updates.
final class CallLog: Sendable {
    static let capacity = 2000

    private struct State {
        var next: Int64 = 1
        var entries: [LogEntry] = []
    }

    private let state = Mutex(State())

    @discardableResult
    func append(_ entry: LogEntry) -> LogEntry {
        state.withLock { state in
            var entry = entry
            entry.sequence = state.next
            state.next += 1
            state.entries.append(entry)
            if state.entries.count > Self.capacity * 2 { state.entries.removeFirst(Self.capacity) }
            return entry
        }
    }

    func entries(after sequence: Int64, limit: Int) -> [LogEntry] {
        state.withLock { state in
            Array(state.entries.filter { $0.sequence > sequence }.suffix(limit))
        }
    }

    func clear() { state.withLock { $0.entries = [] } }
}

extension LogEntry {
    static let maximumText = 2000

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
            } else if !body.isEmpty, JSONNodeParser.isObject(body) {
                writer.field("result", raw: body.count <= 65_536 ? body : Array("\"…\"".utf8))
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
