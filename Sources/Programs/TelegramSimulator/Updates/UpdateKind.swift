/// The kinds of update that the simulator makes, by their wire names.
enum UpdateKind: String, Codable, Sendable, CaseIterable {
    case message
    case editedMessage = "edited_message"
    case channelPost = "channel_post"
    case editedChannelPost = "edited_channel_post"
    case messageReaction = "message_reaction"
    case messageReactionCount = "message_reaction_count"
    case inlineQuery = "inline_query"
    case chosenInlineResult = "chosen_inline_result"
    case callbackQuery = "callback_query"
    case shippingQuery = "shipping_query"
    case preCheckoutQuery = "pre_checkout_query"
    case poll
    case pollAnswer = "poll_answer"
    case myChatMember = "my_chat_member"
    case chatMember = "chat_member"
    case stoppedMessageGeneration = "stopped_message_generation"
    case chatJoinRequest = "chat_join_request"
    case purchasedPaidMedia = "purchased_paid_media"

    /// Seconds that an update of the kind waits to be taken.
    var lifetime: Int64 {
        switch self {
        case .inlineQuery: 30
        case .callbackQuery, .shippingQuery, .preCheckoutQuery: 150
        case .chosenInlineResult: 600
        default: 86_400
        }
    }

    /// What a bot gets that has not chosen.
    var isDefault: Bool { !Self.special.contains(rawValue) }

    /// What only those get who ask for it.
    private static let special: Set<String> = ["chat_member", "message_reaction", "message_reaction_count"]

    /// The names that a bot gets that has not chosen.
    static let defaultNames = knownNames.subtracting(special)

    /// Every name of `allowed_updates` that the service knows.
    static let knownNames: Set<String> = Set(allCases.map(\.rawValue)).union([
        "business_connection", "business_message", "edited_business_message", "deleted_business_messages",
        "guest_message", "chat_boost", "removed_chat_boost",
        "managed_bot", "subscription",
    ])
}
