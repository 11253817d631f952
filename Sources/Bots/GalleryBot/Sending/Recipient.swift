internal import BotKit
internal import TelegramAPI

/// Who gets a photo, and on which occasion.
struct Recipient: Sendable {
    var chat: ChatID
    /// Who asked; in a private chat by schedule the person, in a group by schedule nobody.
    var user: UserID?
    var language: Language
    var source: SentPhotos.Source
    /// Without a sound, even where the chat's settings allow one.
    var isSilent = false
    /// The forum topic.
    var topic: Int?

    /// A private chat has the number of the person; groups, supergroups and channels have negative ones.
    var isPrivate: Bool { chat.rawValue > 0 }

    init(
        chat: ChatID, user: UserID?, language: Language, source: SentPhotos.Source, isSilent: Bool = false,
        topic: Int? = nil
    ) {
        self.chat = chat
        self.user = user
        self.language = language
        self.source = source
        self.isSilent = isSilent
        self.topic = topic
    }

    /// Whoever caused an update, in the chat where they did; nil where there is no chat.
    init?(_ ctx: Context, source: SentPhotos.Source) {
        guard let chat = ctx.chat else { return nil }
        self.init(chat: chat.id, user: ctx.user?.id, language: ctx.language, source: source)
        if let message = ctx.message, message.isTopicMessage { topic = message.messageThreadID }
    }
}
