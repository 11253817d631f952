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
            for item in items { try check(item) }
            if items.count > 1 { throw .badRequest("REACTIONS_TOO_MANY") }
            if let item = items.first {
                guard item["type"]?.string == "emoji", let text = item["emoji"]?.string, allowed.contains(plain(text))
                else { throw .badRequest("REACTION_INVALID") }
                emoji = plain(text)
            }
        }
        guard world.message(place)?.content.isService == false else { throw .badRequest("MESSAGE_ID_INVALID") }
        if emoji != nil, world.lacks("can_react_to_messages", call.bot, in: key) {
            throw .badRequest("have no rights to send a message")
        }
        world.react(emoji, to: place, by: call.bot)
        return .yes
    }
}

extension SetMessageReaction {
    /// Checks that a reaction can be read, whether or not it may be left.
    private static func check(_ item: JSONNode) throws(APIError) {
        func fault(_ reason: String) -> APIError { .badRequest("can't parse ReactionType: \(reason)") }
        guard item.isObject else { throw fault("expected an Object") }
        guard let type = item["type"]?.scalar else { throw fault("Can't find field \"type\"") }
        guard let field = ["emoji": "emoji", "custom_emoji": "custom_emoji_id", "paid": "type"][type] else {
            throw fault("invalid reaction type specified")
        }
        if item[field]?.scalar == nil { throw fault("Can't find field \"\(field)\"") }
    }
}

extension World {
    /// Sets an account's reaction and tells the bots that listen.
    mutating func react(_ emoji: String?, to place: MessagePlace, by account: Int64) {
        let old = message(place)?.reactions[account]
        guard old != emoji else { return }
        edit(place) { $0.reactions[account] = emoji }
        guard accounts[account]?.isBot == false, let chat = chats[place.chat] else { return }
        // In a channel nobody sees who reacted.
        if chat.kind == .channel { return tellReactionCount(of: place, in: chat) }
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
                    writer.field(name, value.map { [$0] } ?? []) { Self.write(reaction: $1, to: &$0) }
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

    /// Tells the bots of a channel how often each emoji stands below a post, the most frequent first.
    private mutating func tellReactionCount(of place: MessagePlace, in chat: Chat) {
        let counts = Dictionary((message(place)?.reactions.values.map { ($0, 1) }) ?? [], uniquingKeysWith: +)
        let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let now = now
        for id in chat.memberOrder where bots[id] != nil && isAdministrator(id, in: place.chat) {
            emit(.messageReactionCount, to: id, lane: "r\(chat.id)") { world, writer in
                writer.object { writer in
                    writer.key("chat")
                    world.write(chat: chat, to: &writer)
                    writer.field("message_id", place.message)
                    writer.field("date", now)
                    writer.field("reactions", sorted) { writer, item in
                        writer.object { writer in
                            writer.key("type")
                            Self.write(reaction: item.key, to: &writer)
                            writer.field("total_count", item.value)
                        }
                    }
                }
            }
        }
    }

    private static func write(reaction emoji: String, to writer: inout WireWriter) {
        writer.object { writer in
            writer.field("type", "emoji")
            writer.field("emoji", emoji)
        }
    }
}
