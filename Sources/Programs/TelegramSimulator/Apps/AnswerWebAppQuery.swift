/// `answerWebAppQuery`: a message in the name of the person who uses a Mini App, once.
enum AnswerWebAppQuery {
    static let handler: Handler = { (world, call) throws(APIError) in
        let id = call.arguments["web_app_query_id"]
        if call.arguments["result"].isEmpty { throw .badRequest("result isn't specified") }
        guard let result = call.arguments.json("result") else {
            throw .badRequest("can't parse JSON encoded web view query results Unexpected end")
        }
        try AnswerInlineQuery.check(result, of: call.bot, in: world)
        guard
            let open = world.pending.apps.first(where: {
                $0.value.query == id && $0.value.bot == call.bot && $0.value.expires > world.now
            }), let key = open.value.chat, !id.isEmpty
        else { throw AnswerCallbackQuery.tooOld }
        var files = call.prepared
        if let link = AnswerInlineQuery.link(of: result) { files["result"] = files[link] }
        if let fault = files["result"]?.fault { throw .badRequest(fault) }
        let (_, inlineID) = try world.post(result, via: call.bot, by: open.value.user, in: key, prepared: files)
        world.pending.apps[open.key]?.query = nil
        return .writing { $0.object { $0.field("inline_message_id", inlineID) } }
    }
}
