/// `answerInlineQuery`: within 30 seconds, at most 50 results.
enum AnswerInlineQuery {
    private static let types: Set<String> = [
        "article", "photo", "gif", "mpeg4_gif", "video", "audio", "voice", "document", "location", "venue", "contact",
        "game", "sticker",
    ]

    static let handler: Handler = { (world, call) throws(APIError) in
        let arguments = call.arguments
        let id = arguments["inline_query_id"]
        guard let node = arguments["results"].isEmpty ? .array([]) : arguments.json("results") else {
            throw .badRequest("can't parse inline query results JSON object")
        }
        guard let results = node.array else { throw .badRequest("expected an Array of inline query results") }
        if results.count > 50 { throw .badRequest("too many inline query results specified") }
        var ids: Set<String> = []
        for result in results {
            try check(result, in: world)
            let name = result["id"]?.scalar ?? ""
            if name.isEmpty { throw .badRequest("RESULT_ID_EMPTY") }
            if name.utf8.count > 64 { throw .badRequest("RESULT_ID_INVALID") }
            if !ids.insert(name).inserted { throw .badRequest("RESULT_ID_DUPLICATE") }
        }
        guard var query = world.pending.inline[id], query.bot == call.bot, query.expires > world.now else {
            throw AnswerCallbackQuery.tooOld
        }
        query.results = results
        // The person may choose for as long as the choice would be reported.
        query.expires = world.now + UpdateKind.chosenInlineResult.lifetime
        world.pending.inline[id] = query
        let button = arguments.json("button")
        let next = arguments["next_offset"]
        let data = WireWriter.bytes { writer in
            writer.object { writer in
                writer.field("query", id)
                writer.field("results", results) { writer, result in
                    writer.object { writer in
                        writer.field("id", result["id"]?.scalar)
                        writer.field("type", result["type"]?.string)
                        writer.field("title", result["title"]?.string)
                        writer.field("description", result["description"]?.string)
                        writer.field("thumb", result["thumbnail_url"]?.string ?? result["photo_url"]?.string)
                        writer.field("text", result["input_message_content"]?["message_text"]?.string)
                    }
                }
                writer.field("next_offset", next.isEmpty ? nil : next)
                if let button, let text = button["text"]?.string {
                    writer.field(
                        "button",
                        object: { writer in
                            writer.field("text", text)
                            writer.field("start", button["start_parameter"]?.string)
                            writer.field("url", button["web_app"]?["url"]?.string)
                        })
                }
            }
        }
        world.effects.events.append(.personal("inline_answer", user: query.user, data))
        return .yes
    }

    static func check(_ result: JSONNode, in world: World) throws(APIError) {
        guard result.isObject else { throw .badRequest("can't parse inline query result: expected an Object") }
        guard let type = result["type"]?.string else {
            throw .badRequest("can't parse inline query result: Can't find field \"type\"")
        }
        guard types.contains(type) else {
            throw .badRequest("can't parse inline query result: type must be one of the known types")
        }
        if type == "article" {
            guard result["title"]?.string?.isEmpty == false else {
                throw .badRequest("can't parse inline query result: Can't find field \"title\"")
            }
            guard let content = result["input_message_content"], content.isObject else {
                throw .badRequest("can't parse inline query result: Can't find field \"input_message_content\"")
            }
        }
        if let content = result["input_message_content"] {
            guard content.isObject else { throw .badRequest("can't parse input message content: expected an Object") }
            if let text = content["message_text"]?.string {
                if text.isEmpty { throw .badRequest("message text is empty") }
                _ = try TextArgument.formatted(
                    text, mode: content["parse_mode"]?.string ?? "", entities: content["entities"])
            }
        }
        if let markup = result["reply_markup"] {
            guard case .inline? = try MarkupArgument.parse(markup, isLocal: world.options.allowsLoopback) else {
                throw .badRequest("inline keyboard expected")
            }
        }
    }
}
