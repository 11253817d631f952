import JSON
import TelegramAPI

/// What the rules of sending need to know of a method, by its name.
struct CallRule: Equatable, Sendable {
    /// Counts against the budgets: it makes or changes a message.
    let isCounted: Bool
    /// Not worth waiting for: dropped while the chat is banned.
    let isBestEffort: Bool
    /// A best effort that shows in the chat, as a message does.
    let isDraft: Bool
    /// Having it done twice is the same as once.
    let isRepeatable: Bool
    /// Having it done twice is a nuisance at most: a message comes twice, and nothing is paid for.
    let mayBeDoubled: Bool

    init(method: String) {
        let makes = ["send", "copy", "forward"].contains { method.hasPrefix($0) }
        isDraft = method.hasSuffix("Draft")
        isBestEffort = isDraft || method == "sendChatAction"
        isCounted = !isBestEffort && (makes || method.hasPrefix("edit"))
        isRepeatable = Self.repeatableMethods.contains(method)
        mayBeDoubled = isRepeatable || isCounted && method != "sendGift"
    }
}

extension TelegramRequest {
    /// How many messages come of it: an album and a list of copies count with each.
    var messageCount: Int {
        let list =
            switch method {
            case "sendMediaGroup": parameter("media")
            case "copyMessages", "forwardMessages": parameter("message_ids")
            default: nil as JSONValue?
            }
        return max(1, list?.arrayValue?.count ?? 1)
    }

    /// Whether it is paid for, so that it may exceed the bot's budget.
    var isPaid: Bool { parameter("allow_paid_broadcast")?.boolValue == true }

    /// Where flood control counts it; nil where it names neither a chat nor a message.
    var floodDestination: FloodDestination? {
        if let chat { return FloodDestination(chat) }
        return parameter("inline_message_id")?.stringValue.map(FloodDestination.init(inlineMessage:))
    }
}
