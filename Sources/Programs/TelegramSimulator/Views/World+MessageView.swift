extension World {
    /// A message as one person sees it.
    func writeView(_ message: Message, in key: ChatKey, for viewer: Int64, to writer: inout WireWriter) {
        writer.object { writer in
            writer.field("id", message.id)
            writer.field("chat", id(of: key))
            writer.field("date", message.date)
            writer.field("edited", message.edited)
            if let sender = message.sender, message.senderChat == nil {
                writer.key("from")
                writeView(account: sender, to: &writer)
            } else {
                let name = message.senderChat ?? id(of: key)
                writer.field(
                    "sender_chat",
                    object: { writer in
                        writer.field("id", name)
                        writer.field("title", chats[.shared(name)]?.title)
                    })
            }
            writer.field("out", message.writer == viewer)
            writer.field("signature", message.signature)
            writeContent(of: message, in: key, for: viewer, to: &writer)
            writer.field("album", message.album)
            if let thread = message.thread, let topic = chats[key]?.topic(thread) {
                writer.field(
                    "topic",
                    object: { writer in
                        writer.field("id", topic.id)
                        writer.field("name", topic.name)
                    })
            }
            if let reply = message.reply { writeView(reply, in: key, to: &writer) }
            if let origin = message.origin { writeView(origin, to: &writer) }
            if let via = message.via {
                writer.key("via")
                writeView(account: via, to: &writer)
            }
            if let keyboard = message.keyboard { writeView(keyboard, to: &writer) }
            if !message.reactions.isEmpty { writeReactions(message.reactions, for: viewer, to: &writer) }
            writer.flag("pinned", chats[key]?.pinned.contains(message.id) ?? false)
            writer.flag("protected", message.isProtected)
            writer.flag("silent", message.isSilent)
            writePreview(of: message, to: &writer)
        }
    }

    private func writePreview(of message: Message, to writer: inout WireWriter) {
        guard let text = message.text, message.preview?.isDisabled != true else { return }
        var url = message.preview?.url
        if url == nil, let entity = text.entities.first(where: { $0.kind == .textLink || $0.kind == .url }) {
            let units = Array(text.text.utf16)
            let shown = String(
                decoding: units[min(entity.offset, units.count)..<min(entity.end, units.count)], as: UTF16.self)
            url = entity.url ?? Links.checked(shown)
        }
        guard let url else { return }
        writer.field(
            "link_preview",
            object: { writer in
                writer.field("url", url)
                writer.flag("large", message.preview?.prefersLarge ?? false)
                writer.flag("above", message.preview?.isAbove ?? false)
            })
    }

    private func writeReactions(_ reactions: [Int64: String], for viewer: Int64, to writer: inout WireWriter) {
        var counts: [String: Int] = [:]
        for emoji in reactions.values { counts[emoji, default: 0] += 1 }
        let list = counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
        writer.field("reactions", list) { writer, item in
            writer.object { writer in
                writer.field("emoji", item.key)
                writer.field("count", item.value)
                writer.field("mine", reactions[viewer] == item.key)
            }
        }
    }

    private func writeView(_ reply: Reply, in key: ChatKey, to writer: inout WireWriter) {
        let target = chats[reply.chat ?? key]?.message(reply.message)
        writer.field(
            "reply",
            object: { writer in
                writer.field("id", reply.message)
                if let sender = target?.sender {
                    writer.key("from")
                    writeView(account: sender, to: &writer)
                }
                let text = target?.text ?? target?.caption
                writer.field("text", text.map { String($0.text.prefix(200)) })
                writeView(text?.entities ?? [], to: &writer)
                writer.field("media", target?.media?.kind.rawValue)
                writer.field("quote", reply.quote?.text)
                writeView(reply.quote?.entities ?? [], as: "quote_entities", to: &writer)
            })
    }

    private func writeView(_ origin: Origin, to writer: inout WireWriter) {
        writer.field(
            "forward",
            object: { writer in
                switch origin {
                case .user(let id, let date):
                    writer.field("type", "user")
                    writer.field("name", accounts[id]?.name ?? "")
                    writer.field("date", date)
                    writer.field("user", id)
                case .chat(let id, let date):
                    writer.field("type", "chat")
                    writer.field("name", chats[.shared(id)]?.title ?? "")
                    writer.field("date", date)
                    writer.field("chat", id)
                case .channel(let id, let message, let date):
                    writer.field("type", "channel")
                    writer.field("name", chats[.shared(id)]?.title ?? "")
                    writer.field("date", date)
                    writer.field("chat", id)
                    writer.field("message", message)
                }
            })
    }

    private func writeView(_ keyboard: InlineKeyboard, to writer: inout WireWriter) {
        writer.field("keyboard", keyboard) { writer, row in
            writer.array(row) { writer, button in
                writer.object { writer in
                    writer.field("text", button.text)
                    switch button.action {
                    case .callback(let data):
                        writer.field("kind", "callback")
                        writer.field("data", data)
                    case .url(let url):
                        writer.field("kind", "url")
                        writer.field("url", url)
                    case .webApp(let url):
                        writer.field("kind", "web_app")
                        writer.field("url", url)
                    case .login(let url, _):
                        writer.field("kind", "login_url")
                        writer.field("url", url)
                    case .switchInline(let query):
                        writer.field("kind", "switch_inline")
                        writer.field("query", query)
                    case .switchInlineChosen(let query, let chosen):
                        writer.field("kind", "switch_inline")
                        writer.field("query", query)
                        writer.field("chosen", raw: chosen)
                    case .switchInlineCurrent(let query):
                        writer.field("kind", "switch_inline_current")
                        writer.field("query", query)
                    case .copy(let text):
                        writer.field("kind", "copy_text")
                        writer.field("copy", text)
                    case .game: writer.field("kind", "game")
                    case .pay: writer.field("kind", "pay")
                    case .disabled: writer.field("kind", "disabled")
                    }
                    writer.field("style", button.style)
                }
            }
        }
    }

    func writeView(_ entities: [MessageEntity], as name: String = "entities", to writer: inout WireWriter) {
        guard !entities.isEmpty else { return }
        writer.field(name, entities) { writer, entity in
            writer.object { writer in
                writer.field("type", entity.kind.rawValue)
                writer.field("offset", entity.offset)
                writer.field("length", entity.length)
                writer.field("url", entity.url)
                writer.field("language", entity.language)
                writer.field("custom_emoji_id", entity.customEmoji)
                if let user = entity.user {
                    writer.key("user")
                    writeView(account: user, to: &writer)
                }
            }
        }
    }

    private func writeContent(of message: Message, in key: ChatKey, for viewer: Int64, to writer: inout WireWriter) {
        switch message.content {
        case .text(let text):
            writer.field("text", text.text)
            writeView(text.entities, to: &writer)
        case .media(let media, let caption, let isAbove, let isSpoiler):
            if !caption.text.isEmpty {
                writer.field("text", caption.text)
                writeView(caption.entities, to: &writer)
            }
            writer.key("media")
            writeView(media, to: &writer)
            writer.flag("caption_above", isAbove)
            writer.flag("spoiler", isSpoiler)
        case .dice(let emoji, let value):
            writer.field(
                "dice",
                object: { writer in
                    writer.field("emoji", emoji)
                    writer.field("value", value)
                })
        case .poll(let id): writePollView(id, for: viewer, to: &writer)
        case .invoice(let invoice):
            writer.key("invoice")
            BillView.write(invoice, to: &writer)
        case .location(let latitude, let longitude, _):
            writeLocation(latitude, longitude, nil, nil, to: &writer)
        case .live(let place):
            writeLocation(place.latitude, place.longitude, nil, nil, until: place.ends, to: &writer)
        case .game(let game):
            writer.field(
                "game",
                object: { writer in
                    writer.field("title", game.title)
                    writer.field("description", game.description)
                    writer.field("text", game.text?.text)
                })
        case .paid(let paid):
            if !paid.caption.text.isEmpty {
                writer.field("text", paid.caption.text)
                writeView(paid.caption.entities, to: &writer)
            }
            let isOpen = paid.buyers.contains(viewer) || message.writer == viewer
            writer.field(
                "paid",
                object: { writer in
                    writer.field("stars", paid.stars)
                    writer.field("bought", isOpen)
                    // What is not paid for is not shown.
                    if isOpen {
                        writer.field("media", paid.items) { writeView($1, to: &$0) }
                    } else {
                        writer.field("kinds", paid.items) { $0.string($1.kind.rawValue) }
                    }
                })
        case .venue(let latitude, let longitude, let title, let address, _):
            writeLocation(latitude, longitude, title, address, to: &writer)
        case .contact(let phone, let firstName, let lastName, _, _):
            writer.field(
                "contact",
                object: { writer in
                    writer.field("phone", phone)
                    writer.field("first_name", firstName)
                    writer.field("last_name", lastName)
                })
        case .service, .payment, .refund:
            let (kind, text) = serviceLine(message, in: key)
            writer.field(
                "service",
                object: { writer in
                    writer.field("kind", kind)
                    writer.field("text", text)
                    switch message.content {
                    case .payment(let payment), .refund(let payment):
                        writer.key("receipt")
                        BillView.write(payment, to: &writer)
                    default: break
                    }
                })
        }
    }

    private func writeLocation(
        _ latitude: Double, _ longitude: Double, _ title: String?, _ address: String?, until: Int64? = nil,
        to writer: inout WireWriter
    ) {
        writer.field(
            "location",
            object: { writer in
                writer.field("latitude", latitude)
                writer.field("longitude", longitude)
                writer.field("title", title)
                writer.field("address", address)
                writer.field("live_until", until)
            })
    }

    private func writePollView(_ id: String, for viewer: Int64, to writer: inout WireWriter) {
        guard let poll = polls[id] else { return }
        let mine = poll.votes[viewer] ?? []
        let isHidden = poll.hidesResults == true && !poll.isClosed
        writer.field(
            "poll",
            object: { writer in
                writer.field("id", poll.id)
                writer.field("question", poll.question.text)
                writer.field("options", Array(poll.options.enumerated())) { writer, item in
                    writer.object { writer in
                        writer.field("text", item.element.text.text)
                        writer.field("votes", isHidden ? 0 : item.element.votes)
                        writer.field("mine", mine.contains(item.offset))
                    }
                }
                writer.field("total", poll.votes.count)
                writer.field("closed", poll.isClosed)
                writer.field("anonymous", poll.isAnonymous)
                writer.field("quiz", poll.isQuiz)
                writer.field("multiple", poll.allowsMultiple)
                writer.field("voted", !mine.isEmpty)
                if poll.isQuiz, !mine.isEmpty || poll.isClosed {
                    writer.field("correct", poll.correct) { $0.integer($1) }
                    writer.field("explanation", poll.explanation?.text)
                    writeView(poll.explanation?.entities ?? [], as: "explanation_entities", to: &writer)
                }
            })
    }

    /// What happened, in one English line.
    private func serviceLine(_ message: Message, in key: ChatKey) -> (String, String) {
        let actor = message.writer.flatMap { accounts[$0]?.name } ?? chats[key]?.title ?? ""
        switch message.content {
        case .payment(let payment): return ("paid", "\(actor) paid \(Self.amount(payment))")
        case .refund(let payment): return ("refunded", "\(Self.amount(payment)) were refunded to \(actor)")
        case .service(let note):
            switch note {
            case .joined(let ids):
                let names = ids.map { accounts[$0]?.name ?? "" }.joined(separator: ", ")
                return ("joined", ids == [message.sender ?? 0] ? "\(names) joined" : "\(actor) added \(names)")
            case .left(let id):
                let name = accounts[id]?.name ?? ""
                return ("left", id == message.sender ? "\(name) left" : "\(actor) removed \(name)")
            case .created(let title): return ("created", "“\(title)” was created")
            case .title(let title): return ("title", "\(actor) changed the name to “\(title)”")
            case .pinned: return ("pinned", "\(actor) pinned a message")
            case .photo: return ("photo", "\(actor) changed the photo")
            case .photoDeleted: return ("photo", "\(actor) removed the photo")
            case .topicCreated(let topic): return ("topic", "\(actor) created the topic “\(topic.name)”")
            case .topicEdited(let name, _):
                return (
                    "topic", name.map { "\(actor) renamed the topic to “\($0)”" } ?? "\(actor) changed the topic’s sign"
                )
            case .topicClosed: return ("topic", "\(actor) closed the topic")
            case .topicReopened: return ("topic", "\(actor) reopened the topic")
            case .generalHidden: return ("topic", "\(actor) hid the General topic")
            case .generalUnhidden: return ("topic", "\(actor) showed the General topic")
            case .appData(let button, _): return ("app_data", "Data from “\(button)” was sent to the bot")
            case .writingAllowed: return ("allowed", "\(actor) allowed the bot to write")
            case .usersShared(_, let users):
                let names = users.map { accounts[$0.id]?.name ?? "\($0.id)" }.joined(separator: ", ")
                return ("shared", "\(actor) shared \(names)")
            case .chatShared(_, let shared):
                return ("shared", "\(actor) shared “\(chats[.shared(shared.id)]?.title ?? "\(shared.id)")”")
            case .migratedTo, .migratedFrom: return ("upgraded", "The group became a supergroup")
            }
        default: return ("other", "")
        }
    }

    private static func amount(_ payment: Payment) -> String {
        let amount = InvoiceArgument.amount(payment.total, payment.currency)
        return payment.currency == InvoiceArgument.stars ? "\(amount) Stars" : amount
    }
}
