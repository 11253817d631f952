/// `answerShippingQuery` and `answerPreCheckoutQuery`.
enum AnswerCheckout {
    static let shipping: Handler = { (world, call) throws(APIError) in
        let arguments = call.arguments
        let id = arguments["shipping_query_id"]
        guard var query = world.pending.shippings[id], query.bot == call.bot, query.expires > world.now else {
            throw AnswerCallbackQuery.tooOld
        }
        guard arguments.bool("ok") else {
            let reason = arguments["error_message"]
            if reason.isEmpty { throw .badRequest("error_message is empty") }
            world.pending.shippings[id] = nil
            world.tellPayment(query, isOK: false, error: reason)
            return .yes
        }
        guard let node = arguments.json("shipping_options") else {
            throw .badRequest("can't parse shipping options JSON object")
        }
        guard let options = node.array, !options.isEmpty else {
            throw .badRequest("there must be at least one shipping option")
        }
        var totals: [(id: String, title: String, total: Int64)] = []
        for option in options {
            guard let name = option["id"]?.string, let title = option["title"]?.string,
                let prices = option["prices"]?.array
            else { throw .badRequest("can't parse shipping option: expected an Object") }
            totals.append((name, title, try InvoiceArgument.sum(prices)))
        }
        query.options = options
        world.pending.shippings[id] = query
        let chat = world.id(of: query.place.chat)
        let offered = totals
        world.effects.events.append(
            .personal(
                "payment", user: query.user,
                WireWriter.bytes { writer in
                    writer.object { writer in
                        writer.field("chat", chat)
                        writer.field("message", query.place.message)
                        writer.field("slug", query.slug)
                        writer.field("shipping", offered) { writer, option in
                            writer.object { writer in
                                writer.field("id", option.id)
                                writer.field("title", option.title)
                                writer.field("total", option.total)
                            }
                        }
                    }
                }))
        return .yes
    }

    static let preCheckout: Handler = { (world, call) throws(APIError) in
        let arguments = call.arguments
        let id = arguments["pre_checkout_query_id"]
        guard let query = world.pending.checkouts[id], query.bot == call.bot, query.expires > world.now else {
            throw AnswerCallbackQuery.tooOld
        }
        let isOK = arguments.bool("ok")
        let reason = arguments["error_message"]
        if !isOK, reason.isEmpty { throw .badRequest("error_message is empty") }
        world.pending.checkouts[id] = nil
        if isOK { world.complete(query) }
        world.tellPayment(query, isOK: isOK, error: isOK ? nil : reason)
        return .yes
    }
}

/// `refundStarPayment`, `getMyStarBalance` and `getStarTransactions`.
enum Stars {
    static let refund: Handler = { (world, call) throws(APIError) in
        let id = call.arguments["telegram_payment_charge_id"]
        let user = call.arguments.int64("user_id")
        guard var charge = world.payments[id], charge.user == user, charge.bot == call.bot else {
            throw .badRequest("CHARGE_NOT_FOUND")
        }
        if charge.isRefunded { throw .badRequest("CHARGE_ALREADY_REFUNDED") }
        charge.isRefunded = true
        world.payments[id] = charge
        world.changed(.payment(id))
        let amount = charge.payment.total
        world.editBot(call.bot) { $0.stars -= amount }
        let key = world.openDialog(bot: call.bot, user: user)
        world.post(Message(id: 0, date: world.now, sender: user, content: .refund(charge.payment)), in: key)
        return .yes
    }

    static let balance: Handler = { (world, call) throws(APIError) in
        let stars = world.bots[call.bot]?.stars ?? 0
        return .writing { $0.object { $0.field("amount", stars) } }
    }

    static let transactions: Handler = { (world, call) throws(APIError) in
        let offset = Int(call.arguments.integer("offset", in: 0...1_000_000_000))
        let limit = Int(call.arguments.integer("limit", default: 100, in: 1...100))
        let list = world.payments.sorted { $0.key < $1.key }.filter {
            $0.value.bot == call.bot && $0.value.payment.currency == InvoiceArgument.stars
        }
        return .writing { writer in
            writer.object { writer in
                writer.field("transactions", list.dropFirst(offset).prefix(limit)) { writer, item in
                    writer.object { writer in
                        writer.field("id", item.key)
                        writer.field("amount", item.value.payment.total)
                        writer.field("date", item.value.date)
                        writer.field(
                            item.value.isRefunded ? "receiver" : "source",
                            object: { writer in
                                writer.field("type", "user")
                                writer.field("transaction_type", "invoice_payment")
                                writer.key("user")
                                world.write(account: item.value.user, to: &writer)
                                writer.field("invoice_payload", item.value.payment.payload)
                            })
                    }
                }
            }
        }
    }
}

extension World {
    /// Carries a payment out: the bill is marked, the bot gets the message that says so.
    mutating func complete(_ query: CheckoutQuery) {
        var invoice = query.invoice
        if query.slug == nil {
            guard case .invoice(let bill)? = message(query.place)?.content else { return }
            invoice = bill
            invoice.isPaid = true
            edit(query.place) { $0.content = .invoice(invoice) }
        }
        let charge = Dealer.text([dealer.next(), dealer.next()])
        let payment = Payment(
            currency: invoice.currency, total: query.total, payload: invoice.payload, charge: charge,
            providerCharge: invoice.currency == InvoiceArgument.stars
                ? "\(query.user)_0" : Dealer.text([dealer.next()]),
            shippingOption: query.shippingOption, order: query.order, title: invoice.title)
        payments[charge] = PaidCharge(user: query.user, bot: query.bot, payment: payment, date: now)
        changed(.payment(charge))
        if invoice.currency == InvoiceArgument.stars { editBot(query.bot) { $0.stars += query.total } }
        post(Message(id: 0, date: now, sender: query.user, content: .payment(payment)), in: query.place.chat)
    }

    /// Tells the payer how a payment went.
    mutating func tellPayment(_ query: CheckoutQuery, isOK: Bool, error: String?) {
        let chat = id(of: query.place.chat)
        let data = WireWriter.bytes { writer in
            writer.object { writer in
                writer.field("chat", chat)
                writer.field("message", query.place.message)
                writer.field("slug", query.slug)
                writer.field("ok", isOK)
                writer.field("error", error)
            }
        }
        effects.events.append(.personal("payment", user: query.user, data))
    }
}
