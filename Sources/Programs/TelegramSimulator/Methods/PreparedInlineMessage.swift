/// `savePreparedInlineMessage`: a message that a Mini App lets its user send.
enum PreparedInlineMessage {
    static let handler: Handler = { (world, call) throws(APIError) in
        let user = try MemberArgument.user(call.arguments)
        if call.arguments["result"].isEmpty { throw .badRequest("result isn't specified") }
        guard let node = call.arguments.json("result") else {
            throw .badRequest("can't parse JSON encoded web view query results Unexpected end")
        }
        try AnswerInlineQuery.check(node, of: call.bot, in: world)
        guard let id = node["id"]?.scalar, (1...64).contains(id.utf8.count) else {
            throw .badRequest("RESULT_ID_INVALID")
        }
        let allowed = ChosenChats { call.arguments.bool($0) }
        guard allowed.isAny else { throw .badRequest("at least one chat type must be allowed") }
        guard world.accounts[user]?.isBot == false else { throw .badRequest("user not found") }
        let name = Dealer.text([world.dealer.next()])
        let expires = world.now + 86_400
        world.pending.inline[name] = InlineQuery(
            bot: call.bot, user: user, text: "", expires: expires, results: [node], allowed: allowed)
        return .writing { writer in
            writer.object { writer in
                writer.field("id", name)
                writer.field("expiration_date", expires)
            }
        }
    }
}
