/// `sendMessageDraft`: a message in the making, shown for 30 seconds in a private chat.
enum SendMessageDraft {
    static let handler: Handler = { (world, call) throws(APIError) in
        let arguments = call.arguments
        let text = try TextArgument.formatted(
            arguments["text"], mode: arguments["parse_mode"], entities: arguments.json("entities"))
        if text.text.unicodeScalars.count > TextArgument.maximumMessage { throw .badRequest("message is too long") }
        let draft = arguments.int64("draft_id")
        if draft == 0 { throw .badRequest("draft identifier must be non-zero") }
        let key = try world.chat(arguments, for: call.bot)
        guard key.isDialog else { throw .badRequest("message drafts can be sent only to private chats") }
        _ = try world.thread(arguments, in: key, for: call.bot)
        let shown = Draft(
            id: draft, bot: call.bot, text: text, until: world.now + 30, canStop: arguments.bool("can_stop"),
            staysWhenStopped: arguments.bool("keep_on_stop"))
        world.pending.sweep(now: world.now)
        world.pending.drafts[key] = shown
        world.effects.events.append(.draft(key, shown))
        return .yes
    }
}
