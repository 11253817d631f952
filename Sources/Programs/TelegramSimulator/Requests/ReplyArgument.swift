/// Reads what a message answers: `reply_parameters`, or the older `reply_to_message_id`.
enum ReplyArgument {
    private struct Wish {
        var id: Int64 = 0
        var chat = ""
        var isOptional = false
        var quote: FormattedText?
        var position: Int64 = 0
    }

    static func parse(_ arguments: Arguments, in key: ChatKey, for bot: Int64, _ world: World) throws(APIError)
        -> Reply?
    {
        let wish = try wish(arguments)
        guard wish.id > 0 else { return nil }
        let source = try chat(wish, key, bot, world)
        guard let number = Int(exactly: wish.id), let target = world.chats[source]?.message(number),
            source == key || !target.content.isService
        else {
            if wish.isOptional { return nil }
            throw .badRequest("message to be replied not found")
        }
        if let quote = wish.quote {
            let text = target.text ?? target.caption ?? .empty
            guard text.text.range(of: quote.text) != nil else { throw .badRequest("QUOTE_TEXT_INVALID") }
        }
        var reply = Reply(message: number, quote: wish.quote, quotePosition: Int(clamping: wish.position))
        if source != key { reply.chat = source }
        return reply
    }

    private static func wish(_ arguments: Arguments) throws(APIError) -> Wish {
        var wish = Wish()
        guard arguments.has("reply_parameters") else {
            wish.id = arguments.int64("reply_to_message_id")
            wish.isOptional = arguments.bool("allow_sending_without_reply")
            return wish
        }
        if arguments["reply_parameters"].isEmpty { return wish }
        guard let node = arguments.json("reply_parameters") else {
            throw .badRequest("can't parse reply parameters JSON object")
        }
        guard node.isObject else { throw .badRequest("object expected as reply parameters") }
        if node == .object([]) { return wish }
        for name in ["checklist_task_id", "ephemeral_message_id", "poll_option_id"] where node[name]?.scalar != nil {
            throw Unsimulated.refusal(name)
        }
        guard let id = node["message_id"]?.integer else { throw .badRequest("can't find field \"message_id\"") }
        wish.id = id
        wish.chat = node["chat_id"]?.scalar ?? ""
        wish.isOptional = node["allow_sending_without_reply"]?.bool ?? false
        wish.position = node["quote_position"]?.integer ?? 0
        if let text = node["quote"]?.string, !text.isEmpty {
            wish.quote = try TextArgument.formatted(
                text, mode: node["quote_parse_mode"]?.string ?? "", entities: node["quote_entities"])
        }
        return wish
    }

    /// The chat of the message: that of the answer unless another one is named.
    private static func chat(_ wish: Wish, _ key: ChatKey, _ bot: Int64, _ world: World) throws(APIError) -> ChatKey {
        if wish.chat.isEmpty { return key }
        var arguments = Arguments()
        arguments.add("chat_id", wish.chat)
        return try world.chat(arguments, for: bot, .read)
    }
}
