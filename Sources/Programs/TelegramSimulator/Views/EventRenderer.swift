/// Turns what happened in the world into what pages are told, per person.
enum EventRenderer {
    static func publish(_ event: WorldEvent, of world: World, to hub: EventHub) {
        switch event {
        case .message(let place):
            guard let message = world.message(place) else { return }
            each(place.chat, world) { viewer, isForAll in
                let data = WireWriter.bytes { writer in
                    writer.object { writer in
                        head(place.chat, viewer, world, &writer)
                        writer.key("message")
                        world.writeView(message, in: place.chat, for: viewer, to: &writer)
                        writer.field("unread", world.chats[place.chat]?.unread[viewer] ?? 0)
                    }
                }
                hub.publish("message", data, user: viewer, isForAll: isForAll)
            }
        case .edit(let place):
            guard let message = world.message(place) else { return }
            each(place.chat, world) { viewer, isForAll in
                let data = WireWriter.bytes { writer in
                    writer.object { writer in
                        head(place.chat, viewer, world, &writer)
                        writer.key("message")
                        world.writeView(message, in: place.chat, for: viewer, to: &writer)
                    }
                }
                hub.publish("edit", data, user: viewer, isForAll: isForAll)
            }
        case .delete(let key, let ids):
            tell("delete", key, world, hub) { writer, _ in writer.field("messages", ids) { $0.integer($1) } }
        case .action(let key):
            guard let action = world.chats[key]?.action else { return }
            tell("action", key, world, hub) { writer, _ in world.writeView(action, to: &writer) }
        case .keyboard(let key, let user):
            let data = WireWriter.bytes { writer in
                writer.object { writer in
                    head(key, user, world, &writer)
                    writer.key("reply_keyboard")
                    if let keyboard = world.chats[key]?.keyboards[user] {
                        world.writeView(keyboard, to: &writer)
                    } else {
                        writer.null()
                    }
                }
            }
            hub.publish("keyboard", data, user: user)
        case .chat(let key):
            each(key, world, includesFormer: true) { viewer, isForAll in
                let data = WireWriter.bytes { writer in
                    writer.object { writer in
                        writer.key("chat")
                        world.writeView(chat: key, for: viewer, to: &writer)
                    }
                }
                hub.publish("chat", data, user: viewer, isForAll: isForAll)
            }
        case .user(let id):
            let data = WireWriter.bytes { writer in
                writer.object { writer in
                    writer.key("user")
                    world.writeView(account: id, to: &writer)
                }
            }
            hub.publish("user", data, user: nil)
        case .draft(let key, let draft): publish(draft, key, world, hub)
        case .personal(let kind, let user, let data): hub.publish(kind, data, user: user)
        case .update: break
        case .reset: hub.publish("reset", Array("{}".utf8), user: nil)
        }
    }

    private static func publish(_ draft: Draft, _ key: ChatKey, _ world: World, _ hub: EventHub) {
        guard case .dialog(_, let user) = key else { return }
        let data = WireWriter.bytes { writer in
            writer.object { writer in
                head(key, user, world, &writer)
                writer.field("draft", draft.id)
                writer.field("until", draft.until)
                writer.field(
                    "message",
                    object: { writer in
                        writer.field("id", 0)
                        writer.field("chat", world.id(of: key))
                        writer.field("date", world.now)
                        writer.key("from")
                        world.writeView(account: draft.bot, to: &writer)
                        writer.field("out", false)
                        writer.field("text", draft.text.text)
                        world.writeView(draft.text.entities, to: &writer)
                        writer.field("draft", true)
                        if draft.canStop { writer.field("stop", draft.id) }
                    })
            }
        }
        hub.publish("draft", data, user: user)
    }

    private static func tell(
        _ kind: String, _ key: ChatKey, _ world: World, _ hub: EventHub, _ body: (inout WireWriter, Int64) -> Void
    ) {
        each(key, world) { viewer, isForAll in
            let data = WireWriter.bytes { writer in
                writer.object { writer in
                    head(key, viewer, world, &writer)
                    body(&writer, viewer)
                }
            }
            hub.publish(kind, data, user: viewer, isForAll: isForAll)
        }
    }

    private static func head(_ key: ChatKey, _ viewer: Int64, _ world: World, _ writer: inout WireWriter) {
        writer.field("chat", world.id(of: key))
        if key.isDialog { writer.field("user", viewer) }
    }

    /// Calls the body for each person who sees a chat; watchers of everything get the first one's view.
    private static func each(
        _ key: ChatKey, _ world: World, includesFormer: Bool = false, _ body: (Int64, Bool) -> Void
    ) {
        var viewers = world.viewers(of: key)
        if includesFormer, !key.isDialog {
            viewers = world.chats[key]?.memberOrder.filter { world.accounts[$0]?.isBot == false } ?? []
        }
        for (index, viewer) in viewers.enumerated() { body(viewer, index == 0) }
    }
}
