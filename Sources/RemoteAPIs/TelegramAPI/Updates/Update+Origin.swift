extension UpdateContent {
    /// The message that the update brings: new or edited, in a chat, a channel, for a business or a guest.
    public var message: Message? {
        switch self {
        case .message(let message), .editedMessage(let message), .channelPost(let message),
            .editedChannelPost(let message), .businessMessage(let message), .editedBusinessMessage(let message),
            .guestMessage(let message):
            message
        default: nil
        }
    }

    /// The chat that the update belongs to, where it has one.
    ///
    /// A button's chat is that of its message; a button below an inline message has none.
    public var chat: Chat? {
        switch self {
        case .message(let message), .editedMessage(let message), .channelPost(let message),
            .editedChannelPost(let message), .businessMessage(let message), .editedBusinessMessage(let message),
            .guestMessage(let message):
            message.chat
        case .callbackQuery(let query): query.message?.chat
        case .deletedBusinessMessages(let deleted): deleted.chat
        case .messageReaction(let reaction): reaction.chat
        case .messageReactionCount(let count): count.chat
        case .myChatMember(let change), .chatMember(let change): change.chat
        case .chatJoinRequest(let request): request.chat
        case .chatBoost(let boost): boost.chat
        case .removedChatBoost(let boost): boost.chat
        case .stoppedMessageGeneration(let stop): stop.chat
        case .pollAnswer(let answer): answer.voterChat
        case .businessConnection, .inlineQuery, .chosenInlineResult, .shippingQuery, .preCheckoutQuery,
            .purchasedPaidMedia, .poll, .managedBot, .subscription:
            nil
        }
    }

    /// The person who did it, where Telegram says who.
    public var sender: User? {
        switch self {
        case .message(let message), .editedMessage(let message), .channelPost(let message),
            .editedChannelPost(let message), .businessMessage(let message), .editedBusinessMessage(let message),
            .guestMessage(let message):
            message.from
        case .callbackQuery(let query): query.from
        case .inlineQuery(let query): query.from
        case .chosenInlineResult(let result): result.from
        case .shippingQuery(let query): query.from
        case .preCheckoutQuery(let query): query.from
        case .purchasedPaidMedia(let purchase): purchase.from
        case .businessConnection(let connection): connection.user
        case .messageReaction(let reaction): reaction.user
        case .pollAnswer(let answer): answer.user
        case .myChatMember(let change), .chatMember(let change): change.from
        case .chatJoinRequest(let request): request.from
        case .managedBot(let update): update.user
        case .subscription(let update): update.user
        case .deletedBusinessMessages, .messageReactionCount, .poll, .chatBoost, .removedChatBoost,
            .stoppedMessageGeneration:
            nil
        }
    }
}
