internal import HTTP
public import HTTPClient
public import JSON
import Synchronization

/// Plays a person of a running simulator: writes, presses, and waits for what comes back.
///
/// It speaks the control API, so the simulator may run in another process. Meant for tests of bots and for scripted
/// conversations:
///
/// ```swift
/// let alice = SimulatedPerson(501, at: address.url, http: http)
/// try await alice.say("/start", to: botID)
/// let greeting = try await alice.next(from: botID)
/// ```
public final class SimulatedPerson: Sendable {
    /// Why a person could not do what they were told.
    public enum Trouble: Error, Sendable, CustomStringConvertible {
        /// The simulator refused.
        case refused(status: Int, reason: String)
        /// Nothing that was waited for came in time.
        case nothingCame(within: Duration)
        /// There is no such button below the message.
        case noSuchButton(String)

        /// The trouble in a line.
        public var description: String {
            switch self {
            case .refused(let status, let reason): "the simulator refused (\(status)): \(reason)"
            case .nothingCame(let limit): "nothing came within \(limit)"
            case .noSuchButton(let label): "there is no button “\(label)”"
            }
        }
    }

    /// The answer to a press, as the person sees it.
    public struct PressAnswer: Sendable, Equatable {
        /// The text over the chat; nil where the bot just confirmed.
        public var text: String?
        /// Whether it has to be closed by hand.
        public var isAlert: Bool
    }

    /// The person's number.
    public let id: Int64
    private let base: String
    private let http: HTTPClient
    /// The last event that was taken notice of.
    private let cursor: Mutex<Int64?> = Mutex(nil)

    /// - Parameters:
    ///   - id: A person that the world knows.
    ///   - base: The simulator's address, such as `http://127.0.0.1:8081`.
    public init(_ id: Int64, at base: String, http: HTTPClient) {
        self.id = id
        self.base = base
        self.http = http
    }

    // MARK: Doing

    /// Writes a text into a chat; a private chat has the bot's number.
    @discardableResult
    public func say(_ text: String, to chat: Int64) async throws -> SimulatedMessage {
        let answer = try await post("messages", ["chat": .integer(chat), "text": .string(text)])
        return SimulatedMessage(answer["message"] ?? .null)
    }

    /// Sends a file; `kind` is `photo`, `document` and so on, as `docs/simulator.md` lists them.
    @discardableResult
    public func send(_ bytes: [UInt8], named name: String, kind: String, to chat: Int64) async throws
        -> SimulatedMessage
    {
        try await noteEvents()
        let form: [MultipartPart] = [
            .field("user", "\(id)"), .field("chat", "\(chat)"), .field("kind", kind),
            .file("file", bytes: bytes, fileName: name),
        ]
        let answer = try await call(ClientRequest(.post, base + "/sim/messages", body: .multipart(form)))
        return SimulatedMessage(answer["message"] ?? .null)
    }

    /// Presses the button with a label and waits until the bot has answered the press.
    @discardableResult
    public func press(
        _ label: String, on message: SimulatedMessage, in chat: Int64, within limit: Duration = .seconds(60)
    ) async throws -> PressAnswer {
        guard let row = message.buttons.firstIndex(where: { $0.contains(label) }),
            let column = message.buttons[row].firstIndex(of: label)
        else { throw Trouble.noSuchButton(label) }
        let query = try await post(
            "press",
            [
                "chat": .integer(chat), "message": .integer(message.id), "row": .integer(Int64(row)),
                "column": .integer(Int64(column)),
            ])["query"]
        return try await wait(for: "callback_answer", within: limit, movesOn: false) { data in
            guard data["query"] == query, query != nil else { return nil }
            return PressAnswer(text: data["text"]?.stringValue, isAlert: data["alert"]?.boolValue ?? false)
        }
    }

    /// Writes into a group in a chat's name: the group's own, as an anonymous administrator, or that of an own channel.
    @discardableResult
    public func say(_ text: String, to chat: Int64, as name: Int64) async throws -> SimulatedMessage {
        let answer = try await post(
            "messages", ["chat": .integer(chat), "text": .string(text), "as": .integer(name)])
        return SimulatedMessage(answer["message"] ?? .null)
    }

    /// Presses a button of the keyboard below the input field, with what it asks for: `["users": [502]]`.
    @discardableResult
    public func press(keyboard label: String, in chat: Int64, _ wish: JSONObject = [:]) async throws
        -> SimulatedMessage
    {
        let rows = try await get("chats/\(chat)/messages?user=\(id)&limit=1")["chat"]?["reply_keyboard"]?["rows"]
        for (row, buttons) in (rows?.arrayValue ?? []).enumerated() {
            for (column, button) in (buttons.arrayValue ?? []).enumerated() where button["text"]?.stringValue == label {
                var arguments = wish
                arguments["chat"] = .integer(chat)
                arguments["row"] = .integer(Int64(row))
                arguments["column"] = .integer(Int64(column))
                return SimulatedMessage(try await post("press", arguments)["message"] ?? .null)
            }
        }
        throw Trouble.noSuchButton(label)
    }

    /// Blocks a bot, or lets it write again.
    public func block(_ bot: Int64, _ isBlocked: Bool = true) async throws {
        _ = try await post(isBlocked ? "block" : "unblock", ["bot": .integer(bot)])
    }

    /// Adds a person or a bot to a group or channel.
    public func add(_ member: Int64, to chat: Int64) async throws {
        _ = try await post("invite", ["chat": .integer(chat), "member": .integer(member)])
    }

    /// Removes a person or a bot from a group or channel of which this person is an administrator.
    public func kick(_ member: Int64, from chat: Int64) async throws {
        _ = try await post("kick", ["chat": .integer(chat), "member": .integer(member)])
    }

    /// Makes somebody an administrator (`administrator`), a `member` again or a `restricted` one.
    public func promote(_ member: Int64, in chat: Int64, to role: String, isAnonymous: Bool = false) async throws {
        _ = try await post(
            "promote",
            [
                "chat": .integer(chat), "member": .integer(member), "role": .string(role),
                "anonymous": .bool(isAnonymous),
            ])
    }

    /// Turns a group into a supergroup; answers its new number.
    @discardableResult
    public func upgrade(_ group: Int64) async throws -> Int64 {
        try await post("upgrade-group", ["chat": .integer(group)])["chat"]?["id"]?.integerValue ?? 0
    }

    /// Does anything else of the control API as this person: `act("block", ["bot": 7001])`.
    @discardableResult
    public func act(_ action: String, _ arguments: JSONObject) async throws -> JSONValue {
        try await post(action, arguments)
    }

    // MARK: Seeing

    /// The next message that somebody else writes into a chat.
    public func next(from chat: Int64, within limit: Duration = .seconds(60)) async throws -> SimulatedMessage {
        try await wait(for: "message", within: limit) { data in
            guard data["chat"]?.integerValue == chat, let message = data["message"],
                message["out"]?.boolValue != true
            else { return nil }
            return SimulatedMessage(message)
        }
    }

    /// The next change of a message in a chat: an edit, a reaction, a paid invoice.
    public func nextEdit(in chat: Int64, within limit: Duration = .seconds(60)) async throws -> SimulatedMessage {
        try await wait(for: "edit", within: limit) { data in
            data["chat"]?.integerValue == chat ? data["message"].map(SimulatedMessage.init) : nil
        }
    }

    /// The last messages of a chat, or the last before a number, oldest first; 200 at most.
    public func history(of chat: Int64, limit: Int = 50, before: Int64? = nil) async throws -> [SimulatedMessage] {
        let place = before.map { "&before=\($0)" } ?? ""
        let answer = try await get("chats/\(chat)/messages?user=\(id)&limit=\(limit)\(place)")
        return (answer["messages"]?.arrayValue ?? []).map(SimulatedMessage.init)
    }

    /// The bytes of a message's media.
    public func download(_ file: String) async throws -> [UInt8] {
        let response = try await http.send(
            ClientRequest(base + "/sim/files/" + Percent.encode(file, for: .pathSegment)))
        guard response.status == .ok else {
            throw Trouble.refused(status: response.status.rawValue, reason: response.text)
        }
        return response.body
    }

    /// Anything that the control API shows: `get("commands?user=501&chat=7001")`.
    public func get(_ path: String) async throws -> JSONValue {
        try await call(ClientRequest(base + "/sim/" + path))
    }

    // MARK: Events

    /// Begins to take notice: what happens from here on is seen by `next`, however late that is called.
    private func noteEvents() async throws {
        guard cursor.withLock({ $0 }) == nil else { return }
        let last = try await get("state?user=\(id)")["last_event"]?.integerValue ?? 0
        cursor.withLock { if $0 == nil { $0 = last } }
    }

    /// Reads events from where the person has read to, until one fits.
    private func wait<Value: Sendable>(
        for kind: String, within limit: Duration, movesOn: Bool = true, _ pick: (JSONValue) -> Value?
    ) async throws -> Value {
        try await noteEvents()
        let after = cursor.withLock { $0 ?? 0 }
        let request = ClientRequest(
            .get, "\(base)/sim/events?user=\(id)&after=\(after)", timeouts: Timeouts(total: limit, idle: limit))
        let found: (value: Value, event: Int64?)?
        do {
            found = try await first(kind, in: request, pick)
        } catch {
            if let error = error as? HTTPClientError, case .timeout = error { throw Trouble.nothingCame(within: limit) }
            throw error
        }
        guard let found else { throw Trouble.refused(status: 200, reason: "the stream of events ended") }
        if movesOn, let event = found.event { cursor.withLock { $0 = event } }
        return found.value
    }

    private func first<Value: Sendable>(
        _ kind: String, in request: ClientRequest, _ pick: (JSONValue) -> Value?
    ) async throws -> (value: Value, event: Int64?)? {
        let stream = try await http.stream(request)
        for try await event in stream.body.serverSentEvents {
            guard event.event == kind, let data = Self.parsed(event.data), let value = pick(data) else { continue }
            return (value, event.id.flatMap { Int64($0) })
        }
        return nil
    }

    private static func parsed(_ text: String) -> JSONValue? {
        do throws(JSONError) { return try JSONValue(parsing: text) } catch { return nil }
    }

    // MARK: Calls

    private func post(_ path: String, _ arguments: JSONObject) async throws -> JSONValue {
        try await noteEvents()
        var body = arguments
        body["user"] = .integer(id)
        return try await call(
            ClientRequest(
                .post, base + "/sim/" + path, fields: ["Content-Type": "application/json"],
                body: .bytes(JSONValue.object(body).serialised())))
    }

    private func call(_ request: ClientRequest) async throws -> JSONValue {
        let response = try await http.send(request)
        guard response.status == .ok else {
            throw Trouble.refused(status: response.status.rawValue, reason: response.text)
        }
        return try JSONValue(parsing: response.body)
    }
}
