/// What the control API shows.
enum ControlViews {
    typealias View = @Sendable (World, Arguments, Int64) throws(APIError) -> Answer

    static let all: [(String, View)] = [("users", users), ("state", state), ("commands", commands)]

    static func answer(_ message: Message, in key: ChatKey, for user: Int64, _ world: World) -> Answer {
        .writing { writer in
            writer.object { writer in
                writer.key("message")
                world.writeView(message, in: key, for: user, to: &writer)
            }
        }
    }

    private static let users: View = { (world, _, _) throws(APIError) in
        .writing { writer in
            writer.object { writer in
                writer.field("users", world.accountOrder) { world.writeView(account: $1, to: &$0) }
            }
        }
    }

    private static let state: View = { (world, arguments, last) throws(APIError) in
        let user = arguments.int64("user")
        guard world.accounts[user]?.isBot == false else { throw ControlRefusal.missing("user") }
        var keys: [ChatKey] = []
        for id in world.accountOrder where world.bots[id] != nil { keys.append(.dialog(bot: id, user: user)) }
        for id in world.memberships[user, default: []].sorted() { keys.append(.shared(id)) }
        let sorted = keys.sorted { (world.chats[$0]?.lastActivity ?? 0) > (world.chats[$1]?.lastActivity ?? 0) }
        return .writing { writer in
            writer.object { writer in
                writer.key("user")
                world.writeView(account: user, to: &writer)
                writer.field("users", world.accountOrder) { world.writeView(account: $1, to: &$0) }
                writer.field("chats", sorted) { writer, key in
                    if world.chats[key] != nil {
                        world.writeView(chat: key, for: user, to: &writer)
                    } else {
                        emptyDialog(key, world, &writer)
                    }
                }
                writer.field("last_event", last)
                writer.field("now", world.now)
            }
        }
    }

    /// A private chat that has not begun.
    private static func emptyDialog(_ key: ChatKey, _ world: World, _ writer: inout WireWriter) {
        let bot = world.id(of: key)
        writer.object { writer in
            writer.field("id", bot)
            writer.field("type", "private")
            writer.field("title", world.accounts[bot]?.name ?? "")
            writer.field("username", world.accounts[bot]?.username)
            writer.key("bot")
            world.writeView(account: bot, to: &writer)
            writer.field("can_write", true)
            writer.field("blocked", false)
            writer.field("started", false)
            writer.field("unread", 0)
            writer.field("about", world.bots[bot]?.descriptions[""])
        }
    }

    static let messages: View = { (world, arguments, _) throws(APIError) in
        let user = try world.person(arguments)
        let key = try world.chat(arguments, of: user)
        let limit = Int(arguments.integer("limit", default: 50, in: 1...200))
        let count = world.chats[key]?.messages.count ?? 0
        let before = arguments.has("before") ? Int(clamping: arguments.int64("before")) : count + 1
        var found: [Message] = []
        var index = min(before - 1, count)
        while index > 0, found.count <= limit {
            if let message = world.chats[key]?.message(index) { found.append(message) }
            index -= 1
        }
        let hasMore = found.count > limit
        return .writing { writer in
            writer.object { writer in
                writer.key("chat")
                if world.chats[key] != nil {
                    world.writeView(chat: key, for: user, to: &writer)
                } else {
                    emptyDialog(key, world, &writer)
                }
                writer.field("messages", found.prefix(limit).reversed()) {
                    world.writeView($1, in: key, for: user, to: &$0)
                }
                writer.field("more", hasMore)
            }
        }
    }

    static let members: View = { (world, arguments, _) throws(APIError) in
        let user = try world.person(arguments)
        let key = try world.chat(arguments, of: user)
        guard let chat = world.chats[key], !key.isDialog else { throw ControlRefusal.missing("chat") }
        return .writing { writer in
            writer.object { writer in
                writer.field("members", chat.memberOrder) { writer, id in
                    let member = chat.members[id] ?? Member(role: .left)
                    writer.object { writer in
                        writer.key("user")
                        world.writeView(account: id, to: &writer)
                        writer.field("role", member.role.rawValue)
                        writer.field("title", member.title)
                    }
                }
            }
        }
    }

    private static let commands: View = { (world, arguments, _) throws(APIError) in
        let user = try world.person(arguments)
        let key = try world.chat(arguments, of: user)
        var bots: [Int64] = []
        switch key {
        case .dialog(let bot, _): bots = [bot]
        case .shared:
            bots =
                world.chats[key]?.memberOrder.filter { id in
                    world.bots[id] != nil && world.chats[key]?.members[id]?.role.isPresent == true
                } ?? []
        }
        let list = bots.flatMap { bot in world.commands(of: bot, for: user, in: key).map { (bot, $0) } }
        return .writing { writer in
            writer.object { writer in
                writer.field("commands", list) { writer, item in
                    writer.object { writer in
                        writer.field("command", item.1.command)
                        writer.field("description", item.1.description)
                        writer.field("bot", item.0)
                    }
                }
                menu(of: key, for: user, world, &writer)
            }
        }
    }

    private static func menu(of key: ChatKey, for user: Int64, _ world: World, _ writer: inout WireWriter) {
        writer.key("menu")
        if case .dialog(let bot, _) = key, let buttons = world.bots[bot]?.menuButtons,
            let json = buttons[user] ?? buttons[0], let node = JSONNode(String(decoding: json, as: UTF8.self)),
            node["type"]?.string == "web_app"
        {
            writer.object { writer in
                writer.field("type", "web_app")
                writer.field("text", node["text"]?.string)
                writer.field("url", node["web_app"]?["url"]?.string)
            }
        } else {
            writer.object { $0.field("type", "commands") }
        }
    }
}
