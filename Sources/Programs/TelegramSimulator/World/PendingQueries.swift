/// A press on a callback button that waits for its answer.
struct CallbackQuery: Sendable {
    var bot: Int64
    var user: Int64
    var place: MessagePlace
    var expires: Int64
    /// What the button carries; none where it starts a game.
    var data: String?
}

/// A question in inline mode.
struct InlineQuery: Sendable {
    var bot: Int64
    var user: Int64
    var text: String
    var expires: Int64
    /// The answer, kept for the person to choose from.
    var results: [JSONNode] = []
    /// The Mini App that the button above the results opens.
    var appLink: String?
    var offset = ""
    var chatType: String?
    /// Where a prepared message may go.
    var allowed: ChosenChats?
}

/// A payment on its way.
struct CheckoutQuery: Sendable {
    var bot: Int64
    var user: Int64
    /// The message with the bill; number 0 where a link led to it.
    var place: MessagePlace
    var invoice: Invoice
    /// The link's end, where one led to the bill.
    var slug: String?
    var total: Int64
    var shippingOption: String?
    var order: [UInt8]?
    /// Shipping queries wait 150 s, pre-checkout ones 10 s for an answer.
    var expires: Int64
    var options: [JSONNode] = []
}

/// Queries that bots have been asked and may still answer.
struct PendingQueries: Sendable {
    var callbacks: [String: CallbackQuery] = [:]
    var inline: [String: InlineQuery] = [:]
    var checkouts: [String: CheckoutQuery] = [:]
    var shippings: [String: CheckoutQuery] = [:]
    var apps: [String: OpenApp] = [:]
    var inlineAnswers: [InlineQuestion: InlineAnswer] = [:]
    var pressAnswers: [PressQuestion: PressAnswer] = [:]
    /// What is being written in private chats: one text in each.
    var drafts: [ChatKey: Draft] = [:]

    private static let least = 256
    /// How many may gather until the next sweep: twice what the last one left, so that sweeps cost little each.
    private var limit = least

    var count: Int {
        callbacks.count + inline.count + checkouts.count + shippings.count + drafts.count + apps.count
            + inlineAnswers.count + pressAnswers.count
    }

    /// Forgets what can no longer be answered, so that the tables stay small.
    mutating func sweep(now: Int64) {
        guard count > limit else { return }
        callbacks = callbacks.filter { $0.value.expires > now }
        inline = inline.filter { $0.value.expires + 600 > now }
        checkouts = checkouts.filter { $0.value.expires > now }
        shippings = shippings.filter { $0.value.expires > now }
        inlineAnswers = inlineAnswers.filter { $0.value.expires > now }
        pressAnswers = pressAnswers.filter { $0.value.expires > now }
        drafts = drafts.filter { $0.value.until > now }
        apps = apps.filter { $0.value.expires > now }
        limit = max(Self.least, count * 2)
    }
}
