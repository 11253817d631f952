/// `answerInlineQuery`: within 30 seconds, at most 50 results.
enum AnswerInlineQuery {
    private static let types: Set<String> = [
        "article", "photo", "gif", "mpeg4_gif", "video", "audio", "voice", "document", "location", "venue", "contact",
        "game", "sticker",
    ]

    static let handler: Handler = { (world, call) throws(APIError) in
        let arguments = call.arguments
        let id = arguments["inline_query_id"]
        let button = try button(arguments, in: world)
        guard let node = arguments["results"].isEmpty ? .array([]) : arguments.json("results") else {
            throw .badRequest("can't parse JSON encoded inline query results: Unexpected end")
        }
        guard let results = node.isNull ? [] : node.array else {
            throw .badRequest("expected an Array of inline query results")
        }
        if results.count > 50 { throw .badRequest("too many inline query results specified") }
        var ids: Set<String> = []
        for result in results {
            try check(result, of: call.bot, in: world)
            let name = result["id"]?.scalar ?? ""
            if name.isEmpty { throw .badRequest("RESULT_ID_EMPTY") }
            if name.utf8.count > 64 { throw .badRequest("RESULT_ID_INVALID") }
            if !ids.insert(name).inserted { throw .badRequest("RESULT_ID_DUPLICATE") }
        }
        guard let query = world.pending.inline[id], query.bot == call.bot, query.expires > world.now else {
            throw AnswerCallbackQuery.tooOld
        }
        let next = arguments["next_offset"]
        if next.utf8.count > 64 { throw .badRequest("NEXT_OFFSET_INVALID") }
        let seconds = arguments.integer("cache_time", default: 300, in: 0...86_400)
        let answer = InlineAnswer(
            results: results, nextOffset: next.isEmpty ? nil : next, button: button, expires: world.now + seconds)
        if seconds > 0 {
            world.pending.sweep(now: world.now)
            let question = InlineQuestion(
                bot: call.bot, text: query.text, offset: query.offset, chatType: query.chatType,
                user: arguments.bool("is_personal") ? query.user : nil)
            world.pending.inlineAnswers[question] = answer
        }
        world.tell(answer, to: query, id)
        return .yes
    }

    /// Writes what a person sees of a result in the list.
    static func write(_ result: JSONNode, in world: World, to writer: inout WireWriter) {
        writer.field("id", result["id"]?.scalar)
        writer.field("type", result["type"]?.string)
        writer.field("title", result["title"]?.string)
        writer.field("description", result["description"]?.string)
        writer.field("thumb", thumbnail(of: result, in: world))
        writer.field("text", result["input_message_content"]?["message_text"]?.string)
    }

    private static func button(_ arguments: Arguments, in world: World) throws(APIError) -> InlineAnswerButton? {
        var button: InlineAnswerButton
        if arguments["button"].isEmpty {
            // How bots named it before Bot API 6.7.
            guard !arguments["switch_pm_text"].isEmpty else { return nil }
            button = InlineAnswerButton(text: arguments["switch_pm_text"], start: arguments["switch_pm_parameter"])
        } else {
            guard let node = arguments.json("button") else {
                throw .badRequest("can't parse inline query results button JSON object")
            }
            let fault = "can't parse inline query results button: "
            guard node.isObject else { throw .badRequest(fault + "InlineQueryResultsButton must be an Object") }
            guard let text = node["text"]?.string else { throw .badRequest(fault + "Can't find field \"text\"") }
            guard node["start_parameter"] != nil || node["web_app"] != nil else {
                throw .badRequest(fault + "InlineQueryResultsButton must have exactly one optional field")
            }
            button = InlineAnswerButton(
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
        if let type = result["type"]?.string, let id = result["\(field(type))_file_id"]?.string,
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
        return result["\(field(type))_url"]?.string
    }

    /// How the fields with the file of a kind of result begin.
    static func field(_ type: String) -> String { type == "mpeg4_gif" ? "mpeg4" : type }

    /// Fields that a kind of result cannot do without.
    private static let required: [String: [String]] = [
        "article": ["title"], "contact": ["phone_number", "first_name"], "document": ["title"],
        "game": ["game_short_name"], "location": ["latitude", "longitude", "title"], "sticker": ["sticker_file_id"],
        "venue": ["latitude", "longitude", "title", "address"], "video": ["title"], "voice": ["title"],
    ]

    static func check(_ result: JSONNode, of bot: Int64, in world: World) throws(APIError) {
        func fault(_ reason: String) -> APIError { .badRequest("can't parse inline query result: \(reason)") }
        guard result.isObject else { throw fault("Inline query result must be an object") }
        for name in ["type", "id"] where result[name]?.scalar == nil { throw fault("Can't find field \"\(name)\"") }
        let type = result["type"]?.scalar?.lowercased() ?? ""
        try checkContent(of: result, type, fault, of: bot, in: world)
        guard types.contains(type) else {
            throw fault("type \"\(type)\" is unsupported for the inline query result")
        }
        for name in required[type] ?? [] where result[name]?.scalar == nil {
            throw fault("Can't find field \"\(name)\"")
        }
        let field = field(type)
        if fileTypes.contains(type), result["\(field)_url"]?.string?.isEmpty != false,
            result["\(field)_file_id"]?.string == nil
        {
            throw fault("Can't find field \"\(field)_file_id\"")
        }
    }

    private static let fileTypes: Set<String> = ["audio", "document", "gif", "mpeg4_gif", "photo", "video", "voice"]

    private static func checkContent(
        of result: JSONNode, _ type: String, _ fault: (String) -> APIError, of bot: Int64, in world: World
    ) throws(APIError) {
        let isArticle = type == "article"
        var special = type == "game" ? KeyboardRules.Special.game : .none
        if let content = result["input_message_content"], !content.isNull {
            guard content.isObject else { throw fault("Field \"input_message_content\" must be of type Object") }
            if let text = content["message_text"]?.string, !text.isEmpty {
                let read = try TextArgument.formatted(
                    text, mode: content["parse_mode"]?.string ?? "", entities: content["entities"])
                if read.text.isEmpty { throw .badRequest("text must be non-empty") }
                if read.text.unicodeScalars.count > TextArgument.maximumMessage {
                    throw .badRequest("MESSAGE_TOO_LONG")
                }
                _ = try LinkPreviewArgument.parse(Arguments(content))
            } else if ["latitude", "phone_number", "payload"].contains(where: { content[$0] != nil }) {
                special = try InlineContent.plain(content, bot: bot, in: world).specialButtons
            } else if isArticle {
                throw fault("Input message content is not specified")
            }
        } else if isArticle, result["message_text"]?.string == nil {
            // An article once had its text in itself.
            throw fault("Can't find field \"message_text\"")
        }
        guard let markup = result["reply_markup"], !markup.isNull else { return }
        switch try MarkupArgument.parse(markup, isLocal: world.options.allowsLoopback) {
        case nil: break
        case .inline(let keyboard)?:
            // Where the message goes is not known yet, so that it cannot have what only private chats have.
            try KeyboardRules.check(keyboard, special, isPrivate: false)
            guard let first = keyboard.first?.first, special != .none else { break }
            let isFirst = special == .game ? first.action == .game : first.action == .pay
            if !isFirst { throw .badRequest("BUTTON_POS_INVALID") }
        default: throw .badRequest("inline keyboard expected")
        }
    }
}
