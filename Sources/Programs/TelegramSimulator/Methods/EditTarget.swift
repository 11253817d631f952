/// The message that an edit method means: by chat and number, or by its inline id.
enum EditTarget {
    struct Found {
        var place: MessagePlace
        var isInline: Bool
    }

    static func find(_ call: Call, in world: World) throws(APIError) -> Found {
        let arguments = call.arguments
        let inline = arguments["inline_message_id"]
        if !inline.isEmpty, arguments["chat_id"].isEmpty {
            guard let place = world.inlineMessages[inline], world.message(place)?.via == call.bot else {
                throw .badRequest("MESSAGE_ID_INVALID")
            }
            return Found(place: place, isInline: true)
        }
        // Without a chat and a number the inline id was meant.
        if arguments["chat_id"].isEmpty, arguments.int64("message_id") == 0 {
            throw .badRequest("message identifier is not specified")
        }
        let key = try world.chat(arguments, for: call.bot)
        let place = try world.place(arguments, in: key, missing: "edit")
        guard let message = world.message(place) else { throw .badRequest("message to edit not found") }
        let isOwn =
            message.writer == call.bot
            || (message.sender == nil && world.isAdministrator(call.bot, in: key, with: "can_edit_messages"))
        guard isOwn, message.origin == nil, !message.content.isService else {
            throw .badRequest("message can't be edited")
        }
        return Found(place: place, isInline: false)
    }

    /// Stores an edit, or refuses one that changes nothing.
    static func apply(
        _ content: Content?, _ keyboard: InlineKeyboard?, isSame: Bool, to found: Found, in world: inout World
    ) throws(APIError) -> Answer {
        let keyboard = keyboard?.isEmpty == true ? nil : keyboard
        guard let old = world.message(found.place) else { throw .badRequest("message to edit not found") }
        if isSame, old.keyboard == keyboard {
            throw .badRequest(
                "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message"
            )
        }
        if let bot = old.via ?? old.writer { try world.checkEditFlood(found.place.chat, by: bot) }
        let now = world.now
        world.edit(found.place) { message in
            if let content { message.content = content }
            message.keyboard = keyboard
            message.edited = now
        }
        if found.isInline { return .yes }
        guard let message = world.message(found.place) else { return .yes }
        return world.answer(message, in: found.place.chat)
    }
}
