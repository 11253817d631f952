/// People who all write to one bot, played inside the simulator's own process: load for measurements.
///
/// Their messages take the way of those from the chat page, less the HTTP request before it.
package struct Crowd: Sendable {
    private let service: Service
    private let bot: Int64
    private let people: [Int64]

    /// Adds the people to the world.
    init(_ count: Int, writingTo bot: Int64, of service: Service) throws(APIError) {
        self.service = service
        self.bot = bot
        people = try service.turn { (world) throws(APIError) in
            (1...count).map { world.addPerson(firstName: "Person \($0)", language: "en").id }
        }
    }

    /// Whether the bot waits for updates in a long poll.
    package var isAwaited: Bool { service.isPolling(bot) }

    /// Whether the bot has said where it is called.
    package var isCalled: Bool { service.look { $0.bots[bot]?.webhook != nil } }

    /// Messages that the bot has sent to each of the people.
    package var answers: [Int] {
        service.look { world in
            people.map { person in
                let messages = world.chats[.dialog(bot: bot, user: person)]?.messages ?? []
                return messages.count { $0?.sender == bot }
            }
        }
    }

    /// Whether each chat has so many messages of both sides; cheap enough to be asked often under load.
    package func hasMessages(_ count: Int) -> Bool {
        service.look { world in
            people.allSatisfy { world.chats[.dialog(bot: bot, user: $0)]?.lastMessage ?? 0 >= count }
        }
    }

    /// The number of the last message of each person's chat, of either side.
    package var lastMessages: [Int] {
        service.look { world in people.map { Int(world.chats[.dialog(bot: bot, user: $0)]?.lastMessage ?? 0) } }
    }

    /// One of the people, by place, writes a text to the bot.
    ///
    /// - Throws: where the simulator does not know the bot, or the text is none.
    package func say(_ text: String, by place: Int) throws {
        try say(text, by: people[place...place])
    }

    /// Every person writes a text to the bot.
    ///
    /// - Throws: where the simulator does not know the bot, or the text is none.
    package func say(_ text: String) throws { try say(text, by: people[...]) }

    private func say(_ text: String, by people: ArraySlice<Int64>) throws {
        try service.turn { (world) throws(APIError) in
            guard world.bots[bot] != nil else { throw ControlRefusal.missing("bot") }
            let content = Content.text(try World.typed(text, nil))
            for person in people { _ = try world.say(content, by: person, in: .dialog(bot: bot, user: person)) }
        }
    }
}
