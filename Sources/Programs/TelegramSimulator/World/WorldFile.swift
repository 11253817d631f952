/// The world that a file describes; see `docs/simulator.md`.
struct WorldFile: Sendable {
    /// What is wrong with a world file.
    struct Fault: Error, CustomStringConvertible {
        var description: String
    }

    private let node: JSONNode

    init(parsing text: String) throws(Fault) {
        guard let node = JSONNode(text), node.isObject else {
            throw Fault(description: "the world file is no JSON object")
        }
        self.node = node
    }

    private init(node: JSONNode) { self.node = node }

    /// Alice, Борис, a group and a channel.
    static let standard: WorldFile = {
        let text = """
            {"users": [{"id": 501, "first_name": "Alice", "username": "alice", "language_code": "en"},
                       {"id": 502, "first_name": "Борис", "username": "boris", "language_code": "ru"}],
             "chats": [{"type": "group", "id": -4001, "title": "Friends", "owner": 501, "members": [{"user": 502}]},
                       {"type": "channel", "id": -1001000004002, "title": "News", "username": "quartet_news",
                        "owner": 501, "members": [{"user": 502}]}]}
            """
        return WorldFile(node: JSONNode(text) ?? .object([]))
    }()

    /// Puts everything into a world.
    func fill(_ world: inout World) throws(Fault) {
        if let isOpen = node["open"] { world.options.isOpen = isOpen.bool }
        for user in node["users"]?.array ?? [] {
            guard let name = user["first_name"]?.string, !name.isEmpty else {
                throw Fault(description: "a user of the world file has no first_name")
            }
            world.addPerson(
                id: user["id"]?.integer, firstName: name, lastName: user["last_name"]?.string,
                username: user["username"]?.string, language: user["language_code"]?.string)
        }
        for bot in node["bots"]?.array ?? [] { try add(bot, to: &world) }
        for chat in node["chats"]?.array ?? [] { try addChat(chat, to: &world) }
    }

    private func add(_ bot: JSONNode, to world: inout World) throws(Fault) {
        guard let token = bot["token"]?.string, let id = token.split(separator: ":").first.flatMap({ Int64($0) }) else {
            throw Fault(description: "a bot of the world file has no token of the form digits:secret")
        }
        world.addBot(
            token: token, id: id, firstName: bot["first_name"]?.string ?? "bot\(id)",
            username: bot["username"]?.string ?? "bot\(id)_bot")
        world.editBot(id) { known in
            if let value = bot["can_join_groups"] { known.canJoinGroups = value.bool }
            if let value = bot["privacy"] { known.isPrivate = value.bool }
            if let value = bot["topics"] { known.hasTopics = value.bool }
            if let value = bot["main_app"]?.string { known.mainApp = value }
            if let value = bot["inline"] { known.supportsInline = value.bool }
        }
    }

    private func addChat(_ chat: JSONNode, to world: inout World) throws(Fault) {
        guard let kind = (chat["type"]?.string).flatMap({ Chat.Kind(rawValue: $0) }), kind != .dialog,
            let title = chat["title"]?.string
        else { throw Fault(description: "a chat of the world file needs type (group, supergroup, channel) and title") }
        let owner = chat["owner"]?.integer
        if let owner, world.accounts[owner] == nil {
            throw Fault(description: "the owner \(owner) of “\(title)” is no user of the world file")
        }
        let key = world.addChat(
            kind, title: title, username: chat["username"]?.string, id: chat["id"]?.integer, owner: owner)
        if chat["forum"]?.bool == true, kind == .supergroup { world.makeForum(key) }
        for member in chat["members"]?.array ?? [] {
            guard let id = member["user"]?.integer, world.accounts[id] != nil else {
                throw Fault(description: "a member of “\(title)” is no user or bot of the world file")
            }
            guard let role = Member.Role(rawValue: member["role"]?.string ?? "member") else {
                throw Fault(description: "a member of “\(title)” has an unknown role")
            }
            let denied = role == .restricted ? Set(Rights.ordinary) : []
            world.setMember(
                id, in: key, Member(role: role, denied: denied, promoter: role == .administrator ? owner : nil),
                by: owner ?? id)
        }
    }
}
