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
        let button = try button(arguments, in: world)
        let next = arguments["next_offset"]
        if next.utf8.count > 64 { throw .badRequest("NEXT_OFFSET_INVALID") }
        query.results = results
        query.appLink = button?.app
        // The person may choose for as long as the choice would be reported.
        query.expires = world.now + UpdateKind.chosenInlineResult.lifetime
        world.pending.inline[id] = query
        let data = WireWriter.bytes { writer in
            writer.object { writer in
                writer.field("query", id)
                writer.field("results", results) { writer, result in
                    writer.object { writer in
                        writer.field("id", result["id"]?.scalar)
                        writer.field("type", result["type"]?.string)
                        writer.field("title", result["title"]?.string)
                        writer.field("description", result["description"]?.string)
                        writer.field("thumb", thumbnail(of: result, in: world))
                        writer.field("text", result["input_message_content"]?["message_text"]?.string)
                    }
                }
                writer.field("next_offset", next.isEmpty ? nil : next)
                if let button {
                    writer.field(
                        "button",
                        object: { writer in
                            writer.field("text", button.text)
                            writer.field("start", button.start)
                            writer.field("url", button.app)
                        })
                }
            }
        }
        world.effects.events.append(.personal("inline_answer", user: query.user, data))
        return .yes
    }

    /// The button above the results: a deep link to the private chat, or a Mini App.
    private struct Button {
        var text: String
        var start: String?
        var app: String?
    }

    private static func button(_ arguments: Arguments, in world: World) throws(APIError) -> Button? {
        var button: Button
        if arguments["button"].isEmpty {
            // How bots named it before Bot API 6.7.
            guard !arguments["switch_pm_text"].isEmpty else { return nil }
            button = Button(text: arguments["switch_pm_text"], start: arguments["switch_pm_parameter"])
        } else {
            guard let node = arguments.json("button"), node.isObject else {
                throw .badRequest("can't parse inline query results button JSON object")
            }
            guard let text = node["text"]?.string else {
                throw .badRequest("can't parse inline query results button: Can't find field \"text\"")
            }
            button = Button(
                text: text, start: node["start_parameter"]?.string, app: node["web_app"]?["url"]?.string)
        }
        if let app = button.app {
            guard WebAppLink.isAllowed(app, isLocal: world.options.allowsLoopback) else {
                throw .badRequest(
                    "inline query results button Web App URL '\(app)' is invalid: Only HTTPS links are allowed")
            }
            return button
        }
        let start = button.start ?? ""
        guard (1...64).contains(start.utf8.count),
            start.utf8.allSatisfy({ $0.isLetterOrDigit || $0 == "_" || $0 == "-" })
        else { throw .badRequest("START_PARAM_INVALID") }
        return button
    }

    /// The page's id of a file that the service has, or the address of a picture elsewhere.
    private static func thumbnail(of result: JSONNode, in world: World) -> String? {
        if let type = result["type"]?.string, let id = result["\(type)_file_id"]?.string,
            let number = world.fileNumbers[id], let media = world.mediaByFile[number]
        {
            let file = media.thumbnail?.file ?? media.sizes.first { $0.width >= 300 }?.file ?? media.file
            return media.kind == .photo || media.thumbnail != nil ? world.files[file].uniqueID : nil
        }
        return result["thumbnail_url"]?.string ?? result["photo_url"]?.string
    }

    /// The file that a result names by its address and shows, where it is not a message of another kind.
    static func link(of result: JSONNode) -> String? {
        guard result["input_message_content"] == nil, let type = result["type"]?.string else { return nil }
        return result["\(type)_url"]?.string
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
