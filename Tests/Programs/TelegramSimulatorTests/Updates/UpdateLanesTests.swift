import Testing

@testable import TelegramSimulator

/// Which updates a webhook gets one after the other, and which side by side.
@Suite struct UpdateLanesTests {
    /// A world with a bot that wants everything, in the group and as the channel's administrator.
    private static func world() throws -> World {
        var world = World(options: .init(), seed: 1)
        try WorldFile.standard.fill(&world)
        world.addBot(token: Stage.token, id: Stage.bot, firstName: "B", username: "b_bot")
        world.editBot(Stage.bot) { bot in
            bot.allowedUpdates = UpdateKind.knownNames
            bot.isPrivate = false
        }
        try act(&world, "invite", #"{"user":501,"chat":-4001,"member":7001}"#)
        try act(&world, "promote", #"{"user":501,"chat":-4001,"member":7001,"role":"administrator"}"#)
        for user in [501, 502] { try act(&world, "start", #"{"user":\#(user),"bot":7001}"#) }
        world.dropUpdates(of: Stage.bot)
        return world
    }

    private static let actions = Dictionary(ControlActions.all.map { ($0.0, $0.1) }) { first, _ in first }

    private static func arguments(_ json: String) -> Arguments {
        var arguments = Arguments()
        arguments.add(json: Array(json.utf8))
        return arguments
    }

    private static func act(_ world: inout World, _ name: String, _ json: String) throws {
        let action = try #require(actions[name])
        _ = try action(&world, arguments(json))
    }

    private static func say(_ world: inout World, _ user: Int64, _ key: ChatKey) throws -> Int {
        try world.say(.text(FormattedText(text: "x")), by: user, in: key).id
    }

    private static func call(_ world: inout World, _ method: String, _ json: String) throws -> Int64 {
        let call = Call(bot: Stage.bot, method: method.lowercased(), arguments: arguments(json))
        let answer = try MethodTable.run(&world, call)
        return JSONNode(String(decoding: answer.result, as: UTF8.self))?["message_id"]?.integer ?? 0
    }

    private static func dialog(_ user: Int64) -> ChatKey { .dialog(bot: Stage.bot, user: user) }
    private static let group = ChatKey.shared(Stage.group)

    /// Makes an update of a kind by an account in a chat.
    private static func make(_ kind: UpdateKind, _ user: Int64, _ key: ChatKey, _ world: inout World) throws {
        let chat = if case .shared(let id) = key { id } else { Stage.bot }
        let target = if case .shared(let id) = key { id } else { user }
        let place = #""user":\#(user),"chat":\#(chat)"#
        switch kind {
        case .message: _ = try say(&world, user, key)
        case .editedMessage:
            let id = try say(&world, user, key)
            try act(&world, "edit", #"{\#(place),"message":\#(id),"text":"y"}"#)
        case .callbackQuery:
            let id = try call(
                &world, "sendMessage",
                #"{"chat_id":\#(target),"text":"x","reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"a"}]]}}"#
            )
            _ = try world.press(arguments(#"{\#(place),"message":\#(id),"data":"a"}"#), by: user)
        case .messageReaction:
            let id = try say(&world, user, key)
            try act(&world, "react", #"{\#(place),"message":\#(id),"emoji":"👍"}"#)
        case .inlineQuery: _ = try world.askInline("x", offset: "", of: Stage.bot, by: user, in: key)
        case .chosenInlineResult:
            let query = InlineQuery(bot: Stage.bot, user: user, text: "x", expires: .max)
            let result = try #require(
                JSONNode(#"{"type":"article","id":"1","input_message_content":{"message_text":"x"}}"#))
            _ = try world.choose(result, of: query, by: user, in: key, prepared: [:])
        case .preCheckoutQuery, .shippingQuery:
            let needs = kind == .shippingQuery ? #","is_flexible":true,"need_shipping_address":true"# : ""
            let id = try call(
                &world, "sendInvoice",
                #"{"chat_id":\#(target),"title":"T","description":"D","payload":"p","currency":"EUR","provider_token":"x:TEST:y","prices":[{"label":"x","amount":1000}]\#(needs)}"#
            )
            _ = try world.pay(arguments(#"{\#(place),"message":\#(id)}"#), by: user)
        case .pollAnswer:
            let id = try call(
                &world, "sendPoll",
                #"{"chat_id":\#(target),"question":"q","options":["a","b"],"is_anonymous":false}"#)
            try act(&world, "vote", #"{\#(place),"message":\#(id),"options":[0]}"#)
        case .myChatMember: try act(&world, "block", #"{"user":\#(user),"bot":7001}"#)
        case .chatMember: world.tellMemberChange(user, in: key, Member(role: .member), Member(role: .left), by: user)
        default: Issue.record("\(kind) is not made here")
        }
    }

    /// The lane of the last update of a kind.
    private static func lane(_ kind: UpdateKind, _ user: Int64, _ key: ChatKey, _ world: inout World) throws -> String {
        world.dropUpdates(of: Stage.bot)
        try make(kind, user, key, &world)
        let entry = try #require(
            world.queues[Stage.bot]?.entries.last {
                JSONNode(String(decoding: $0.body, as: UTF8.self))?[kind.rawValue] != nil
            })
        return entry.lane
    }

    @Test(arguments: [
        (UpdateKind.message, true, false), (.editedMessage, true, false), (.messageReaction, true, false),
        (.callbackQuery, false, true), (.inlineQuery, false, true), (.chosenInlineResult, false, true),
        (.preCheckoutQuery, false, true), (.shippingQuery, false, true), (.chatMember, false, true),
    ])
    func `a kind is in order by chat or by person`(kind: UpdateKind, byChat: Bool, byPerson: Bool) throws {
        var world = try Self.world()
        let mine = try Self.lane(kind, Stage.alice, Self.group, &world)
        let again = try Self.lane(kind, Stage.alice, Self.group, &world)
        let others = try Self.lane(kind, Stage.boris, Self.group, &world)
        #expect(mine == again)
        #expect((mine == others) == byChat)
        guard kind != .chatMember else { return }
        let elsewhere = try Self.lane(kind, Stage.alice, Self.dialog(Stage.alice), &world)
        #expect((mine == elsewhere) == byPerson)
    }

    /// Kinds that share an order; all others have one of their own.
    private static let groups: [[UpdateKind]] = [
        [.message, .editedMessage], [.callbackQuery], [.inlineQuery], [.chosenInlineResult],
        [.preCheckoutQuery, .shippingQuery], [.messageReaction], [.chatMember], [.pollAnswer], [.myChatMember],
    ]

    @Test func `kinds that have nothing to do with each other do not wait for each other`() throws {
        var world = try Self.world()
        var lanes: [String: Int] = [:]
        for (number, kinds) in Self.groups.enumerated() {
            for kind in kinds {
                let key = kind == .chatMember ? Self.group : Self.dialog(Stage.alice)
                let lane = try Self.lane(kind, Stage.alice, key, &world)
                #expect(lanes[lane] ?? number == number, "\(kind)")
                lanes[lane] = number
            }
        }
        #expect(lanes.count == Self.groups.count)
    }

    @Test func `the votes and the state of a poll are in order, those of another go beside`() throws {
        var world = try Self.world()
        let first = try Self.lane(.pollAnswer, Stage.alice, Self.group, &world)
        let states = world.queues[Stage.bot]?.entries.filter {
            JSONNode(String(decoding: $0.body, as: UTF8.self))?["poll"] != nil
        }
        #expect(states?.isEmpty == false)
        #expect(states?.allSatisfy { $0.lane == first } == true)
        let second = try Self.lane(.pollAnswer, Stage.alice, Self.group, &world)
        #expect(first != second)
    }

    @Test func `a removal from a chat is in order by the chat`() throws {
        var world = try Self.world()
        let one = try Self.lane(.myChatMember, Stage.alice, Self.dialog(Stage.alice), &world)
        let two = try Self.lane(.myChatMember, Stage.boris, Self.dialog(Stage.boris), &world)
        #expect(one != two)
    }
}
