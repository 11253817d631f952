/// `pinChatMessage`, `unpinChatMessage` and `unpinAllChatMessages`.
enum PinMessage {
    static let pin: Handler = { (world, call) throws(APIError) in
        let key = try checked(call, world)
        let place = try world.place(call.arguments, in: key, missing: "pin")
        guard world.message(place)?.content.isService == false else {
            throw .badRequest("service messages can't be pinned")
        }
        if world.chats[key]?.pinned.contains(place.message) == true { throw .badRequest("CHAT_NOT_MODIFIED") }
        world.pin(place.message, in: key, by: call.bot)
        return .yes
    }

    static let unpin: Handler = { (world, call) throws(APIError) in
        let key = try checked(call, world)
        let pinned = world.chats[key]?.pinned ?? []
        if call.arguments.has("message_id") {
            let id = Int(clamping: call.arguments.int64("message_id"))
            guard world.chats[key]?.message(id) != nil else { throw .badRequest("message to unpin not found") }
            world.unpin([id], in: key)
        } else {
            guard let newest = pinned.max() else { throw .badRequest("message to unpin not found") }
            world.unpin([newest], in: key)
        }
        return .yes
    }

    static let unpinAll: Handler = { (world, call) throws(APIError) in
        let key = try checked(call, world)
        world.unpin(world.chats[key]?.pinned ?? [], in: key)
        return .yes
    }

    private static func checked(_ call: Call, _ world: World) throws(APIError) -> ChatKey {
        let key = try world.chat(call.arguments, for: call.bot)
        let right = world.isChannel(key) ? "can_edit_messages" : "can_pin_messages"
        guard key.isDialog || world.isAdministrator(call.bot, in: key, with: right) else {
            throw .badRequest("not enough rights to manage pinned messages in the chat")
        }
        return key
    }
}
