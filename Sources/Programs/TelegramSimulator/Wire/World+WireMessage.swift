extension World {
    /// Writes a message as a bot sees it; `depth` is how many replies deep to go.
    func write(_ message: Message, in chat: Chat, replies depth: Int = 1, to writer: inout WireWriter) {
        writer.object { writer in
            writer.field("message_id", message.id)
            writer.field("message_thread_id", message.thread)
            if let sender = message.sender {
                writer.key("from")
                write(account: sender, to: &writer)
            }
            if let name = message.senderChat ?? (message.sender == nil && chat.kind == .channel ? chat.id : nil) {
                writer.key("sender_chat")
                write(chat: name, to: &writer)
            }
            writer.field("author_signature", message.signature)
            writer.key("chat")
            write(chat: chat, to: &writer)
            writer.field("date", message.date)
            writer.field("edit_date", message.edited)
            if let origin = message.origin { write(origin, to: &writer) }
            if let reply = message.reply, depth > 0 {
                write(reply, in: chat, to: &writer)
            } else if let thread = message.thread, thread != message.id, depth > 0, let root = chat.message(thread) {
                // What answers nothing answers the message that began the topic.
                writer.key("reply_to_message")
                write(root, in: chat, replies: 0, to: &writer)
            }
            writer.flag("is_topic_message", message.thread != nil)
            if let via = message.via {
                writer.key("via_bot")
                write(account: via, to: &writer)
            }
            writer.flag("has_protected_content", message.isProtected)
            writer.field("media_group_id", message.album)
            writer.field("effect_id", message.effect)
            write(message.content, of: message, in: chat, depth, to: &writer)
            if let preview = message.preview { write(preview, to: &writer) }
            if let keyboard = message.keyboard {
                writer.key("reply_markup")
                write(keyboard, to: &writer)
            }
        }
    }

    func write(_ preview: LinkPreview, to writer: inout WireWriter) {
        writer.field(
            "link_preview_options",
            object: { writer in
                writer.flag("is_disabled", preview.isDisabled)
                writer.field("url", preview.url)
                writer.flag("prefer_small_media", preview.prefersSmall)
                writer.flag("prefer_large_media", preview.prefersLarge)
                writer.flag("show_above_text", preview.isAbove)
            })
    }

    private func write(_ reply: Reply, in chat: Chat, to writer: inout WireWriter) {
        if let source = reply.chat {
            writeExternal(reply.message, in: source, to: &writer)
        } else if let target = chat.message(reply.message) {
            writer.key("reply_to_message")
            write(target, in: chat, replies: 0, to: &writer)
        }
        if let quote = reply.quote {
            writer.field(
                "quote",
                object: { writer in
                    write(quote, "text", "entities", to: &writer)
                    writer.field("position", reply.quotePosition)
                    writer.field("is_manual", true)
                })
        }
    }

    /// Writes where a message comes from, also in the fields that bots of old know.
    private func write(_ origin: Origin, to writer: inout WireWriter) {
        writer.field("forward_origin", object: { writer in writeFields(of: origin, to: &writer) })
        switch origin {
        case .user(let id, let date):
            writer.key("forward_from")
            write(account: id, to: &writer)
            writer.field("forward_date", date)
        case .chat(let id, let date):
            writer.key("forward_from_chat")
            write(chat: id, to: &writer)
            writer.field("forward_date", date)
        case .channel(let id, let message, let date):
            writer.key("forward_from_chat")
            write(chat: id, to: &writer)
            writer.field("forward_from_message_id", message)
            writer.field("forward_date", date)
        }
    }

    func writeFields(of origin: Origin, to writer: inout WireWriter) {
        switch origin {
        case .user(let id, let date):
            writer.field("type", "user")
            writer.key("sender_user")
            write(account: id, to: &writer)
            writer.field("date", date)
        case .chat(let id, let date):
            writer.field("type", "chat")
            writer.key("sender_chat")
            write(chat: id, to: &writer)
            writer.field("date", date)
        case .channel(let id, let message, let date):
            writer.field("type", "channel")
            writer.key("chat")
            write(chat: id, to: &writer)
            writer.field("message_id", message)
            writer.field("date", date)
        }
    }

    func write(
        _ content: Content, of message: Message, in chat: Chat, _ depth: Int, to writer: inout WireWriter
    ) {
        switch content {
        case .text(let text): write(text, "text", "entities", to: &writer)
        case .media(let media, let caption, let isAbove, let isSpoiler):
            write(media, to: &writer)
            if !caption.text.isEmpty { write(caption, "caption", "caption_entities", to: &writer) }
            writer.flag("show_caption_above_media", isAbove)
            writer.flag("has_media_spoiler", isSpoiler)
        case .dice(let emoji, let value):
            writer.field(
                "dice",
                object: { writer in
                    writer.field("emoji", emoji)
                    writer.field("value", value)
                })
        case .poll(let id):
            writer.key("poll")
            // Without a reader it is the answer to who wrote the message.
            write(poll: id, for: writer.reader ?? message.writer, to: &writer)
        case .invoice(let invoice):
            writer.field(
                "invoice",
                object: { writer in
                    writer.field("title", invoice.title)
                    writer.field("description", invoice.description)
                    writer.field("start_parameter", invoice.startParameter)
                    writer.field("currency", invoice.currency)
                    writer.field("total_amount", invoice.total)
                })
        case .payment(let payment): write(payment, "successful_payment", to: &writer)
        case .refund(let payment): write(payment, "refunded_payment", to: &writer)
        case .live(let place): write(place, to: &writer)
        case .game(let game): write(game, to: &writer)
        case .paid(let paid):
            write(paid, to: &writer)
            if !paid.caption.text.isEmpty { write(paid.caption, "caption", "caption_entities", to: &writer) }
            writer.flag("show_caption_above_media", paid.isAbove)
        case .location(let latitude, let longitude, let accuracy):
            writer.field(
                "location",
                object: { writer in
                    writer.field("latitude", latitude)
                    writer.field("longitude", longitude)
                    if let accuracy { writer.field("horizontal_accuracy", accuracy) }
                })
        case .venue(let latitude, let longitude, let title, let address, let source):
            let location = { (writer: inout WireWriter) in
                writer.field("latitude", latitude)
                writer.field("longitude", longitude)
            }
            writer.field(
                "venue",
                object: { writer in
                    writer.field("location", object: location)
                    writer.field("title", title)
                    writer.field("address", address)
                    writer.field("foursquare_id", source?.foursquare)
                    writer.field("foursquare_type", source?.foursquareType)
                    writer.field("google_place_id", source?.google)
                    writer.field("google_place_type", source?.googleType)
                })
            writer.field("location", object: location)
        case .contact(let phone, let firstName, let lastName, let user, let vcard):
            writer.field(
                "contact",
                object: { writer in
                    writer.field("phone_number", phone)
                    writer.field("first_name", firstName)
                    writer.field("last_name", lastName)
                    writer.field("user_id", user)
                    writer.field("vcard", vcard)
                })
        case .service(let note): write(note, in: chat, depth, to: &writer)
        }
    }

    private func write(_ payment: Payment, _ name: String, to writer: inout WireWriter) {
        writer.field(
            name,
            object: { writer in
                writer.field("currency", payment.currency)
                writer.field("total_amount", payment.total)
                writer.field("invoice_payload", payment.payload)
                if let date = payment.paidUntil, name == "successful_payment" {
                    writer.field("subscription_expiration_date", date)
                    writer.field("is_recurring", true)
                    writer.field("is_first_recurring", true)
                }
                writer.field("shipping_option_id", payment.shippingOption)
                writer.field("order_info", raw: payment.order)
                writer.field("telegram_payment_charge_id", payment.charge)
                writer.field("provider_payment_charge_id", payment.providerCharge)
            })
    }

    private func write(_ note: ServiceNote, in chat: Chat, _ depth: Int, to writer: inout WireWriter) {
        switch note {
        case .joined(let ids):
            if let first = ids.first {
                writer.key("new_chat_participant")
                write(account: first, to: &writer)
                writer.key("new_chat_member")
                write(account: first, to: &writer)
            }
            writer.field("new_chat_members", ids) { write(account: $1, to: &$0) }
        case .left(let id):
            writer.key("left_chat_participant")
            write(account: id, to: &writer)
            writer.key("left_chat_member")
            write(account: id, to: &writer)
        case .created:
            writer.field(
                chat.kind == .group
                    ? "group_chat_created"
                    : chat.kind == .channel ? "channel_chat_created" : "supergroup_chat_created", true)
        case .title(let title): writer.field("new_chat_title", title)
        case .pinned(let id):
            if let target = chat.message(id), depth > 0 {
                writer.key("pinned_message")
                write(target, in: chat, replies: 0, to: &writer)
            }
        case .migratedTo(let id): writer.field("migrate_to_chat_id", id)
        case .migratedFrom(let id): writer.field("migrate_from_chat_id", id)
        case .photo(let media): writer.field("new_chat_photo", media.sizes) { write($1, to: &$0) }
        case .photoDeleted: writer.field("delete_chat_photo", true)
        case .topicCreated(let topic):
            writer.field("forum_topic_created", object: { ForumTopics.write(topic, to: &$0) })
        case .topicEdited(let name, let icon):
            writer.field(
                "forum_topic_edited",
                object: { writer in
                    writer.field("name", name)
                    writer.field("icon_custom_emoji_id", icon)
                })
        case .topicClosed: writer.field("forum_topic_closed", object: { _ in })
        case .topicReopened: writer.field("forum_topic_reopened", object: { _ in })
        case .generalHidden: writer.field("general_forum_topic_hidden", object: { _ in })
        case .generalUnhidden: writer.field("general_forum_topic_unhidden", object: { _ in })
        case .appData(let button, let data):
            writer.field(
                "web_app_data",
                object: { writer in
                    writer.field("button_text", button)
                    writer.field("data", data)
                })
        case .writingAllowed: writer.field("write_access_allowed", object: { $0.field("from_request", true) })
        case .usersShared(let request, let users):
            writer.field(
                "users_shared",
                object: { writer in
                    writer.field("request_id", request)
                    writer.field("users", users) { writer, user in
                        writer.object { writer in
                            writer.field("user_id", user.id)
                            writer.field("first_name", user.firstName)
                            writer.field("last_name", user.lastName)
                            writer.field("username", user.username)
                        }
                    }
                    writer.field("user_ids", users) { $0.integer($1.id) }
                })
            // Bots written before several could be chosen know this field.
            if users.count == 1, let user = users.first {
                writer.field(
                    "user_shared",
                    object: { writer in
                        writer.field("request_id", request)
                        writer.field("user_id", user.id)
                    })
            }
        case .chatShared(let request, let shared):
            writer.field(
                "chat_shared",
                object: { writer in
                    writer.field("request_id", request)
                    writer.field("chat_id", shared.id)
                    writer.field("title", shared.title)
                    writer.field("username", shared.username)
                })
        }
    }

    /// Whether a bot may know what is right in a quiz: it asked itself, or was asked in private, or all is over.
    func showsSolution(of poll: Poll, to bot: Int64?) -> Bool {
        if poll.isClosed || poll.bot == bot { return true }
        if case .dialog(let partner, _) = poll.chat { return partner == bot }
        return false
    }

    func write(poll id: String, for bot: Int64?, to writer: inout WireWriter) {
        guard let poll = polls[id] else { return writer.null() }
        let isSolved = showsSolution(of: poll, to: bot)
        writer.object { writer in
            writer.field("id", poll.id)
            write(poll.question, "question", "question_entities", to: &writer)
            writer.field("options", poll.options) { writer, option in
                writer.object { writer in
                    writer.field("persistent_id", option.persistentID)
                    write(option.text, "text", "text_entities", to: &writer)
                    writer.field("voter_count", option.votes)
                }
            }
            writer.field("total_voter_count", poll.votes.count)
            writer.field("is_closed", poll.isClosed)
            writer.field("is_anonymous", poll.isAnonymous)
            writer.field("type", poll.isQuiz ? "quiz" : "regular")
            writer.field("allows_multiple_answers", poll.allowsMultiple)
            writer.field("allows_revoting", poll.allowsRevoting)
            writer.field("members_only", poll.isForMembers ?? false)
            if let countries = poll.countries { writer.field("country_codes", countries) { $0.string($1) } }
            if let words = poll.words, !words.text.isEmpty {
                write(words, "description", "description_entities", to: &writer)
            }
            if poll.isQuiz, !poll.correct.isEmpty, isSolved {
                writer.field("correct_option_ids", poll.correct) { $0.integer($1) }
                writer.field("correct_option_id", poll.correct.first)
            }
            if let explanation = poll.explanation, !explanation.text.isEmpty, isSolved {
                write(explanation, "explanation", "explanation_entities", to: &writer)
            }
            writer.field("open_period", poll.openPeriod)
            writer.field("close_date", poll.closeDate)
        }
    }
}
