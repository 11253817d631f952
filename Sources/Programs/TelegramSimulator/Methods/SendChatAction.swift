/// `sendChatAction`: shown for five seconds at most.
enum SendChatAction {
    private static let actions: Set<String> = [
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "record_audio",
        "upload_audio", "upload_document", "choose_sticker", "find_location", "pick_up_location", "record_video_note",
        "upload_video_note", "cancel",
    ]

    static let handler: Handler = { (world, call) throws(APIError) in
        let action = call.arguments["action"].lowercased()
        guard actions.contains(action) else { throw .badRequest("wrong parameter action in request") }
        let key = try world.chat(call.arguments, for: call.bot)
        _ = try world.thread(call.arguments, in: key, for: call.bot)
        let until = action == "cancel" ? world.now : world.now + 5
        world.editChat(key) { $0.action = ChatAction(account: call.bot, action: action, until: until) }
        world.effects.events.append(.action(key))
        return .yes
    }
}
