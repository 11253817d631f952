extension World {
    /// Makes everything as it was kept; only the numbers of updates go on, so that a bot's offset stays behind them.
    mutating func restore(_ saved: World) {
        var events = effects.events
        let numbers = bots.mapValues(\.nextUpdate)
        let (moment, tracks) = (milliseconds, tracksChanges)
        self = saved
        (milliseconds, tracksChanges) = (moment, tracks)
        effects = Effects()
        for (id, number) in numbers where bots[id] != nil {
            editBot(id) { $0.nextUpdate = max($0.nextUpdate, number) }
        }
        effects.changes.insert(.everything)
        effects.wakes = Set(bots.keys)
        events.append(.reset)
        effects.events = events
    }

    /// Makes everything as at the start; bots stay, with empty queues.
    mutating func reset(to fresh: World) {
        let bots = bots.values.sorted { $0.id < $1.id }
        let names = accounts.filter { $0.value.isBot }
        var events = effects.events
        let tracks = tracksChanges
        let limiter = limiter
        let moment = milliseconds
        self = fresh
        milliseconds = moment
        self.limiter = limiter
        tracksChanges = tracks
        for bot in bots where self.bots[bot.id] == nil {
            guard let account = names[bot.id] else { continue }
            addBot(token: bot.token, id: bot.id, firstName: account.firstName, username: account.username)
        }
        for bot in bots {
            editBot(bot.id) { kept in
                // What it earned is gone with the payments.
                let stars = kept.stars
                kept = bot
                kept.isLoggedOut = false
                kept.stars = stars
            }
        }
        effects.changes.insert(.everything)
        events.append(.reset)
        effects.events = events
    }
}
