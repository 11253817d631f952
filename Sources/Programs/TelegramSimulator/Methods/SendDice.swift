/// `sendDice`: the value follows from the seed.
enum SendDice {
    private static let faces: [String: Int64] = ["🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "⚽️": 5, "🎰": 64]

    static let handler: Handler = { (world, call) throws(APIError) in
        let emoji = call.arguments["emoji"].isEmpty ? "🎲" : call.arguments["emoji"]
        guard faces[emoji] != nil else { throw .badRequest("wrong dice emoji specified") }
        let send = try SendArguments.parse(call, in: &world, rights: [.dice])
        guard let dice = thrown(emoji, in: &world) else { throw .badRequest("wrong dice emoji specified") }
        return world.answer(world.send(dice, send, by: call.bot), in: send.key)
    }

    /// A throw of the next value; nil where an emoji cannot be thrown.
    static func thrown(_ emoji: String, in world: inout World) -> Content? {
        faces[emoji].map { .dice(emoji: emoji, value: Int(world.dealer.next(in: 1...$0))) }
    }
}
