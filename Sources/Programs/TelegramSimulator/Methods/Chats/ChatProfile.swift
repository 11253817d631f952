/// `setChatTitle`, `setChatDescription`, `setChatPhoto` and `deleteChatPhoto`.
enum ChatProfile {
    static let title: Handler = { (world, call) throws(APIError) in
        let key = try world.chat(call.arguments, for: call.bot)
        if key.isDialog { throw .badRequest("can't change private chat title") }
        let title = String(
            String.UnicodeScalarView(call.arguments["title"].trimmingSpaces().unicodeScalars.prefix(128)))
        if title.isEmpty { throw .badRequest("title must be non-empty") }
        try check("change chat title", key, call.bot, world)
        if title != world.chats[key]?.title { world.rename(key, title, by: call.bot) }
        return .yes
    }

    static let description: Handler = { (world, call) throws(APIError) in
        let key = try world.chat(call.arguments, for: call.bot)
        if key.isDialog { throw .badRequest("can't change private chat description") }
        try check("set chat description", key, call.bot, world)
        let text = call.arguments["description"].trimmingSpaces()
        if text.unicodeScalars.count > 255 { throw .badRequest("CHAT_ABOUT_TOO_LONG") }
        if text == world.chats[key]?.about ?? "" { throw .badRequest("chat description is not modified") }
        world.editChat(key) { $0.about = text.isEmpty ? nil : text }
        world.effects.events.append(.chat(key))
        return .yes
    }

    static let photo: Handler = { (world, call) throws(APIError) in
        let file = call.prepared["photo"] ?? attached(call)
        guard let file else {
            throw .badRequest(
                call.arguments["photo"].isEmpty
                    ? "there is no photo in the request" : "photo must be uploaded as an InputFile")
        }
        let key = try world.chat(call.arguments, for: call.bot)
        if key.isDialog { throw .badRequest("can't change private chat photo") }
        try check("change chat photo", key, call.bot, world)
        let media = try world.media(.photo, file)
        if min(media.width ?? 0, media.height ?? 0) < 160 { throw .badRequest("PHOTO_CROP_SIZE_SMALL") }
        world.remember(media)
        world.editChat(key) { $0.photo = media }
        world.post(service: .photo(media), in: key, by: call.bot)
        world.effects.events.append(.chat(key))
        return .yes
    }

    private static func attached(_ call: Call) -> PreparedFile? {
        let value = call.arguments["photo"]
        return value.hasPrefix("attach://") ? call.prepared[String(value.dropFirst(9))] : nil
    }

    static let deletePhoto: Handler = { (world, call) throws(APIError) in
        let key = try world.chat(call.arguments, for: call.bot)
        if key.isDialog { throw .badRequest("can't change private chat photo") }
        try check("change chat photo", key, call.bot, world)
        if world.chats[key]?.photo == nil { throw .badRequest("CHAT_NOT_MODIFIED") }
        world.editChat(key) { $0.photo = nil }
        world.post(service: .photoDeleted, in: key, by: call.bot)
        world.effects.events.append(.chat(key))
        return .yes
    }

    private static func check(_ deed: String, _ key: ChatKey, _ bot: Int64, _ world: World) throws(APIError) {
        guard world.isAdministrator(bot, in: key, with: "can_change_info") else {
            throw .badRequest("not enough rights to \(deed)")
        }
    }
}
