/// `answerCallbackQuery`: within 150 seconds of the press, once; the answer may serve the next presses too.
enum AnswerCallbackQuery {
    static let tooOld = APIError.badRequest("query is too old and response timeout expired or query ID is invalid")

    static let handler: Handler = { (world, call) throws(APIError) in
        let id = call.arguments["callback_query_id"]
        let text = call.arguments["text"]
        if text.unicodeScalars.count > 200 { throw .badRequest("MESSAGE_TOO_LONG") }
        guard let query = world.pending.callbacks[id], query.bot == call.bot, query.expires > world.now else {
            throw tooOld
        }
        let url = call.arguments["url"]
        guard url.isEmpty || mayOpen(url, of: query, in: world) else { throw .badRequest("URL_INVALID") }
        world.pending.callbacks[id] = nil
        let seconds = call.arguments.integer("cache_time", in: 0...2_592_000)
        let answer = PressAnswer(
            text: text, isAlert: call.arguments.bool("show_alert"), url: url, expires: world.now + seconds)
        if seconds > 0 {
            let press = PressQuestion(place: query.place, data: query.data, user: query.user)
            world.pending.pressAnswers[press] = answer
        }
        world.tell(answer, to: query.user, at: query.place, id)
        return .yes
    }

    /// A game's button opens the game wherever it is, others links into Telegram alone.
    private static func mayOpen(_ url: String, of query: CallbackQuery, in world: World) -> Bool {
        if query.data == nil, case .game? = world.message(query.place)?.content { return true }
        let name = world.username(of: query.bot)?.lowercased() ?? ""
        return ["https://t.me/", "http://t.me/", "t.me/", "https://telegram.me/", "tg://resolve?domain="].contains {
            url.lowercased().hasPrefix($0 + name)
        }
    }
}
