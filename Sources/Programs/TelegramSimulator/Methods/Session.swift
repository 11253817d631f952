/// `logOut` and `close`.
enum Session {
    static let logOut: Handler = { (world, call) throws(APIError) in
        world.dropUpdates(of: call.bot)
        world.editBot(call.bot) { $0.isLoggedOut = true }
        return .yes
    }

    /// Allowed only ten minutes after the bot was started.
    static let close: Handler = { (world, call) throws(APIError) in
        let bot = world.bots[call.bot]
        let age = world.now - (bot?.startedAt ?? bot?.createdAt ?? 0)
        if age < 600 { throw .flood(Int(600 - age)) }
        // The next call starts the bot anew.
        let now = world.now
        world.editBot(call.bot) { $0.startedAt = now }
        return .yes
    }
}
