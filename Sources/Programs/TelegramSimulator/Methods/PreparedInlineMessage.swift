/// `savePreparedInlineMessage`: a message that a Mini App lets its user send.
enum PreparedInlineMessage {
    static let handler: Handler = { (world, call) throws(APIError) in
        let user = try MemberArgument.user(call.arguments)
        guard let node = call.arguments.json("result") else {
            throw .badRequest("can't parse inline query result JSON object")
        }
        try AnswerInlineQuery.check(node, in: world)
        guard let id = node["id"]?.scalar, (1...64).contains(id.utf8.count) else {
            throw .badRequest("RESULT_ID_INVALID")
        }
        guard world.accounts[user]?.isBot == false else { throw .badRequest("user not found") }
        let name = Dealer.text([world.dealer.next()])
        let expires = world.now + 86_400
        world.pending.inline[name] = InlineQuery(bot: call.bot, user: user, text: "", expires: expires, results: [node])
        return .writing { writer in
            writer.object { writer in
                writer.field("id", name)
                writer.field("expiration_date", expires)
            }
        }
    }
}
