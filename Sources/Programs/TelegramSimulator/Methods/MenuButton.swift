/// `setChatMenuButton` and `getChatMenuButton`.
enum MenuButton {
    static let set: Handler = { (world, call) throws(APIError) in
        let user = try user(call, world)
        var button: [UInt8]?
        if !call.arguments["menu_button"].isEmpty {
            guard let node = call.arguments.json("menu_button") else {
                throw .badRequest("can't parse menu button JSON object")
            }
            guard node.isObject else { throw .badRequest("can't parse menu button: MenuButton must be an Object") }
            switch node["type"]?.string {
            case "default": button = nil
            case "commands": button = Array(#"{"type":"commands"}"#.utf8)
            case "web_app":
                guard let text = node["text"]?.string else {
                    throw .badRequest("can't parse menu button: Can't find field \"text\"")
                }
                guard let app = node["web_app"] else {
                    throw .badRequest("can't parse menu button: Can't find field \"web_app\"")
                }
                guard let url = app["url"]?.string else {
                    throw .badRequest("can't parse menu button: Can't find field \"url\"")
                }
                if text.isEmpty { throw .badRequest("menu button text must be non-empty") }
                guard WebAppLink.isAllowed(url, isLocal: world.options.allowsLoopback) else {
                    throw .badRequest("menu button Web App URL '\(url)' is invalid: Only HTTPS links are allowed")
                }
                button = node.bytes
            default: throw .badRequest("can't parse menu button: MenuButton has unsupported type")
            }
        }
        world.editBot(call.bot) { $0.menuButtons[user] = button }
        world.commandsChanged(call.bot)
        return .yes
    }

    static let get: Handler = { (world, call) throws(APIError) in
        let user = try user(call, world)
        let buttons = world.bots[call.bot]?.menuButtons ?? [:]
        // A private chat without a button of its own says so; the bot's own default is its commands.
        let standard = user == 0 ? #"{"type":"commands"}"# : #"{"type":"default"}"#
        return Answer(buttons[user] ?? Array(standard.utf8))
    }

    private static func user(_ call: Call, _ world: World) throws(APIError) -> Int64 {
        guard call.arguments.has("chat_id") else { return 0 }
        let user = call.arguments.int64("chat_id")
        guard user > 0 else { throw .badRequest("invalid chat_id specified") }
        guard world.accounts[user] != nil else { throw .badRequest("user not found") }
        return user
    }
}
