import JSON
import Jobs
package import Support
import Synchronization
package import TelegramAPI

/// A Telegram that answers from a recording, and notes what it is asked.
///
/// A call gets the answer of the recorded one that it equals; else that of the next one of the same method in the same
/// update, by its handler or by the same kind of job; else one made up, as Telegram might have given it.
package final class ReplayTelegram: TelegramInterceptor {
    private struct State {
        var recorded: [RecordedCall]
        var made: [RecordedCall] = []
        var nextMessage: Int64 = 1_000_000_001
    }

    private let state: Mutex<State>
    private let identity: BotIdentity
    private let time: any TimeSource

    /// Answers from a recording.
    package init(_ recording: Recording, time: any TimeSource) {
        state = Mutex(State(recorded: recording.calls))
        identity = recording.identity
        self.time = time
    }

    /// The calls that were made so far.
    package var calls: [RecordedCall] { state.withLock(\.made) }

    /// Whether jobs have called, for updates, what nobody has called again yet.
    var awaitsJobs: Bool {
        state.withLock { state in
            state.recorded.contains { $0.job != nil && $0.trace != nil && ReplayComparison.isCompared($0) }
        }
    }

    /// Answers a call; nothing goes out.
    package func intercept(
        _ request: TelegramRequest, next: TelegramHandler
    ) async throws(TelegramError) -> TelegramReply {
        var call = RecordedCall(
            request, trace: SendScope.current.trace, job: JobRun.current, outcome: .silence(""))
        let now = time.now
        let outcome = state.withLock { state in
            let candidates = state.recorded.indices.filter { index in
                let recorded = state.recorded[index]
                return recorded.trace == call.trace && recorded.method == call.method
                    && recorded.job?.kind == call.job?.kind
            }
            let index =
                candidates.first { state.recorded[$0].parameters.isSame(as: call.parameters) } ?? candidates.first
            call.outcome =
                if let index { state.recorded.remove(at: index).outcome } else {
                    .result(madeUp(call, now: now, next: &state.nextMessage))
                }
            state.made.append(call)
            return call.outcome
        }
        return try outcome.answer()
    }

    private func madeUp(_ call: RecordedCall, now: Timestamp, next: inout Int64) -> JSONValue {
        func message() -> JSONValue {
            defer { next += 1 }
            let chat = call.parameters["chat_id"]?.integerValue ?? 0
            var message: JSONObject = [
                "message_id": call.parameters["message_id"] ?? .integer(next),
                "date": .integer(now.seconds),
                "chat": ["id": .integer(chat), "type": chat > 0 ? "private" : "supergroup"],
            ]
            message["text"] = call.parameters["text"]
            message["caption"] = call.parameters["caption"]
            return .object(message)
        }
        switch call.method {
        case "getMe":
            return [
                "id": .integer(identity.id.rawValue), "is_bot": true, "first_name": .string(identity.name),
                "username": .string(identity.username),
            ]
        case "sendChatAction", "sendMessageDraft": return true
        case "sendMediaGroup", "forwardMessages", "copyMessages":
            return .array((call.parameters["media"]?.arrayValue ?? [.null]).map { _ in message() })
        case "copyMessage": return ["message_id": message()["message_id"] ?? .null]
        case let name where ["send", "edit", "forward"].contains { name.hasPrefix($0) }: return message()
        default: return true
        }
    }
}

extension JSONValue {
    /// Whether two values say the same: the members of an object have no order.
    func isSame(as other: JSONValue) -> Bool { sorted == other.sorted }

    /// The same value with the members of all objects in alphabetical order.
    var sorted: JSONValue {
        switch self {
        case .array(let elements): return .array(elements.map(\.sorted))
        case .object(let object):
            var result = JSONObject()
            for member in object.members.sorted(by: { $0.key < $1.key }) {
                result.append(member.key, member.value.sorted)
            }
            return .object(result)
        default: return self
        }
    }
}
