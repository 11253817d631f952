public import Markup
public import TelegramAPI

/// Thrown where an update belongs to no chat and so has nowhere to reply to.
public struct NoChatError: Error, CustomStringConvertible {
    /// The kind of the update.
    public let kind: UpdateKind
    /// The fault in one line.
    public var description: String { "an update of kind \(kind.rawValue) belongs to no chat" }
}

extension Context {
    /// Sends a text to the chat, in several messages where it is long, and gives the last one.
    ///
    /// With `quoting` it is shown as a reply to the message.
    @discardableResult
    public func reply(
        _ text: FormattedText, keyboard: (any Keyboard)? = nil, quoting: Bool = false, options: SendOptions = .standard
    ) async throws -> Message {
        let sent = try await sender.send(
            text, to: try destination(), keyboard: keyboard, options: self.options(options, quoting))
        guard let last = sent.last else { throw LimitError.emptyText }
        return last
    }

    /// Sends a text to the chat, in several messages where it is long, and gives the last one.
    @discardableResult
    public func reply(
        _ text: String, keyboard: (any Keyboard)? = nil, quoting: Bool = false, options: SendOptions = .standard
    ) async throws -> Message {
        try await reply(FormattedText(text), keyboard: keyboard, quoting: quoting, options: options)
    }

    /// Sends a photo to the chat.
    @discardableResult
    public func replyPhoto(
        _ photo: Media, caption: FormattedText = "", keyboard: (any Keyboard)? = nil, quoting: Bool = false,
        options: SendOptions = .standard
    ) async throws -> Message {
        try await sender.sendPhoto(
            photo, to: try destination(), caption: caption, keyboard: keyboard, options: self.options(options, quoting))
    }

    /// Sends a video to the chat.
    @discardableResult
    public func replyVideo(
        _ video: Media, caption: FormattedText = "", keyboard: (any Keyboard)? = nil, quoting: Bool = false,
        options: SendOptions = .standard
    ) async throws -> Message {
        try await sender.sendVideo(
            video, to: try destination(), caption: caption, keyboard: keyboard, options: self.options(options, quoting))
    }

    /// Sends an animation to the chat.
    @discardableResult
    public func replyAnimation(
        _ animation: Media, caption: FormattedText = "", keyboard: (any Keyboard)? = nil, quoting: Bool = false,
        options: SendOptions = .standard
    ) async throws -> Message {
        try await sender.sendAnimation(
            animation, to: try destination(), caption: caption, keyboard: keyboard,
            options: self.options(options, quoting))
    }

    /// Sends a file to the chat as it is.
    @discardableResult
    public func replyDocument(
        _ document: Media, caption: FormattedText = "", keyboard: (any Keyboard)? = nil, quoting: Bool = false,
        options: SendOptions = .standard
    ) async throws -> Message {
        try await sender.sendDocument(
            document, to: try destination(), caption: caption, keyboard: keyboard,
            options: self.options(options, quoting))
    }

    /// Sends 2 to 10 files to the chat as one album.
    @discardableResult
    public func replyAlbum(_ items: [AlbumItem], options: SendOptions = .standard) async throws -> [Message] {
        try await sender.sendAlbum(items, to: try destination(), options: self.options(options, false))
    }

    /// Replaces the text of the message under which a button was pressed; without keyboard its buttons go.
    public func edit(_ text: FormattedText, keyboard: InlineKeyboard? = nil) async throws {
        guard let reference = pressedMessage else { throw NoChatError(kind: kind) }
        try await sender.edit(reference, text, keyboard: keyboard)
    }

    /// Replaces the caption of the message under which a button was pressed; without keyboard its buttons go.
    public func editCaption(_ caption: FormattedText, keyboard: InlineKeyboard? = nil) async throws {
        guard let reference = pressedMessage else { throw NoChatError(kind: kind) }
        try await sender.editCaption(reference, caption, keyboard: keyboard)
    }

    /// Replaces the buttons of the message under which one was pressed, or takes them away.
    public func editKeyboard(_ keyboard: InlineKeyboard?) async throws {
        guard let reference = pressedMessage else { throw NoChatError(kind: kind) }
        try await sender.editKeyboard(reference, keyboard)
    }

    /// Deletes the message that came, or under which a button was pressed.
    public func delete() async throws {
        guard let reference = pressedMessage ?? message.map(MessageReference.init) else {
            throw NoChatError(kind: kind)
        }
        try await sender.delete(reference)
    }

    /// Answers a press: with a short text over the chat (200 characters), as an alert where asked, or just so.
    ///
    /// Without this the press is answered when the handler is done. A press is answered once.
    public func answer(_ text: String? = nil, alert: Bool = false) async throws(TelegramError) {
        _ = try await takesAnswer(text, alert: alert)
    }

    /// Answers a press; false where it was answered before, or is too old.
    func takesAnswer(_ text: String?, alert: Bool) async throws(TelegramError) -> Bool {
        guard let query = update.callbackQuery, takeAnswer() else { return false }
        var method = AnswerCallbackQuery(callbackQueryID: query.id)
        method.text = text.map { FormattedText($0).truncated(to: 200).text }
        method.showAlert = alert ? true : nil
        do {
            try await sender.call(method)
            return true
        } catch .queryExpired {
            logger.info("the press was answered too late")
            return false
        }
    }

    /// Calls any method of the Bot API.
    @discardableResult
    public func call<Method: TelegramMethod>(_ method: Method) async throws(TelegramError) -> Method.Result {
        try await sender.call(method)
    }

    /// The message under which a button was pressed, also where its contents are no longer known.
    private var pressedMessage: MessageReference? {
        update.callbackQuery?.message.map { MessageReference(chat: $0.chat.id, message: $0.messageID) }
    }

    private func destination() throws(NoChatError) -> ChatID {
        guard let chatID else { throw NoChatError(kind: kind) }
        return chatID
    }

    /// Adds where the update came from: the forum topic, and the message where it is to be quoted.
    private func options(_ options: SendOptions, _ quoting: Bool) -> SendOptions {
        var options = options
        if quoting, let message, kind != .callbackQuery { options.replyTo = MessageReference(message) }
        if options.topic == nil, let message, message.isTopicMessage { options.topic = message.messageThreadID }
        return options
    }
}
