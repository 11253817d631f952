/// `sendGame`, `setGameScore` and `getGameHighScores`.
enum Games {
    static let send: Handler = { (world, call) throws(APIError) in
        let name = try call.arguments.required("game_short_name")
        guard name.utf8.count <= 64, name.utf8.allSatisfy({ $0.isLetterOrDigit || $0 == "_" }) else {
            throw .badRequest("GAME_BOT_INVALID")
        }
        var send = try SendArguments.parse(call, in: &world, rights: [.games], buttons: .game)
        if world.isChannel(send.key) { throw .forbidden("CHAT_SEND_GAME_FORBIDDEN") }
        if case .inline(let keyboard)? = send.markup {
            guard keyboard.first?.first?.action == .game else { throw .badRequest("BUTTON_POS_INVALID") }
        } else if send.markup == nil {
            send.markup = .inline([[InlineButton(text: "Play \(name)", action: .game)]])
        }
        return world.answer(world.send(.game(GameCard(named: name)), send, by: call.bot), in: send.key)
    }

    static let setScore: Handler = { (world, call) throws(APIError) in
        let user = try MemberArgument.user(call.arguments)
        let score = call.arguments.int64("score")
        var (found, game) = try target(call, world, "set game score")
        if score < 0 { throw .badRequest("BOT_SCORE_INVALID") }
        guard world.accounts[user] != nil else { throw .badRequest("user not found") }
        let name = "\(call.bot):\(game.name)"
        var scores = world.chats[found.place.chat]?.scores?[name] ?? [:]
        let best = scores[user] ?? 0
        let isForced = call.arguments.bool("force")
        guard isForced ? score != best : score > best else { throw .badRequest("BOT_SCORE_NOT_MODIFIED") }
        scores[user] = score
        let reached = scores
        world.editChat(found.place.chat) { chat in
            var games = chat.scores ?? [:]
            games[name] = reached
            chat.scores = games
        }
        if !call.arguments.bool("disable_edit_message") {
            let names = ranked(scores)
            let lines = names.prefix(3).enumerated().map { place, entry in
                "\(place + 1). \(world.accounts[entry.key]?.name ?? "") – \(entry.value)"
            }
            game.text = FormattedText(text: lines.joined(separator: "\n"))
        }
        let changed = game
        world.edit(found.place) { $0.content = .game(changed) }
        guard !found.isInline, let message = world.message(found.place) else { return .yes }
        return world.answer(message, in: found.place.chat)
    }

    static let highScores: Handler = { (world, call) throws(APIError) in
        let user = try MemberArgument.user(call.arguments)
        let (found, game) = try target(call, world, "get game high scores")
        guard world.accounts[user] != nil else { throw .badRequest("user not found") }
        let list = ranked(world.chats[found.place.chat]?.scores?["\(call.bot):\(game.name)"] ?? [:])
        // The three best, and the person between two neighbours on each side.
        let place = list.firstIndex { $0.key == user }
        let shown = list.enumerated().filter { item in
            item.offset < 3 || place.map { abs($0 - item.offset) <= 2 } ?? false
        }
        return .writing { writer in
            writer.array(shown) { writer, item in
                writer.object { writer in
                    writer.field("position", item.offset + 1)
                    writer.key("user")
                    world.write(account: item.element.key, to: &writer)
                    writer.field("score", item.element.value)
                }
            }
        }
    }

    private static func ranked(_ scores: [Int64: Int64]) -> [(key: Int64, value: Int64)] {
        scores.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    }

    private static func target(_ call: Call, _ world: World, _ what: String) throws(APIError) -> (
        EditTarget.Found, GameCard
    ) {
        let found = try EditTarget.find(call, in: world, to: what)
        guard case .game(let game)? = world.message(found.place)?.content else {
            throw .badRequest("MESSAGE_ID_INVALID")
        }
        return (found, game)
    }
}
