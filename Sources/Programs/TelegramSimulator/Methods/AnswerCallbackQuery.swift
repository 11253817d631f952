/// `answerCallbackQuery`: within 150 seconds of the press, once.
enum AnswerCallbackQuery {
    static let tooOld = APIError.badRequest("query is too old and response timeout expired or query ID is invalid")

    static let handler: Handler = { (world, call) throws(APIError) in
        let id = call.arguments["callback_query_id"]
        let text = call.arguments["text"]
        if text.unicodeScalars.count > 200 { throw .badRequest("MESSAGE_TOO_LONG") }
        guard let query = world.pending.callbacks[id], query.bot == call.bot, query.expires > world.now else {
            throw tooOld
        }
        world.pending.callbacks[id] = nil
        let chat = world.id(of: query.place.chat)
        let url = call.arguments["url"]
        let isAlert = call.arguments.bool("show_alert")
        let data = WireWriter.bytes { writer in
            writer.object { writer in
                writer.field("query", id)
                writer.field("chat", chat)
                writer.field("message", query.place.message)
                writer.field("text", text.isEmpty ? nil : text)
                writer.field("alert", isAlert)
                writer.field("url", url.isEmpty ? nil : url)
            }
        }
        world.effects.events.append(.personal("callback_answer", user: query.user, data))
        return .yes
    }
}
