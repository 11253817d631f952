/// What an update is about; the raw value is Telegram's name for it.
public enum UpdateKind: String, Sendable, Hashable, CaseIterable {
    case message
    case editedMessage = "edited_message"
    case channelPost = "channel_post"
    case editedChannelPost = "edited_channel_post"
    case businessConnection = "business_connection"
    case businessMessage = "business_message"
    case editedBusinessMessage = "edited_business_message"
    case deletedBusinessMessages = "deleted_business_messages"
    case guestMessage = "guest_message"
    case messageReaction = "message_reaction"
    case messageReactionCount = "message_reaction_count"
    case inlineQuery = "inline_query"
    case chosenInlineResult = "chosen_inline_result"
    case callbackQuery = "callback_query"
    case shippingQuery = "shipping_query"
    case preCheckoutQuery = "pre_checkout_query"
    case purchasedPaidMedia = "purchased_paid_media"
    case poll
    case pollAnswer = "poll_answer"
    case myChatMember = "my_chat_member"
    case chatMember = "chat_member"
    case chatJoinRequest = "chat_join_request"
    case chatBoost = "chat_boost"
    case removedChatBoost = "removed_chat_boost"
    case managedBot = "managed_bot"
    case subscription
    case stoppedMessageGeneration = "stopped_message_generation"
    /// A kind that came after this program was written.
    case unknown
}
