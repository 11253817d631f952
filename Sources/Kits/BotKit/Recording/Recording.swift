package import JSON
package import Support
package import TelegramAPI

/// What a `Recorder` has written.
package struct Recording: Sendable {
    /// An update as it came.
    package struct Arrival: Sendable {
        /// When.
        package let time: Timestamp
        /// The update.
        package let update: RawUpdate
        /// What it says, for showing.
        package let json: JSONValue
    }

    /// When it begins.
    package let start: Timestamp
    /// When the last line was written.
    package let end: Timestamp
    /// Whose it is.
    package let identity: BotIdentity
    /// What the bot's draws began with.
    package let seed: UInt64?
    /// The chats and people that are recorded; none where all are.
    package let chats: Set<Int64>
    /// Whether calls of jobs bear the trace of their update; earlier versions have left it out.
    package let tracesJobs: Bool
    /// The updates in the order in which they came.
    package private(set) var updates: [Arrival] = []
    /// The calls in the order in which they ended.
    package private(set) var calls: [RecordedCall] = []
    private let numbers: Set<Int64>

    /// Reads a recording; a last line that was cut off by a kill is left out.
    ///
    /// - Throws: `RecordingError` where a line is none of a recording's.
    package init(parsing bytes: [UInt8]) throws(RecordingError) {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        var first: (Timestamp, BotIdentity, JSONValue)?
        var last = Timestamp(seconds: 0)
        for (index, text) in lines.enumerated() where !text.isEmpty {
            let line: JSONValue
            do {
                line = try JSONValue(parsing: Array(text))
            } catch {
                if index == lines.count - 1 { break }
                throw RecordingError(line: index + 1, reason: "\(error)")
            }
            guard let kind = line["kind"]?.stringValue,
                let moment = line["time"]?.stringValue.flatMap({ Timestamp(iso8601: $0) })
            else {
                throw RecordingError(line: index + 1, reason: "no kind and time")
            }
            last = max(last, moment)
            switch kind {
            case "start":
                guard first == nil else { continue }
                guard let bot = line["bot"]?.integerValue else {
                    throw RecordingError(line: index + 1, reason: "no bot")
                }
                let identity = BotIdentity(
                    id: UserID(bot), username: line["username"]?.stringValue ?? "",
                    name: line["name"]?.stringValue ?? "")
                first = (moment, identity, line)
            case "update":
                guard let json = line["update"], let number = json["update_id"]?.integerValue else {
                    throw RecordingError(line: index + 1, reason: "no update")
                }
                let update = RawUpdate(updateID: Int(number), json: json.serialised())
                updates.append(Arrival(time: moment, update: update, json: json))
            case "call":
                guard let call = RecordedCall(line) else {
                    throw RecordingError(line: index + 1, reason: "no call")
                }
                calls.append(call)
            default: throw RecordingError(line: index + 1, reason: "unknown kind \(kind)")
            }
        }
        guard let first else { throw RecordingError(line: 1, reason: "no start") }
        let line: JSONValue
        (start, identity, line) = first
        end = last
        numbers = Set(updates.map { Int64($0.update.updateID) })
        seed = line["seed"]?.stringValue.flatMap { UInt64($0) }
        chats = Set((line["chats"]?.arrayValue ?? []).compactMap(\.integerValue))
        tracesJobs = line["jobs"]?.boolValue == true
    }

    /// Whether a call would have been recorded, where only some chats are.
    func isWanted(_ call: RecordedCall) -> Bool {
        if chats.isEmpty { return true }
        if let chat = call.parameters["chat_id"]?.integerValue, chats.contains(chat) { return true }
        guard let trace = call.trace else { return false }
        return numbers.contains(trace.update)
    }
}

/// Why a file is no recording.
package struct RecordingError: Error, Equatable, CustomStringConvertible {
    /// The line, from 1.
    package let line: Int
    /// What is wrong with it.
    package let reason: String
    /// The fault in one line.
    package var description: String { "line \(line) is none of a recording: \(reason)" }
}
