/// `setMyCommands`, `getMyCommands`, `deleteMyCommands`.
enum BotCommands {
    static let set: Handler = { (world, call) throws(APIError) in
        // Without the argument the list is empty.
        guard let node = call.arguments["commands"].isEmpty ? .array([]) : call.arguments.json("commands") else {
            throw .badRequest("can't parse commands JSON object")
        }
        guard let items = node.array else { throw .badRequest("expected an Array of BotCommand") }
        if items.count > 100 { throw .badRequest("BOT_COMMANDS_TOO_MUCH") }
        var commands: [Bot.Command] = []
        for item in items {
            guard item.isObject else { throw .badRequest("can't parse BotCommand: expected an Object") }
            guard let name = item["command"]?.scalar else {
                throw .badRequest("can't parse BotCommand: Can't find field \"command\"")
            }
            guard let description = item["description"]?.scalar else {
                throw .badRequest("can't parse BotCommand: Can't find field \"description\"")
            }
            var text = name.trimmingSpaces()
            if text.hasPrefix("/") { text.removeFirst() }
            if text.isEmpty { throw .badRequest("command must be non-empty") }
            if text.unicodeScalars.count > 32 { throw .badRequest("command length must not exceed 32") }
            guard
                text.utf8.allSatisfy({ ($0.isLetter && $0 >= 0x61) || $0.isDigit || $0 == "_" })
            else { throw .badRequest("BOT_COMMAND_INVALID") }
            let about = description.trimmingSpaces()
            if about.isEmpty { throw .badRequest("command description must be non-empty") }
            if about.unicodeScalars.count > 256 {
                throw .badRequest("command description length must not exceed 256")
            }
            commands.append(Bot.Command(command: text, description: about))
        }
        let (scope, language) = try place(call, world)
        let list = commands
        world.editBot(call.bot) { $0.commands[scope, default: [:]][language] = list.isEmpty ? nil : list }
        world.commandsChanged(call.bot)
        return .yes
    }

    static let get: Handler = { (world, call) throws(APIError) in
        let (scope, language) = try place(call, world)
        let commands = world.bots[call.bot]?.commands[scope]?[language] ?? []
        return .writing { writer in
            writer.array(commands) { writer, command in
                writer.object { writer in
                    writer.field("command", command.command)
                    writer.field("description", command.description)
                }
            }
        }
    }

    static let delete: Handler = { (world, call) throws(APIError) in
        let (scope, language) = try place(call, world)
        world.editBot(call.bot) { $0.commands[scope]?[language] = nil }
        world.commandsChanged(call.bot)
        return .yes
    }

    private static func place(_ call: Call, _ world: World) throws(APIError) -> (String, String) {
        let language = try Language.parse(call.arguments)
        let text = call.arguments["scope"]
        if text.isEmpty { return ("default", language) }
        guard let node = call.arguments.json("scope") else {
            throw .badRequest("can't parse BotCommandScope JSON object")
        }
        guard node.isObject else {
            throw .badRequest("can't parse BotCommandScope: BotCommandScope must be an Object")
        }
        guard let type = node["type"]?.scalar else {
            throw .badRequest("can't parse BotCommandScope: Can't find field \"type\"")
        }
        switch type {
        case "default", "all_private_chats", "all_group_chats", "all_chat_administrators": return (type, language)
        case "chat", "chat_administrators", "chat_member":
            guard let name = node["chat_id"]?.scalar else {
                throw .badRequest("can't parse BotCommandScope: Can't find field \"chat_id\"")
            }
            if name.isEmpty { throw .badRequest("can't parse BotCommandScope: Empty chat_id specified") }
            let user = node["user_id"]?.integer
            if type == "chat_member" {
                guard let user else {
                    throw .badRequest("can't parse BotCommandScope: Can't find field \"user_id\"")
                }
                if user <= 0 { throw .badRequest("can't parse BotCommandScope: Invalid user_id specified") }
            }
            var arguments = Arguments()
            arguments.add("chat_id", name)
            let key = try world.chat(arguments, for: call.bot, .read)
            guard key.isDialog == false || type == "chat" else {
                throw .badRequest("can't use specified scope in private chats")
            }
            let chat = world.chats[key]?.id ?? 0
            guard type == "chat_member", let user else { return ("\(type):\(chat)", language) }
            return ("\(type):\(chat):\(user)", language)
        default: throw .badRequest("can't parse BotCommandScope: Unsupported type specified")
        }
    }
}

extension World {
    mutating func commandsChanged(_ bot: Int64) {
        for key in chats.keys {
            if case .dialog(bot, _) = key { effects.events.append(.chat(key)) }
        }
    }

    /// The commands that a person sees in a chat: the narrowest scope that has any, in their language if it can be.
    func commands(of bot: Int64, for user: Int64, in key: ChatKey) -> [Bot.Command] {
        guard let lists = bots[bot]?.commands else { return [] }
        let chat = chats[key]?.id ?? user
        var scopes = ["chat:\(chat)", "all_private_chats", "default"]
        if !key.isDialog {
            let isAdministrator = isAdministrator(user, in: key)
            scopes = ["chat_member:\(chat):\(user)"]
            if isAdministrator { scopes.append("chat_administrators:\(chat)") }
            scopes.append("chat:\(chat)")
            if isAdministrator { scopes.append("all_chat_administrators") }
            scopes += ["all_group_chats", "default"]
        }
        let language = accounts[user]?.language?.prefix(2).lowercased() ?? ""
        for scope in scopes {
            if let list = lists[scope]?[language], !list.isEmpty { return list }
            if let list = lists[scope]?[""], !list.isEmpty { return list }
        }
        return []
    }
}
