extension World {
    /// Puts a message into a chat: numbers it, counts it as unread, tells bots and pages.
    @discardableResult
    mutating func post(_ message: Message, in key: ChatKey) -> Message {
        var message = message
        let now = now
        editChat(key) { chat in
            chat.lastMessage += 1
            message.id = chat.lastMessage
            message.date = now
            message.isProtected = message.isProtected || chat.isProtected
            while chat.messages.count < chat.lastMessage - 1 { chat.messages.append(nil) }
            chat.messages.append(message)
            chat.lastActivity = now
            if message.writer == chat.action?.account { chat.action = nil }
        }
        let viewers = viewers(of: key)
        let fromBot = message.writer.flatMap { accounts[$0]?.isBot } ?? false
        editChat(key) { chat in
            for viewer in viewers where viewer != message.writer { chat.unread[viewer, default: 0] += 1 }
            if let sender = message.writer, !fromBot { chat.unread[sender] = 0 }
        }
        changed(.message(key, message.id))
        effects.events.append(.message(MessagePlace(chat: key, message: message.id)))
        tellMessage(message, in: key, isEdit: false)
        return message
    }

    mutating func post(service: ServiceNote, in key: ChatKey, by actor: Int64?) {
        let sender = chats[key]?.kind == .channel ? nil : actor
        post(Message(id: 0, date: now, sender: sender, content: .service(service)), in: key)
    }

    func message(_ place: MessagePlace) -> Message? { chats[place.chat]?.message(place.message) }

    /// Changes a stored message in place.
    mutating func edit(_ place: MessagePlace, _ body: (inout Message) -> Void) {
        guard var message = message(place) else { return }
        body(&message)
        editChat(place.chat) { $0.messages[place.message - 1] = message }
        changed(.message(place.chat, place.message))
        effects.events.append(.edit(place))
    }

    mutating func delete(_ ids: [Int], in key: ChatKey) {
        let ids = ids.filter { chats[key]?.message($0) != nil }
        guard !ids.isEmpty else { return }
        editChat(key) { chat in
            for id in ids {
                chat.messages[id - 1] = nil
                chat.pinned.removeAll { $0 == id }
            }
        }
        for id in ids { changed(.message(key, id)) }
        effects.events.append(.delete(key, ids))
    }

    mutating func pin(_ id: Int, in key: ChatKey, by actor: Int64) {
        guard chats[key]?.pinned.contains(id) == false else { return }
        editChat(key) { $0.pinned.insert(id, at: 0) }
        effects.events.append(.edit(MessagePlace(chat: key, message: id)))
        effects.events.append(.chat(key))
        post(service: .pinned(id), in: key, by: actor)
    }

    mutating func unpin(_ ids: [Int], in key: ChatKey) {
        editChat(key) { chat in chat.pinned.removeAll { ids.contains($0) } }
        for id in ids { effects.events.append(.edit(MessagePlace(chat: key, message: id))) }
        effects.events.append(.chat(key))
    }
}
