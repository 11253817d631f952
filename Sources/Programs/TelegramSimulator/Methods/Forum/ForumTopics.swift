/// The methods of topics: made, renamed, closed, opened, deleted, in forums and in private chats that have them.
enum ForumTopics {
    static let create: Handler = { (world, call) throws(APIError) in
        let key = try forum(call, world)
        guard key.isDialog || world.mayManageTopics(call.bot, in: key) else {
            throw .badRequest("not enough rights to create a topic")
        }
        let name = try name(call.arguments)
        let color = call.arguments.has("icon_color") ? call.arguments.int64("icon_color") : Topic.colors[0]
        guard Topic.colors.contains(color) else { throw .badRequest("TOPIC_ICON_COLOR_INVALID") }
        let icon = call.arguments["icon_custom_emoji_id"]
        var topic = Topic(id: 0, name: name, color: color, icon: icon.isEmpty ? nil : icon, creator: call.bot)
        topic.id = (world.chats[key]?.lastMessage ?? 0) + 1
        let made = topic
        world.editChat(key) { $0.topics = ($0.topics ?? [:]).merging([made.id: made]) { $1 } }
        world.effects.events.append(.chat(key))
        note(.topicCreated(made), made.id, key, call.bot, &world)
        return .writing { writer in
            writer.object { writer in
                writer.field("message_thread_id", made.id)
                ForumTopics.write(made, to: &writer)
            }
        }
    }

    static let edit: Handler = { (world, call) throws(APIError) in
        var (key, topic) = try target(call, world, "edit the topic")
        let old = topic
        if call.arguments.has("name"), !call.arguments["name"].isEmpty { topic.name = try name(call.arguments) }
        if call.arguments.has("icon_custom_emoji_id") {
            let icon = call.arguments["icon_custom_emoji_id"]
            topic.icon = icon.isEmpty ? nil : icon
        }
        guard topic != old else { throw .badRequest("TOPIC_NOT_MODIFIED") }
        put(topic, key, &world)
        note(
            .topicEdited(
                name: topic.name == old.name ? nil : topic.name, icon: topic.icon == old.icon ? nil : topic.icon ?? ""),
            topic.id, key, call.bot, &world)
        return .yes
    }

    static let close = closing(true, isGeneral: false)
    static let reopen = closing(false, isGeneral: false)
    static let closeGeneral = closing(true, isGeneral: true)
    static let reopenGeneral = closing(false, isGeneral: true)
    static let hideGeneral = hiding(true)
    static let unhideGeneral = hiding(false)

    static let editGeneral: Handler = { (world, call) throws(APIError) in
        var (key, topic) = try target(call, world, "edit the topic", general: true)
        let name = try name(call.arguments)
        guard topic.name != name else { throw .badRequest("TOPIC_NOT_MODIFIED") }
        topic.name = name
        put(topic, key, &world)
        note(.topicEdited(name: name, icon: nil), Topic.general, key, call.bot, &world)
        return .yes
    }

    static let delete: Handler = { (world, call) throws(APIError) in
        let key = try forum(call, world)
        let id = Int(clamping: call.arguments.int64("message_thread_id"))
        guard id != Topic.general, world.chats[key]?.topic(id) != nil else { throw .badRequest("TOPIC_ID_INVALID") }
        guard key.isDialog || world.isAdministrator(call.bot, in: key, with: "can_delete_messages") else {
            throw .badRequest("not enough rights to delete the topic")
        }
        let gone = world.chats[key]?.messages.compactMap { $0?.thread == id ? $0?.id : nil } ?? []
        world.editChat(key) { $0.topics?[id] = nil }
        world.effects.events.append(.chat(key))
        world.delete(gone, in: key)
        return .yes
    }

    static let unpinAll: Handler = { (world, call) throws(APIError) in
        let key = try forum(call, world)
        let id = Int(clamping: call.arguments.int64("message_thread_id"))
        guard world.chats[key]?.topic(id) != nil else { throw .badRequest("TOPIC_ID_INVALID") }
        return try unpin(id, key, call, &world)
    }

    static let unpinAllGeneral: Handler = { (world, call) throws(APIError) in
        try unpin(Topic.general, try forum(call, world), call, &world)
    }

    /// Some of the signs that everybody's topics may have; their pictures are not simulated.
    static let icons: Handler = { (_, _) throws(APIError) in
        let known = [("📰", "5434144690511290129"), ("💡", "5312536423851630001"), ("💬", "5417915203100613993")]
        return .writing { writer in
            writer.array(known) { writer, icon in
                writer.object { writer in
                    writer.field("file_id", "topic-icon-\(icon.1)")
                    writer.field("file_unique_id", icon.1)
                    writer.field("type", "custom_emoji")
                    writer.field("width", 512)
                    writer.field("height", 512)
                    writer.field("is_animated", true)
                    writer.field("is_video", false)
                    writer.field("emoji", icon.0)
                    writer.field("set_name", "Topics")
                    writer.field("custom_emoji_id", icon.1)
                }
            }
        }
    }

    // MARK: Parts

    static func write(_ topic: Topic, to writer: inout WireWriter) {
        writer.field("name", topic.name)
        writer.field("icon_color", topic.color)
        writer.field("icon_custom_emoji_id", topic.icon)
    }

    private static func forum(_ call: Call, _ world: World) throws(APIError) -> ChatKey {
        let key = try world.chat(call.arguments, for: call.bot)
        guard world.hasTopics(key) else { throw .badRequest("the chat is not a forum") }
        return key
    }

    private static func name(_ arguments: Arguments) throws(APIError) -> String {
        let name = String(arguments["name"].trimmingSpaces().prefix(128))
        if name.isEmpty { throw .badRequest("title must be non-empty") }
        return name
    }

    private static func target(_ call: Call, _ world: World, _ what: String, general: Bool = false)
        throws(APIError) -> (ChatKey, Topic)
    {
        let key = try forum(call, world)
        let id = general ? Topic.general : Int(clamping: call.arguments.int64("message_thread_id"))
        guard let topic = world.chats[key]?.topic(id), general || id != Topic.general else {
            throw .badRequest("TOPIC_ID_INVALID")
        }
        guard key.isDialog || topic.creator == call.bot || world.mayManageTopics(call.bot, in: key) else {
            throw .badRequest("not enough rights to \(what)")
        }
        return (key, topic)
    }

    private static func put(_ topic: Topic, _ key: ChatKey, _ world: inout World) {
        world.editChat(key) { $0.topics?[topic.id] = topic }
        world.effects.events.append(.chat(key))
    }

    private static func note(_ note: ServiceNote, _ id: Int, _ key: ChatKey, _ bot: Int64, _ world: inout World) {
        var message = Message(id: 0, date: world.now, sender: bot, content: .service(note))
        message.thread = id == Topic.general ? nil : id
        world.post(message, in: key)
    }

    private static func closing(_ isClosed: Bool, isGeneral: Bool) -> Handler {
        { (world, call) throws(APIError) in
            var (key, topic) = try target(call, world, "close or open the topic", general: isGeneral)
            guard topic.isClosed != isClosed else { throw .badRequest("TOPIC_NOT_MODIFIED") }
            topic.isClosed = isClosed
            // Who opens it shows it too.
            if !isClosed { topic.isHidden = false }
            put(topic, key, &world)
            note(isClosed ? .topicClosed : .topicReopened, topic.id, key, call.bot, &world)
            return .yes
        }
    }

    private static func hiding(_ isHidden: Bool) -> Handler {
        { (world, call) throws(APIError) in
            var (key, topic) = try target(call, world, "hide the topic", general: true)
            guard topic.isHidden != isHidden else { throw .badRequest("TOPIC_NOT_MODIFIED") }
            topic.isHidden = isHidden
            // Who hides it closes it too; shown again it stays closed.
            if isHidden { topic.isClosed = true }
            put(topic, key, &world)
            note(isHidden ? .generalHidden : .generalUnhidden, Topic.general, key, call.bot, &world)
            return .yes
        }
    }

    private static func unpin(_ id: Int, _ key: ChatKey, _ call: Call, _ world: inout World) throws(APIError) -> Answer
    {
        guard key.isDialog || world.isAdministrator(call.bot, in: key, with: "can_pin_messages") else {
            throw .badRequest("not enough rights to manage pinned messages in the chat")
        }
        let pinned = world.chats[key]?.pinned ?? []
        world.unpin(pinned.filter { (world.chats[key]?.message($0)?.thread ?? Topic.general) == id }, in: key)
        return .yes
    }
}

extension World {
    func mayManageTopics(_ account: Int64, in key: ChatKey) -> Bool {
        isAdministrator(account, in: key, with: "can_manage_topics")
    }
}
