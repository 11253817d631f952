/// `setMessageReaction`: a bot leaves one emoji, or takes it away.
enum SetMessageReaction {
    static let allowed: Set<String> = Set(
        [
            "❤", "👍", "👎", "🔥", "🥰", "👏", "😁", "🤔", "🤯", "😱", "🤬", "😢", "🎉", "🤩", "🤮", "💩", "🙏", "👌",
            "🕊", "🤡", "🥱", "🥴", "😍", "🐳", "❤‍🔥", "🌚", "🌭", "💯", "🤣", "⚡", "🍌", "🏆", "💔", "🤨", "😐", "🍓",
            "🍾", "💋", "🖕", "😈", "😴", "😭", "🤓", "👻", "👨‍💻", "👀", "🎃", "🙈", "😇", "😨", "🤝", "✍", "🤗", "🫡",
            "🎅", "🎄", "☃", "💅", "🤪", "🗿", "🆒", "💘", "🙉", "🦄", "😘", "💊", "🙊", "😎", "👾", "🤷‍♂", "🤷", "🤷‍♀",
            "😡",
        ].map(plain))

    /// An emoji without variation selectors, as the service compares them.
    static func plain(_ emoji: String) -> String {
        String(String.UnicodeScalarView(emoji.unicodeScalars.filter { $0.value != 0xFE0F }))
    }

    static let handler: Handler = { (world, call) throws(APIError) in
        let key = try world.chat(call.arguments, for: call.bot)
        let place = try world.place(call.arguments, in: key, missing: "react")
        var emoji: String?
        if !call.arguments["reaction"].isEmpty {
            guard let node = call.arguments.json("reaction") else {
                throw .badRequest("can't parse reaction types JSON object")
            }
            guard let items = node.array else { throw .badRequest("expected an Array of ReactionType") }
            if items.count > 1 { throw .badRequest("REACTIONS_TOO_MANY") }
            if let item = items.first {
                guard item["type"]?.string == "emoji", let text = item["emoji"]?.string, allowed.contains(plain(text))
                else { throw .badRequest("REACTION_INVALID") }
                emoji = plain(text)
            }
        }
        guard world.message(place)?.content.isService == false else { throw .badRequest("MESSAGE_ID_INVALID") }
        world.react(emoji, to: place, by: call.bot)
        return .yes
    }
}

extension World {
    /// Sets an account's reaction and tells the bots that listen.
    mutating func react(_ emoji: String?, to place: MessagePlace, by account: Int64) {
        let old = message(place)?.reactions[account]
        guard old != emoji else { return }
        edit(place) { $0.reactions[account] = emoji }
        guard accounts[account]?.isBot == false, let chat = chats[place.chat] else { return }
        let now = now
        let body = { (world: World, writer: inout WireWriter) in
            writer.object { writer in
                writer.key("chat")
                world.write(chat: chat, to: &writer)
                writer.field("message_id", place.message)
                writer.key("user")
                world.write(account: account, to: &writer)
                writer.field("date", now)
                for (name, value) in [("old_reaction", old), ("new_reaction", emoji)] {
                    writer.field(name, value.map { [$0] } ?? []) { writer, emoji in
                        writer.object { writer in
                            writer.field("type", "emoji")
                            writer.field("emoji", emoji)
                        }
                    }
                }
            }
        }
        switch place.chat {
        case .dialog(let bot, _): emit(.messageReaction, to: bot, lane: "r\(chat.id)", body)
        case .shared:
            for id in chat.memberOrder where bots[id] != nil && isAdministrator(id, in: place.chat) {
                emit(.messageReaction, to: id, lane: "r\(chat.id)", body)
            }
        }
    }
}
