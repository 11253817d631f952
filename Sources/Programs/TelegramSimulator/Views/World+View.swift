extension World {
    // MARK: People and chats

    /// An account as the page sees it.
    func writeView(account id: Int64, to writer: inout WireWriter) {
        writer.object { writer in
            let account = accounts[id]
            writer.field("id", id)
            writer.field("name", account.map { $0.isDeactivated ? "Deleted account" : $0.name } ?? "")
            writer.field("first_name", account?.firstName ?? "")
            writer.field("last_name", account?.lastName)
            writer.field("username", account?.username)
            writer.field("language_code", account?.language)
            writer.field("bot", account?.isBot ?? false)
            writer.flag("deactivated", account?.isDeactivated ?? false)
        }
    }

    /// A chat as one person sees it.
    func writeView(chat key: ChatKey, for viewer: Int64, to writer: inout WireWriter) {
        guard let chat = chats[key] else { return writer.null() }
        writer.object { writer in
            writer.field("id", id(of: key))
            writer.field("type", chat.kind.rawValue)
            switch key {
            case .dialog(let bot, _):
                writer.field("title", accounts[bot]?.name ?? "")
                writer.field("username", accounts[bot]?.username)
                writer.key("bot")
                writeView(account: bot, to: &writer)
                writer.field("can_write", !chat.isBlocked)
                writer.field("blocked", chat.isBlocked)
                writer.field("started", chat.isStarted)
                let language = accounts[viewer]?.language ?? ""
                writer.field("about", bots[bot].flatMap { $0.descriptions[language] ?? $0.descriptions[""] })
            case .shared:
                let role = chat.members[viewer]?.role ?? .left
                writer.field("title", chat.title)
                writer.field("username", chat.username)
                writer.field("members", chat.members.values.count { $0.role.isPresent })
                writer.field("role", role.rawValue)
                let canWrite =
                    chat.kind == .channel ? role.isAdministrator : role.isPresent && chat.migratedTo == nil
                writer.field("can_write", canWrite && role != .restricted)
                writer.field("about", chat.about)
            }
            if let newest = chat.newest {
                writer.key("last")
                writeView(newest, in: key, for: viewer, to: &writer)
            }
            writer.field("unread", chat.unread[viewer] ?? 0)
            if !chat.pinned.isEmpty { writer.field("pinned", chat.pinned) { $0.integer($1) } }
            if hasTopics(key) { writeTopics(of: chat, to: &writer) }
            if let keyboard = chat.keyboards[viewer] {
                writer.key("reply_keyboard")
                writeView(keyboard, to: &writer)
            }
            if let action = chat.action, action.until > now {
                writer.field("action", object: { writeView(action, to: &$0) })
            }
        }
    }

    private func writeTopics(of chat: Chat, to writer: inout WireWriter) {
        let shown = (chat.topics ?? [:]).values.filter { !$0.isHidden }.sorted { $0.id < $1.id }
        writer.field("topics", shown) { writer, topic in
            writer.object { writer in
                writer.field("id", topic.id)
                writer.field("name", topic.name)
                writer.flag("closed", topic.isClosed)
            }
        }
    }

    func writeView(_ action: ChatAction, to writer: inout WireWriter) {
        writer.key("from")
        writeView(account: action.account, to: &writer)
        writer.field("action", action.action)
        writer.field("until", action.until)
    }

    func writeView(_ keyboard: ReplyKeyboard, to writer: inout WireWriter) {
        writer.object { writer in
            writer.field("type", keyboard.isForceReply ? "force_reply" : "keyboard")
            writer.field("message", keyboard.message)
            writer.field("placeholder", keyboard.placeholder)
            if keyboard.isForceReply { return }
            writer.field("rows", keyboard.rows) { writer, row in
                writer.array(row) { writer, button in
                    writer.object { writer in
                        writer.field("text", button.text)
                        writer.field("kind", button.request ?? "text")
                        writer.field("url", button.url)
                        writer.field("request", raw: button.wish)
                        writer.field("style", button.style)
                    }
                }
            }
            writer.field("resize", keyboard.resizes)
            writer.field("one_time", keyboard.isOneTime)
            writer.field("persistent", keyboard.isPersistent)
        }
    }

    // MARK: Media

    func writeView(_ media: Media, to writer: inout WireWriter) {
        writer.object { writer in
            writer.field("kind", media.kind.rawValue)
            writer.field("file", files.indices.contains(media.file) ? files[media.file].uniqueID : nil)
            let thumbnail = media.thumbnail ?? (media.sizes.count > 1 ? media.sizes.first { $0.width >= 300 } : nil)
            if let thumbnail, files.indices.contains(thumbnail.file) {
                writer.field("thumb", files[thumbnail.file].uniqueID)
            }
            writer.field("w", media.width)
            writer.field("h", media.height)
            writer.field("duration", media.duration)
            writer.field("name", media.name)
            writer.field("type", media.kind == .photo ? "image/jpeg" : media.type)
            writer.field("size", files.indices.contains(media.file) ? files[media.file].size : 0)
            writer.field("title", media.title)
            writer.field("performer", media.performer)
            writer.field("emoji", media.emoji)
        }
    }
}
