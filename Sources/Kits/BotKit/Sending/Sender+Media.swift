public import Markup
public import TelegramAPI

extension Sender {
    /// Sends a photo with a caption, which is cut where it is too long.
    @discardableResult
    public func sendPhoto(
        _ photo: Media, to chat: ChatID, caption: FormattedText = "", keyboard: (any Keyboard)? = nil,
        options: SendOptions = .standard
    ) async throws -> Message {
        let markup = try keyboard?.markup()
        return try await send(photo, .photo) { file in
            let caption = caption.truncated()
            var method = SendPhoto(chatID: ChatTarget(chat), photo: file)
            method.caption = caption.isEmpty ? nil : caption.text
            method.captionEntities = caption.messageEntities
            method.replyMarkup = markup
            method.replyParameters = options.replyParameters
            method.disableNotification = options.isSilent ? true : nil
            method.protectContent = options.isProtected ? true : nil
            method.hasSpoiler = options.hasSpoiler ? true : nil
            method.messageThreadID = options.topic
            return try await self.client.call(method)
        }
    }

    /// Sends a video with a caption, which is cut where it is too long.
    @discardableResult
    public func sendVideo(
        _ video: Media, facts: ClipFacts = ClipFacts(), to chat: ChatID, caption: FormattedText = "",
        keyboard: (any Keyboard)? = nil, options: SendOptions = .standard
    ) async throws -> Message {
        let markup = try keyboard?.markup()
        return try await send(video, .video) { file in
            let caption = caption.truncated()
            var method = SendVideo(chatID: ChatTarget(chat), video: file)
            (method.duration, method.width, method.height) = (facts.seconds, facts.width, facts.height)
            method.caption = caption.isEmpty ? nil : caption.text
            method.captionEntities = caption.messageEntities
            method.replyMarkup = markup
            method.replyParameters = options.replyParameters
            method.disableNotification = options.isSilent ? true : nil
            method.protectContent = options.isProtected ? true : nil
            method.hasSpoiler = options.hasSpoiler ? true : nil
            method.supportsStreaming = true
            method.messageThreadID = options.topic
            return try await self.client.call(method)
        }
    }

    /// Sends an animation (GIF or silent video) with a caption, which is cut where it is too long.
    @discardableResult
    public func sendAnimation(
        _ animation: Media, facts: ClipFacts = ClipFacts(), to chat: ChatID, caption: FormattedText = "",
        keyboard: (any Keyboard)? = nil, options: SendOptions = .standard
    ) async throws -> Message {
        let markup = try keyboard?.markup()
        return try await send(animation, .animation) { file in
            let caption = caption.truncated()
            var method = SendAnimation(chatID: ChatTarget(chat), animation: file)
            (method.duration, method.width, method.height) = (facts.seconds, facts.width, facts.height)
            method.caption = caption.isEmpty ? nil : caption.text
            method.captionEntities = caption.messageEntities
            method.replyMarkup = markup
            method.replyParameters = options.replyParameters
            method.disableNotification = options.isSilent ? true : nil
            method.protectContent = options.isProtected ? true : nil
            method.hasSpoiler = options.hasSpoiler ? true : nil
            method.messageThreadID = options.topic
            return try await self.client.call(method)
        }
    }

    /// Sends a file as it is, with a caption, which is cut where it is too long.
    @discardableResult
    public func sendDocument(
        _ document: Media, to chat: ChatID, caption: FormattedText = "", keyboard: (any Keyboard)? = nil,
        options: SendOptions = .standard
    ) async throws -> Message {
        let markup = try keyboard?.markup()
        return try await send(document, .document) { file in
            let caption = caption.truncated()
            var method = SendDocument(chatID: ChatTarget(chat), document: file)
            // Without it the service makes a film of a film, and shrinks it.
            method.disableContentTypeDetection = true
            method.caption = caption.isEmpty ? nil : caption.text
            method.captionEntities = caption.messageEntities
            method.replyMarkup = markup
            method.replyParameters = options.replyParameters
            method.disableNotification = options.isSilent ? true : nil
            method.protectContent = options.isProtected ? true : nil
            method.messageThreadID = options.topic
            return try await self.client.call(method)
        }
    }

    /// Sends 2 to 10 files as one album.
    ///
    /// - Throws: `LimitError`, `TelegramError`.
    @discardableResult
    public func sendAlbum(
        _ items: [AlbumItem], to chat: ChatID, options: SendOptions = .standard
    ) async throws -> [Message] {
        guard (2...10).contains(items.count) else { throw LimitError.albumSize(items.count) }
        do {
            return try await sendAlbumOnce(items, to: chat, options: options)
        } catch let error as TelegramError where error.isAboutFileID && items.contains(where: { $0.media.key != nil }) {
            // Which file it was is not said: all are uploaded anew, once.
            for item in items { if let key = item.media.key { try await media.drop(key, item.kind) } }
            return try await sendAlbumOnce(items, to: chat, options: options)
        }
    }

    private func sendAlbumOnce(
        _ items: [AlbumItem], to chat: ChatID, options: SendOptions
    ) async throws -> [Message] {
        var group: [InputMediaGroupItem] = []
        for item in items {
            group.append(item.groupItem(file: try await file(for: item.media, item.kind), options: options))
        }
        var method = SendMediaGroup(chatID: ChatTarget(chat), media: group)
        method.replyParameters = options.replyParameters
        method.disableNotification = options.isSilent ? true : nil
        method.protectContent = options.isProtected ? true : nil
        method.messageThreadID = options.topic
        let messages = try await client.call(method)
        for (item, message) in zip(items, messages) { await remember(message, item.media, item.kind) }
        return messages
    }

    /// Whether Telegram has this file already, so that sending it needs no bytes.
    public func hasSent(_ item: Media, as kind: MediaKind) async throws -> Bool {
        guard let key = item.key else { return false }
        return try await media.fileID(for: key, kind) != nil
    }

    /// Sends a file by its remembered id, or uploads it and remembers the id.
    private func send(
        _ item: Media, _ kind: MediaKind, _ body: (InputFile) async throws -> Message
    ) async throws -> Message {
        if let key = item.key, let fileID = try await media.fileID(for: key, kind) {
            do {
                return try await body(.id(fileID))
            } catch let error as TelegramError where error.isAboutFileID {
                logger.info("a remembered file is gone, uploading it again", ["key": .string(key)])
                try await media.drop(key, kind)
            }
        }
        let message = try await body(try await item.source())
        await remember(message, item, kind)
        return message
    }

    private func file(for item: Media, _ kind: MediaKind) async throws -> InputFile {
        if let key = item.key, let fileID = try await media.fileID(for: key, kind) { return .id(fileID) }
        return try await item.source()
    }

    private func remember(_ message: Message, _ item: Media, _ kind: MediaKind) async {
        guard let key = item.key, let fileID = message.fileID(of: kind) else { return }
        do {
            try await media.store(fileID, for: key, kind)
        } catch {
            // The message is sent; the next time the file is uploaded again.
            logger.warning("cannot remember a file", ["key": .string(key), "error": "\(error)"])
        }
    }
}

extension TelegramError {
    /// Whether a remembered file id is no longer good.
    fileprivate var isAboutFileID: Bool {
        if case .file(.wrongID, _) = self { true } else { false }
    }
}

extension Message {
    /// The id of its file, the largest where there are several sizes.
    func fileID(of kind: MediaKind) -> String? {
        switch kind {
        case .photo: photo?.last?.fileID
        case .video: video?.fileID
        case .animation: animation?.fileID
        case .document: document?.fileID
        case .audio: audio?.fileID
        case .voice: voice?.fileID
        }
    }
}

extension AlbumItem {
    fileprivate func groupItem(file: InputFile, options: SendOptions) -> InputMediaGroupItem {
        let text = caption?.truncated()
        let caption = text?.isEmpty == true ? nil : text?.text
        let entities = text?.messageEntities
        let spoiler: Bool? = options.hasSpoiler ? true : nil
        switch kind {
        case .video, .animation:
            var video = InputMediaVideo(media: file, caption: caption, captionEntities: entities)
            (video.duration, video.width, video.height) = (facts.seconds, facts.width, facts.height)
            video.supportsStreaming = true
            video.hasSpoiler = spoiler
            return .video(video)
        case .document: return .document(InputMediaDocument(media: file, caption: caption, captionEntities: entities))
        case .audio, .voice: return .audio(InputMediaAudio(media: file, caption: caption, captionEntities: entities))
        case .photo:
            var photo = InputMediaPhoto(media: file, caption: caption, captionEntities: entities)
            photo.hasSpoiler = spoiler
            return .photo(photo)
        }
    }
}
