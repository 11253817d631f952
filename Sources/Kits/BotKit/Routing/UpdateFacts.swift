import TelegramAPI

/// What BotKit needs to know of an update whatever its kind: met once, in one pass.
struct UpdateFacts: Sendable {
    let kind: UpdateKind
    /// The chat that the update belongs to.
    var chat: Chat?
    /// The person who caused it.
    var user: User?
    /// The message that it brings, or that a pressed button stands under.
    var message: Message?
    let lane: LaneKey

    private init(
        _ kind: UpdateKind, chat: Chat? = nil, user: User? = nil, message: Message? = nil, lane: LaneKey? = nil,
        update: Update
    ) {
        self.kind = kind
        self.chat = chat
        self.user = user
        self.message = message
        self.lane =
            lane ?? chat.map { LaneKey(.chat, $0.id.rawValue) } ?? user.map { LaneKey(.chat, $0.id.rawValue) }
            ?? LaneKey(.update, Int64(update.updateID))
    }

    private init(_ kind: UpdateKind, message: Message, update: Update) {
        self.init(kind, chat: message.chat, user: message.from, message: message, update: update)
    }

    /// The facts, the most frequent kinds first.
    init(_ update: Update) {
        if let message = update.message {
            self.init(.message, message: message, update: update)
        } else if let query = update.callbackQuery {
            // Under a message that is too old, or of an inline query, only the chat or the person is known.
            self.init(
                .callbackQuery, chat: query.message?.chat, user: query.from, message: query.message?.message,
                update: update)
        } else if let query = update.inlineQuery {
            self.init(.inlineQuery, user: query.from, update: update)
        } else {
            self = Self.rare(update)
        }
    }

    private static func rare(_ update: Update) -> UpdateFacts {
        if let message = update.editedMessage { return Self(.editedMessage, message: message, update: update) }
        if let message = update.channelPost { return Self(.channelPost, message: message, update: update) }
        if let message = update.editedChannelPost { return Self(.editedChannelPost, message: message, update: update) }
        if let message = update.businessMessage { return Self(.businessMessage, message: message, update: update) }
        if let message = update.editedBusinessMessage {
            return Self(.editedBusinessMessage, message: message, update: update)
        }
        if let message = update.guestMessage { return Self(.guestMessage, message: message, update: update) }
        if let deleted = update.deletedBusinessMessages {
            return Self(.deletedBusinessMessages, chat: deleted.chat, update: update)
        }
        if let reaction = update.messageReaction {
            return Self(.messageReaction, chat: reaction.chat, user: reaction.user, update: update)
        }
        if let count = update.messageReactionCount {
            return Self(.messageReactionCount, chat: count.chat, update: update)
        }
        if let result = update.chosenInlineResult {
            return Self(.chosenInlineResult, user: result.from, update: update)
        }
        if let query = update.shippingQuery { return Self(.shippingQuery, user: query.from, update: update) }
        if let query = update.preCheckoutQuery { return Self(.preCheckoutQuery, user: query.from, update: update) }
        if let member = update.myChatMember {
            return Self(.myChatMember, chat: member.chat, user: member.from, update: update)
        }
        if let member = update.chatMember {
            return Self(.chatMember, chat: member.chat, user: member.from, update: update)
        }
        if let request = update.chatJoinRequest {
            return Self(.chatJoinRequest, chat: request.chat, user: request.from, update: update)
        }
        if let boost = update.chatBoost { return Self(.chatBoost, chat: boost.chat, update: update) }
        if let boost = update.removedChatBoost { return Self(.removedChatBoost, chat: boost.chat, update: update) }
        return unusual(update)
    }

    private static func unusual(_ update: Update) -> UpdateFacts {
        if let poll = update.poll { return Self(.poll, lane: .poll(poll.id), update: update) }
        if let answer = update.pollAnswer {
            return Self(.pollAnswer, user: answer.user, lane: .poll(answer.pollID), update: update)
        }
        if let connection = update.businessConnection {
            return Self(.businessConnection, user: connection.user, update: update)
        }
        if let media = update.purchasedPaidMedia { return Self(.purchasedPaidMedia, user: media.from, update: update) }
        if let managed = update.managedBot { return Self(.managedBot, user: managed.user, update: update) }
        if update.subscription != nil { return Self(.subscription, update: update) }
        if update.stoppedMessageGeneration != nil { return Self(.stoppedMessageGeneration, update: update) }
        return Self(.unknown, update: update)
    }
}

extension LaneKey {
    /// The lane of a poll: the poll itself and the answers to it.
    static func poll(_ id: String) -> LaneKey { LaneKey(.poll, Int64(bitPattern: UInt64(id) ?? 0)) }
}

extension Message {
    /// Whether it only tells that something happened in the chat.
    var isService: Bool {
        let hasFile =
            photo != nil || document != nil || video != nil || animation != nil || audio != nil || voice != nil
            || videoNote != nil || sticker != nil || livePhoto != nil || paidMedia != nil
        let hasOther =
            contact != nil || location != nil || venue != nil || poll != nil || dice != nil || game != nil
            || story != nil || checklist != nil || richMessage != nil || invoice != nil
        return text == nil && !hasFile && !hasOther
    }
}
