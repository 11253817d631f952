import Markup
import TelegramAPI

/// The less usual wishes about a message.
public struct SendOptions: Sendable, Equatable {
    /// The message that is answered; where it is gone, the answer comes without it.
    public var replyTo: MessageReference?
    /// Without a sound.
    public var isSilent: Bool
    /// Not to be forwarded or saved.
    public var isProtected: Bool
    /// Whether the first link shows a preview.
    public var showsLinkPreview: Bool
    /// The forum topic.
    public var topic: Int?
    /// A picture or video that is covered until tapped.
    public var hasSpoiler: Bool

    /// Wishes; the defaults are Telegram's.
    public init(
        replyTo: MessageReference? = nil, isSilent: Bool = false, isProtected: Bool = false,
        showsLinkPreview: Bool = true, topic: Int? = nil, hasSpoiler: Bool = false
    ) {
        self.replyTo = replyTo
        self.isSilent = isSilent
        self.isProtected = isProtected
        self.showsLinkPreview = showsLinkPreview
        self.topic = topic
        self.hasSpoiler = hasSpoiler
    }

    /// The defaults.
    public static let standard = SendOptions()

    var replyParameters: ReplyParameters? {
        replyTo.map { ReplyParameters(messageID: $0.message, allowSendingWithoutReply: true) }
    }

    var linkPreview: LinkPreviewOptions? { showsLinkPreview ? nil : LinkPreviewOptions(isDisabled: true) }
}

extension SendMessage {
    /// A message with a formatted text, as the wishes say; not yet a reply.
    init(_ text: FormattedText, to chat: ChatID, options: SendOptions) {
        self.init(chatID: ChatTarget(chat), text: text.text)
        entities = text.messageEntities
        linkPreviewOptions = options.linkPreview
        disableNotification = options.isSilent ? true : nil
        protectContent = options.isProtected ? true : nil
        messageThreadID = options.topic
    }
}
