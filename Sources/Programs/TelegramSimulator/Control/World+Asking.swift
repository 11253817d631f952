extension World {
    // MARK: Inline mode

    /// Asks a bot in inline mode; answers the query's id.
    mutating func askInline(_ text: String, offset: String, of bot: Int64, by user: Int64, in key: ChatKey?)
        throws(APIError) -> String
    {
        guard let known = bots[bot] else { throw ControlRefusal.missing("bot") }
        guard known.supportsInline else { throw ControlRefusal.conflict("the bot has no inline mode") }
        let query = String(dealer.next(in: 1_000_000_000_000_000_000...4_000_000_000_000_000_000))
        pending.sweep(now: now)
        var type: String?
        if let key {
            type = key == .dialog(bot: bot, user: user) ? "sender" : chats[key]?.kind.rawValue
        }
        let asked = InlineQuery(
            bot: bot, user: user, text: text, expires: now + UpdateKind.inlineQuery.lifetime, offset: offset,
            chatType: type)
        pending.inline[query] = asked
        // Who asks what was answered a while ago gets that answer.
        let question = InlineQuestion(bot: bot, text: text, offset: offset, chatType: type, user: user)
        if let kept = keptAnswer(to: question) {
            tell(kept, to: asked, query)
            return query
        }
        let chatType = type
        emit(.inlineQuery, to: bot, lane: "i\(user)") { world, writer in
            writer.object { writer in
                writer.field("id", query)
                writer.key("from")
                world.write(account: user, to: &writer)
                writer.field("chat_type", chatType)
                writer.field("query", text)
                writer.field("offset", offset)
            }
        }
        return query
    }

    /// Posts the result that a person chose.
    mutating func choose(
        _ result: JSONNode, of query: InlineQuery, by user: Int64, in key: ChatKey, prepared: [String: PreparedFile]
    ) throws(APIError) -> Message {
        if let allowed = query.allowed, !isAllowed(key, allowed) {
            throw ControlRefusal.denied("the message may not go to this chat")
        }
        let (sent, inlineID) = try post(result, via: query.bot, by: user, in: key, prepared: prepared)
        emit(.chosenInlineResult, to: query.bot, lane: "o\(user)") { world, writer in
            writer.object { writer in
                writer.field("result_id", result["id"]?.scalar ?? "")
                writer.key("from")
                world.write(account: user, to: &writer)
                writer.field("inline_message_id", inlineID)
                writer.field("query", query.text)
            }
        }
        return sent
    }

    private func isAllowed(_ key: ChatKey, _ allowed: ChosenChats) -> Bool {
        switch chats[key]?.kind {
        case .dialog, nil: allowed.bots
        case .group, .supergroup: allowed.groups
        case .channel: allowed.channels
        }
    }

    /// Posts an inline result in a person's name; where it has a keyboard, the bot can change it by the id.
    mutating func post(
        _ result: JSONNode, via bot: Int64, by user: Int64, in key: ChatKey, prepared: [String: PreparedFile]
    ) throws(APIError) -> (message: Message, inlineID: String?) {
        let content = try InlineContent.make(result, prepared, bot: bot, in: &self)
        var keyboard = InlineContent.button(of: content).map { [[$0]] }
        if let markup = result["reply_markup"],
            case .inline(let rows)? = try MarkupArgument.parse(markup, isLocal: options.allowsLoopback)
        {
            keyboard = rows
        }
        let inlineID = keyboard == nil ? nil : Dealer.text([dealer.next(), dealer.next()])
        let preview = try result["input_message_content"].flatMap { (node) throws(APIError) in
            try LinkPreviewArgument.parse(Arguments(node))
        }
        let sent = try say(
            content, by: user, in: key, via: bot, keyboard: keyboard, inlineID: inlineID, preview: preview)
        if let inlineID {
            inlineMessages[inlineID] = MessagePlace(chat: key, message: sent.id)
            changed(.place(inlineID))
        }
        return (sent, inlineID)
    }

    // MARK: Payments

    /// Starts paying a bill; answers the id of the query that the bot gets.
    mutating func pay(_ arguments: Arguments, by user: Int64) throws(APIError) -> String {
        let slug = arguments.has("slug") ? arguments["slug"] : nil
        let place: MessagePlace
        let invoice: Invoice
        if let slug {
            guard let bill = bills[slug] else { throw ControlRefusal.missing("invoice") }
            invoice = bill
            place = MessagePlace(chat: openDialog(bot: bill.bot, user: user), message: 0)
        } else {
            place = try message(arguments, in: try chat(arguments, of: user))
            if case .paid(let paid)? = message(place)?.content { return try buy(paid, by: user, at: place) }
            guard case .invoice(let bill)? = message(place)?.content else {
                throw ControlRefusal.bad("the message is no invoice")
            }
            invoice = bill
        }
        if invoice.isPaid { throw ControlRefusal.conflict("the invoice is paid") }
        let tip = arguments.integer("tip", in: 0...1_000_000_000)
        if tip > invoice.maximumTip { throw ControlRefusal.bad("the tip is too large") }
        let option = arguments["shipping_option"]
        let order = order(arguments, invoice)
        let id = String(dealer.next(in: 1_000_000_000_000_000_000...4_000_000_000_000_000_000))
        var query = CheckoutQuery(
            bot: invoice.bot, user: user, place: place, invoice: invoice, slug: slug, total: invoice.total + tip,
            order: order, expires: now + 10)
        if invoice.isFlexible, invoice.needsAddress, option.isEmpty {
            query.expires = now + UpdateKind.shippingQuery.lifetime
            pending.shippings[id] = query
            let address = Self.address(arguments)
            emit(.shippingQuery, to: invoice.bot, lane: "y\(user)") { world, writer in
                writer.object { writer in
                    writer.field("id", id)
                    writer.key("from")
                    world.write(account: user, to: &writer)
                    writer.field("invoice_payload", invoice.payload)
                    writer.field("shipping_address", raw: address)
                }
            }
            return id
        }
        if !option.isEmpty {
            guard
                let offer = pending.shippings.values.first(where: {
                    $0.place == place && $0.slug == slug && $0.user == user && !$0.options.isEmpty
                }),
                let chosen = offer.options.first(where: { $0["id"]?.string == option }),
                let prices = chosen["prices"]?.array
            else { throw ControlRefusal.missing("shipping option") }
            query.total += try InvoiceArgument.sum(prices)
            query.shippingOption = option
        }
        pending.sweep(now: now)
        pending.checkouts[id] = query
        let asked = query
        emit(.preCheckoutQuery, to: invoice.bot, lane: "y\(user)") { world, writer in
            writer.object { writer in
                writer.field("id", id)
                writer.key("from")
                world.write(account: user, to: &writer)
                writer.field("currency", invoice.currency)
                writer.field("total_amount", asked.total)
                writer.field("invoice_payload", invoice.payload)
                writer.field("shipping_option_id", asked.shippingOption)
                writer.field("order_info", raw: asked.order)
            }
        }
        return id
    }

    /// Buys paid media: nobody is asked, the bot is told.
    private mutating func buy(_ paid: PaidMedia, by user: Int64, at place: MessagePlace) throws(APIError) -> String {
        if paid.buyers.contains(user) { throw ControlRefusal.conflict("the media are paid") }
        guard let bot = message(place)?.writer ?? channelBot(of: place), bots[bot] != nil else {
            throw ControlRefusal.missing("bot")
        }
        edit(place) { message in
            guard case .paid(var bought) = message.content else { return }
            bought.buyers.insert(user)
            message.content = .paid(bought)
        }
        let charge = Dealer.text([dealer.next(), dealer.next()])
        // What a post earns is the channel's; the bot hears nothing of it.
        if isChannel(place.chat) { return charge }
        editBot(bot) { $0.stars += paid.stars }
        payments[charge] = PaidCharge(
            user: user, bot: bot,
            payment: Payment(
                currency: InvoiceArgument.stars, total: paid.stars, payload: paid.payload, charge: charge,
                providerCharge: ""), date: now, number: payments.count, isForMedia: true)
        changed(.payment(charge))
        // Of media without a payload the bot is not told.
        if paid.payload.isEmpty { return charge }
        emit(.purchasedPaidMedia, to: bot, lane: "u\(user)") { world, writer in
            writer.object { writer in
                writer.key("from")
                world.write(account: user, to: &writer)
                writer.field("paid_media_payload", paid.payload)
            }
        }
        return charge
    }

    /// Ends a payment whose bot did not answer in time.
    mutating func expireCheckout(_ id: String) {
        guard let query = pending.checkouts[id], query.expires <= now else { return }
        pending.checkouts[id] = nil
        tellPayment(query, isOK: false, error: "The bot did not answer in time")
    }

    private static func address(_ arguments: Arguments) -> [UInt8] {
        if let node = arguments.json("address"), node.isObject { return node.bytes }
        return WireWriter.bytes { writer in
            writer.object { writer in
                writer.field("country_code", "DE")
                writer.field("state", "")
                writer.field("city", "Berlin")
                writer.field("street_line1", arguments["address"].isEmpty ? "Unter den Linden 1" : arguments["address"])
                writer.field("street_line2", "")
                writer.field("post_code", "10117")
            }
        }
    }

    private func order(_ arguments: Arguments, _ invoice: Invoice) -> [UInt8]? {
        guard invoice.needsName || invoice.needsEmail || invoice.needsPhone || invoice.needsAddress else { return nil }
        func text(_ name: String) -> String? { arguments[name].isEmpty ? nil : arguments[name] }
        return WireWriter.bytes { writer in
            writer.object { writer in
                if invoice.needsName { writer.field("name", text("name") ?? "Test Payer") }
                if invoice.needsPhone { writer.field("phone_number", text("phone") ?? "15550100") }
                if invoice.needsEmail { writer.field("email", text("email") ?? "payer@example.com") }
                if invoice.needsAddress { writer.field("shipping_address", raw: Self.address(arguments)) }
            }
        }
    }
}

/// Makes the content of a message out of an inline result.
enum InlineContent {
    private static let media: [String: Media.Kind] = [
        "photo": .photo, "gif": .animation, "mpeg4_gif": .animation, "video": .video, "audio": .audio,
        "voice": .voice, "document": .document, "sticker": .sticker,
    ]

    static func make(_ result: JSONNode, _ prepared: [String: PreparedFile], bot: Int64, in world: inout World)
        throws(APIError) -> Content
    {
        if let content = result["input_message_content"] {
            if let text = content["message_text"]?.string {
                return .text(
                    try TextArgument.formatted(
                        text, mode: content["parse_mode"]?.string ?? "", entities: content["entities"]))
            }
            return try plain(content, bot: bot, in: world)
        }
        let type = result["type"]?.string ?? ""
        guard let kind = media[type] else { return try plain(result, bot: bot, in: world) }
        let caption = try TextArgument.caption(result)
        var found: Media
        if let id = result["\(AnswerInlineQuery.field(type))_file_id"]?.string {
            found = try world.media(kind, id: id)
        } else if let file = prepared["result"] {
            found = try world.media(kind, file)
        } else {
            throw ControlRefusal.bad("the result has no file")
        }
        if found.name == nil, kind == .document { found.name = result["title"]?.string }
        world.remember(found)
        return .media(
            found, caption: caption, isAbove: result["show_caption_above_media"]?.bool ?? false, isSpoiler: false)
    }

    /// The button that a bill or a game has where its bot names none.
    static func button(of content: Content) -> InlineButton? {
        switch content {
        case .game(let game): InlineButton(text: "Play \(game.title)", action: .game)
        case .invoice(let invoice):
            InlineButton(text: "Pay \(InvoiceArgument.amount(invoice.total, invoice.currency))", action: .pay)
        default: nil
        }
    }

    /// Reads what needs no file.
    static func plain(_ node: JSONNode, bot: Int64, in world: World) throws(APIError) -> Content {
        let arguments = Arguments(node)
        if let phone = node["phone_number"]?.string {
            return .contact(
                phone: phone, firstName: node["first_name"]?.string ?? "", lastName: node["last_name"]?.string,
                user: nil, vcard: node["vcard"]?.string)
        }
        if let name = node["game_short_name"]?.string { return .game(GameCard(named: name)) }
        if node["payload"] != nil {
            return .invoice(try InvoiceArgument.parse(Call(bot: bot, method: "", arguments: arguments)))
        }
        guard let latitude = node["latitude"]?.double, let longitude = node["longitude"]?.double else {
            throw ControlRefusal.bad("the result has no content")
        }
        guard let title = node["title"]?.string, let address = node["address"]?.string else {
            if let live = try LiveLocationArgument.parse(arguments, now: world.now) { return .live(live) }
            return .location(
                latitude: latitude, longitude: longitude, accuracy: LiveLocationArgument.accuracy(arguments))
        }
        return .venue(
            latitude: latitude, longitude: longitude, title: title, address: address,
            source: VenueSource { node[$0]?.string })
    }
}
