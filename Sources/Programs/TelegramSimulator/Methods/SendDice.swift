/// `sendDice`: the value follows from the seed.
enum SendDice {
    private static let faces = ["🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "⚽️": 5, "🎰": 64]

    static let handler: Handler = { (world, call) throws(APIError) in
        let emoji = call.arguments["emoji"].isEmpty ? "🎲" : call.arguments["emoji"]
        guard let faces = faces[emoji] else { throw .badRequest("wrong dice emoji specified") }
        let send = try SendArguments.parse(call, in: &world, rights: [.dice])
        let value = Int(world.dealer.next(in: 1...Int64(faces)))
        return world.answer(
            world.send(.dice(emoji: emoji, value: value), send, by: call.bot), in: send.key)
    }
}
