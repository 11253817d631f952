/// The message that an edit method means: by chat and number, or by its inline id.
enum EditTarget {
    struct Found {
        var place: MessagePlace
        var isInline: Bool
    }

    /// - Parameter what: What is to be done to it, as a refusal names it.
    static func find(_ call: Call, in world: World, to what: String = "edit") throws(APIError) -> Found {
        let arguments = call.arguments
        // Without a chat and a number the inline id is meant.
        if arguments["chat_id"].isEmpty, arguments.int64("message_id") <= 0 {
            let inline = arguments["inline_message_id"]
            if inline.isEmpty { throw .badRequest("message identifier is not specified") }
            guard let place = world.inlineMessages[inline], world.message(place)?.via == call.bot else {
                throw .badRequest("MESSAGE_ID_INVALID")
            }
            return Found(place: place, isInline: true)
        }
        let key = try world.chat(arguments, for: call.bot)
        let place = try world.place(arguments, in: key, missing: what)
        guard let message = world.message(place) else { throw .badRequest("message to edit not found") }
        guard isOwn(message, in: key, of: call.bot, world), message.origin == nil, !message.content.isService else {
            throw .badRequest("message can't be edited")
        }
        return Found(place: place, isInline: false)
    }

    /// Whether a bot wrote a message, or may change the posts of the channel.
    static func isOwn(_ message: Message, in key: ChatKey, of bot: Int64, _ world: World) -> Bool {
        message.writer == bot
            || (message.sender == nil && world.isAdministrator(bot, in: key, with: "can_edit_messages"))
    }

    /// Stores an edit, or refuses one that changes nothing.
    static func apply(
        _ content: Content?, _ keyboard: InlineKeyboard?, isSame: Bool, preview: LinkPreview? = nil,
        to found: Found, in world: inout World
    ) throws(APIError) -> Answer {
        let keyboard = keyboard?.isEmpty == true ? nil : keyboard
        guard let old = world.message(found.place) else { throw .badRequest("message to edit not found") }
        if isSame, old.keyboard == keyboard {
            throw .badRequest(
                "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message"
            )
        }
        if let keyboard {
            let isPrivate = found.place.chat.isDialog && old.via == nil
            try KeyboardRules.check(.inline(keyboard), in: found.place.chat, world)
            try KeyboardRules.check(keyboard, (content ?? old.content).specialButtons, isPrivate: isPrivate)
        }
        if let bot = old.via ?? old.writer { try world.checkEditFlood(found.place.chat, by: bot) }
        let now = world.now
        let known = content.map { world.withKnownMentions($0) }
        world.edit(found.place) { message in
            if let known {
                message.content = known
                // An edit that says nothing of previews brings the usual ones back.
                message.preview = preview
            }
            message.keyboard = keyboard
            message.edited = now
        }
        if found.isInline { return .yes }
        guard let message = world.message(found.place) else { return .yes }
        return world.answer(message, in: found.place.chat)
    }
}
