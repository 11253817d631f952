/// `answerShippingQuery` and `answerPreCheckoutQuery`.
enum AnswerCheckout {
    static let shipping: Handler = { (world, call) throws(APIError) in
        let arguments = call.arguments
        let id = arguments["shipping_query_id"]
        let isOK = arguments.bool("ok")
        let reason = isOK ? "" : try arguments.required("error_message")
        let offers = isOK ? try ShippingArgument.parse(arguments) : []
        guard var query = world.pending.shippings[id], query.bot == call.bot, query.expires > world.now else {
            throw AnswerCallbackQuery.tooOld
        }
        guard isOK else {
            world.pending.shippings[id] = nil
            world.tellPayment(query, isOK: false, error: reason)
            return .yes
        }
        query.options = offers.map(\.node)
        world.pending.shippings[id] = query
        let chat = world.id(of: query.place.chat)
        world.effects.events.append(
            .personal(
                "payment", user: query.user,
                WireWriter.bytes { writer in
                    writer.object { writer in
                        writer.field("chat", chat)
                        writer.field("message", query.place.message)
                        writer.field("slug", query.slug)
                        writer.field("shipping", offers) { writer, option in
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
        let isOK = arguments.bool("ok")
        let reason = isOK ? "" : try arguments.required("error_message")
        guard let query = world.pending.checkouts[id], query.bot == call.bot, query.expires > world.now else {
            throw AnswerCallbackQuery.tooOld
        }
        world.pending.checkouts[id] = nil
        if isOK { world.complete(query) }
        world.tellPayment(query, isOK: isOK, error: isOK ? nil : reason)
        return .yes
    }
}

/// `refundStarPayment`, `getMyStarBalance` and `getStarTransactions`.
enum Stars {
    static let refund: Handler = { (world, call) throws(APIError) in
        let user = try MemberArgument.user(call.arguments)
        let id = try call.arguments.required("telegram_payment_charge_id")
        guard var charge = world.payments[id], charge.user == user, charge.bot == call.bot,
            charge.payment.currency == InvoiceArgument.stars
        else {
            throw .badRequest("CHARGE_NOT_FOUND")
        }
        if charge.isRefunded { throw .badRequest("CHARGE_ALREADY_REFUNDED") }
        charge.isRefunded = true
        charge.refundedAt = world.now
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
        let list = transactions(of: call.bot, world)
        return .writing { writer in
            writer.object { writer in
                writer.field("transactions", list.dropFirst(offset).prefix(limit)) { writer, item in
                    writer.object { world.write(item, to: &$0) }
                }
            }
        }
    }

    /// What came in and went out, the earliest first; a refund has the name of what it gives back.
    private static func transactions(of bot: Int64, _ world: World) -> [StarTransaction] {
        var list: [StarTransaction] = []
        for (id, charge) in world.payments
        where charge.bot == bot && charge.payment.currency == InvoiceArgument.stars {
            list.append(StarTransaction(id: id, charge: charge, date: charge.date, isRefund: false))
            if charge.isRefunded {
                let date = charge.refundedAt ?? charge.date
                list.append(StarTransaction(id: id, charge: charge, date: date, isRefund: true))
            }
        }
        return list.sorted { ($0.date, $0.order, $0.id) < ($1.date, $1.order, $1.id) }
    }
}

/// Stars that came or went.
struct StarTransaction: Sendable {
    var id: String
    var charge: PaidCharge
    var date: Int64
    var isRefund: Bool

    /// Tells apart what happened within a second: refunds come after payments.
    var order: Int { (charge.number ?? 0) + (isRefund ? 1 << 32 : 0) }
}

extension World {
    func write(_ item: StarTransaction, to writer: inout WireWriter) {
        let charge = item.charge
        writer.field("id", item.id)
        writer.field("amount", charge.payment.total)
        writer.field("date", item.date)
        writer.field(
            item.isRefund ? "receiver" : "source",
            object: { writer in
                writer.field("type", "user")
                writer.field("transaction_type", charge.isForMedia == true ? "paid_media_payment" : "invoice_payment")
                writer.key("user")
                write(account: charge.user, to: &writer)
                writer.field(
                    charge.isForMedia == true ? "paid_media_payload" : "invoice_payload", charge.payment.payload)
                if charge.payment.paidUntil != nil { writer.field("subscription_period", InvoiceArgument.month) }
            })
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
        var payment = Payment(
            currency: invoice.currency, total: query.total, payload: invoice.payload, charge: charge,
            providerCharge: invoice.currency == InvoiceArgument.stars
                ? "\(query.user)_0" : Dealer.text([dealer.next()]),
            shippingOption: query.shippingOption, order: query.order, title: invoice.title)
        payment.paidUntil = invoice.period.map { now + $0 }
        payments[charge] = PaidCharge(
            user: query.user, bot: query.bot, payment: payment, date: now, number: payments.count)
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
