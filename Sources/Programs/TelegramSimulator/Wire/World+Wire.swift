extension World {
    // MARK: People and chats

    func write(account id: Int64, to writer: inout WireWriter) {
        writer.object { writer in
            let account = accounts[id] ?? Account.ofService[id]
            writer.field("id", id)
            writer.field("is_bot", account?.isBot ?? false)
            writer.field("first_name", account?.firstName ?? "")
            writer.field("last_name", account?.lastName)
            writer.field("username", account?.username)
            writer.field("language_code", account?.language)
        }
    }

    func write(chat: Chat, to writer: inout WireWriter) {
        writer.object { writer in writeFields(of: chat, to: &writer) }
    }

    func writeFields(of chat: Chat, to writer: inout WireWriter) {
        writer.field("id", chat.id)
        if case .dialog(_, let user) = chat.key {
            writer.field("first_name", accounts[user]?.firstName)
            writer.field("last_name", accounts[user]?.lastName)
            writer.field("username", accounts[user]?.username)
        } else {
            writer.field("title", chat.title)
            writer.field("username", chat.username)
        }
        writer.field("type", chat.kind.rawValue)
        writer.flag("is_forum", chat.isForum == true)
    }

    func write(chat id: Int64, to writer: inout WireWriter) {
        if let chat = chats[.shared(id)] { write(chat: chat, to: &writer) } else { writer.null() }
    }

    /// Writes a member as one bot sees it.
    func write(
        member: Member, _ account: Int64, in chat: Chat, for viewer: Int64? = nil, to writer: inout WireWriter
    ) {
        writer.object { writer in
            writer.key("user")
            write(account: account, to: &writer)
            // A basic group keeps no list of those it has removed.
            let role = chat.kind == .group && member.role == .kicked ? .left : member.role
            writer.field("status", role.rawValue)
            switch role {
            case .creator:
                writer.field("custom_title", member.title)
                writer.field("is_anonymous", member.isAnonymous)
            case .administrator:
                writer.field("can_be_edited", member.promoter != nil && member.promoter == viewer)
                for right in Rights.administrator(in: chat.kind) {
                    writer.field(
                        right, right == "is_anonymous" ? member.isAnonymous : !member.denied.contains(right))
                }
                writer.field("custom_title", member.title)
            case .restricted:
                writer.field("is_member", true)
                writer.field("until_date", member.until)
                writer.field("tag", member.tag)
                for right in Rights.ordinary { writer.field(right, !member.denied.contains(right)) }
            case .kicked: writer.field("until_date", member.until)
            case .member:
                writer.field("tag", member.tag)
                if member.until > 0 { writer.field("until_date", member.until) }
            case .left: break
            }
        }
    }

    /// Writes a link as a bot sees it: of another's links only the beginning.
    func write(_ link: InviteLink, in chat: Chat, for viewer: Int64, to writer: inout WireWriter) {
        writer.object { writer in
            let isHidden = link.creator != viewer && accounts[link.creator]?.isBot == false
            writer.field(
                "invite_link", isHidden ? String(link.url.prefix("https://t.me/+".count + 8)) + "..." : link.url)
            writer.field("name", link.name)
            writer.key("creator")
            write(account: link.creator, to: &writer)
            writer.field("expire_date", link.expires)
            writer.field("member_limit", link.limit)
            if link.asks {
                let waiting = (chat.requests ?? [:]).values.count { $0.link == link.url }
                if waiting > 0 { writer.field("pending_join_request_count", waiting) }
            }
            writer.field("subscription_period", link.period)
            writer.field("subscription_price", link.price)
            writer.field("creates_join_request", link.asks)
            writer.field("is_primary", link.isPrimary)
            writer.field("is_revoked", link.isRevoked)
        }
    }

    // MARK: Texts and keyboards

    func write(_ entities: [MessageEntity], to writer: inout WireWriter) {
        writer.array(entities) { writer, entity in
            writer.object { writer in
                writer.field("offset", entity.offset)
                writer.field("length", entity.length)
                writer.field("type", entity.kind.rawValue)
                writer.field("url", entity.url)
                if let user = entity.user {
                    writer.key("user")
                    write(account: user, to: &writer)
                }
                writer.field("language", entity.language)
                writer.field("custom_emoji_id", entity.customEmoji)
                writer.field("unix_time", entity.unixTime)
                writer.field("date_time_format", entity.dateFormat)
            }
        }
    }

    func write(_ text: FormattedText, _ name: String, _ entitiesName: String, to writer: inout WireWriter) {
        writer.field(name, text.text)
        guard !text.entities.isEmpty else { return }
        writer.key(entitiesName)
        write(text.entities, to: &writer)
    }

    func write(_ keyboard: InlineKeyboard, to writer: inout WireWriter) {
        writer.object { writer in
            writer.field("inline_keyboard", keyboard) { writer, row in
                writer.array(row) { writer, button in
                    writer.object { writer in write(button, to: &writer) }
                }
            }
        }
    }

    private func write(_ button: InlineButton, to writer: inout WireWriter) {
        writer.field("text", button.text)
        writer.field("style", button.style)
        writer.field("icon_custom_emoji_id", button.icon)
        switch button.action {
        case .callback(let data): writer.field("callback_data", data)
        case .url(let url): writer.field("url", url)
        case .webApp(let url): writer.field("web_app", object: { $0.field("url", url) })
        case .login(let url, _): writer.field("url", url)
        case .switchInline(let query): writer.field("switch_inline_query", query)
        case .switchInlineCurrent(let query): writer.field("switch_inline_query_current_chat", query)
        case .switchInlineChosen(_, let json): writer.field("switch_inline_query_chosen_chat", raw: json)
        case .copy(let text): writer.field("copy_text", object: { $0.field("text", text) })
        case .game: writer.field("callback_game", object: { _ in })
        case .pay: writer.field("pay", true)
        case .disabled(let json): writer.field("disabled", raw: json)
        }
    }

    // MARK: Files

    /// The photo of a chat: its smallest and its largest size.
    func write(chatPhoto media: Media, to writer: inout WireWriter) {
        guard let small = media.sizes.first, let big = media.sizes.last else { return }
        writer.field(
            "photo",
            object: { writer in
                for (name, size) in [("small", small), ("big", big)] where files.indices.contains(size.file) {
                    writer.field("\(name)_file_id", files[size.file].id)
                    writer.field("\(name)_file_unique_id", files[size.file].uniqueID)
                }
            })
    }

    func write(_ size: PhotoSize, to writer: inout WireWriter) {
        writer.object { writer in
            writeFile(size.file, to: &writer)
            writer.field("width", size.width)
            writer.field("height", size.height)
        }
    }

    private func writeFile(_ number: Int, to writer: inout WireWriter) {
        guard number < files.count else { return }
        writer.field("file_id", files[number].id)
        writer.field("file_unique_id", files[number].uniqueID)
        writer.field("file_size", files[number].size)
    }

    func write(_ media: Media, to writer: inout WireWriter) {
        if media.kind == .photo {
            writer.field("photo", media.sizes) { write($1, to: &$0) }
            return
        }
        writer.field(media.kind.rawValue, object: { writer in writeFields(of: media, to: &writer) })
        // Bots that do not know animations find the file as a document.
        if media.kind == .animation {
            writer.field("document", object: { writer in writeFields(of: media, isDocument: true, to: &writer) })
        }
    }

    private func writeFields(of media: Media, isDocument: Bool = false, to writer: inout WireWriter) {
        if !isDocument {
            switch media.kind {
            case .video, .animation, .livePhoto:
                writer.field("duration", media.duration ?? 0)
                writer.field("width", media.width ?? 0)
                writer.field("height", media.height ?? 0)
            case .videoNote:
                writer.field("duration", media.duration ?? 0)
                writer.field("length", media.width ?? 240)
            case .audio, .voice: writer.field("duration", media.duration ?? 0)
            case .sticker:
                writer.field("type", "regular")
                writer.field("width", media.width ?? 512)
                writer.field("height", media.height ?? 512)
                writer.field("is_animated", media.type == "application/x-tgsticker")
                writer.field("is_video", media.type == "video/webm")
                writer.field("emoji", media.emoji)
            case .photo, .document: break
            }
        }
        if ![.voice, .videoNote, .sticker, .livePhoto].contains(media.kind) {
            writer.field("file_name", media.name)
        }
        if media.kind != .videoNote, media.kind != .sticker { writer.field("mime_type", media.type) }
        writer.field("title", media.title)
        writer.field("performer", media.performer)
        if let stills = media.stills { writer.field("photo", stills) { write($1, to: &$0) } }
        if media.kind == .video {
            if let cover = media.cover { writer.field("cover", cover) { write($1, to: &$0) } }
            writer.field("start_timestamp", media.start)
        }
        if let thumbnail = media.thumbnail, media.kind != .voice {
            writer.key("thumbnail")
            write(thumbnail, to: &writer)
        }
        writeFile(media.file, to: &writer)
    }
}

/// The names of rights in chats.
enum Rights {
    static let ordinary = [
        "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
        "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
        "can_add_web_page_previews", "can_react_to_messages", "can_edit_tag", "can_change_info", "can_invite_users",
        "can_pin_messages", "can_manage_topics",
    ]

    static func administrator(in kind: Chat.Kind) -> [String] {
        let common = [
            "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
            "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
            "can_edit_stories", "can_delete_stories", "can_send_welcome_messages",
        ]
        return switch kind {
        case .channel: common + ["can_post_messages", "can_edit_messages", "can_manage_direct_messages"]
        case .supergroup: common + ["can_pin_messages", "can_manage_topics", "can_manage_tags"]
        default: common + ["can_pin_messages", "can_manage_tags"]
        }
    }
}
