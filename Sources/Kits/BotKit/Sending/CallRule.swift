/// What the rules of sending need to know of a method, by its name.
struct CallRule: Equatable, Sendable {
    /// Counts against the budgets: it makes or changes a message.
    let isCounted: Bool
    /// Not worth waiting for: dropped while the chat is banned.
    let isBestEffort: Bool
    /// Having it done twice is the same as once.
    let isRepeatable: Bool

    init(method: String) {
        let makes = ["send", "copy", "forward"].contains { method.hasPrefix($0) }
        isBestEffort = method == "sendChatAction" || method.hasSuffix("Draft")
        isCounted = !isBestEffort && (makes || method.hasPrefix("edit"))
        // `getUpdates` has rules of its own, and a refund or a payment is never repeated unasked.
        isRepeatable =
            isCounted ? method.hasPrefix("edit") : method != "getUpdates" && !Self.isAboutMoney(method)
    }

    private static func isAboutMoney(_ method: String) -> Bool {
        method.contains("Star") || method.contains("Gift") || method.hasPrefix("createInvoice")
    }
}
