/// `sendInvoice` and `createInvoiceLink`.
enum SendInvoice {
    static let send: Handler = { (world, call) throws(APIError) in
        let invoice = try InvoiceArgument.parse(call)
        let send = try SendArguments.parse(call, in: &world, right: "can_send_other_messages", what: "invoices")
        if case .inline(let keyboard)? = send.markup, let first = keyboard.first?.first, first.action != .pay {
            throw .badRequest("the first button of an invoice must be a Pay button")
        }
        var arguments = send
        if send.markup == nil {
            let label =
                "Pay \(invoice.currency == "XTR" ? "⭐️" : "")\(InvoiceArgument.amount(invoice.total, invoice.currency))"
            arguments.markup = .inline([[InlineButton(text: label, action: .pay)]])
        }
        return world.answer(world.send(.invoice(invoice), arguments, by: call.bot), in: send.key)
    }

    static let link: Handler = { (world, call) throws(APIError) in
        let invoice = try InvoiceArgument.parse(call)
        let slug = Dealer.text([world.dealer.next()])
        world.bills[slug] = invoice
        return .writing { $0.string("https://t.me/$\(slug)") }
    }
}

/// Reads what an invoice asks for.
enum InvoiceArgument {
    static let stars = "XTR"
    private static let whole: Set<String> = ["XTR", "JPY", "KRW", "VND", "CLP", "ISK", "UGX", "PYG"]

    static func amount(_ total: Int64, _ currency: String) -> String {
        if currency == stars { return "\(total)" }
        if whole.contains(currency) { return "\(total) \(currency)" }
        let cents = total % 100
        return "\(total / 100).\(cents < 10 ? "0" : "")\(cents) \(currency)"
    }

    static func parse(_ call: Call) throws(APIError) -> Invoice {
        let arguments = call.arguments
        for (name, limit) in [("title", 32), ("description", 255)] {
            let text = arguments[name]
            if text.isEmpty { throw .badRequest("wrong invoice information specified") }
            if text.unicodeScalars.count > limit { throw .badRequest("INVOICE_\(name.uppercased())_TOO_LONG") }
        }
        let payload = arguments["payload"]
        guard (1...128).contains(payload.utf8.count) else { throw .badRequest("INVOICE_PAYLOAD_INVALID") }
        let currency = arguments["currency"].uppercased()
        let total = try prices(arguments)
        guard currency.utf8.count == 3, currency.utf8.allSatisfy(\.isLetter) else {
            throw .badRequest("CURRENCY_INVALID")
        }
        var invoice = Invoice(
            title: arguments["title"], description: arguments["description"], payload: payload, currency: currency,
            total: total.sum, bot: call.bot)
        if currency == stars {
            guard total.count == 1, (1...25_000).contains(total.sum), arguments["provider_token"].isEmpty else {
                throw .badRequest("STARS_INVOICE_INVALID")
            }
        } else {
            if arguments["provider_token"].isEmpty { throw .badRequest("PAYMENT_PROVIDER_INVALID") }
            guard total.sum > 0 else { throw .badRequest("CURRENCY_TOTAL_AMOUNT_INVALID") }
        }
        invoice.startParameter = arguments["start_parameter"]
        invoice.maximumTip = arguments.integer("max_tip_amount", in: 0...1_000_000_000)
        if !arguments["suggested_tip_amounts"].isEmpty {
            guard let tips = arguments.json("suggested_tip_amounts")?.array else {
                throw .badRequest("can't parse suggested tip amounts JSON object")
            }
            if tips.count > 4 { throw .badRequest("there can be at most 4 suggested tip amounts") }
            invoice.suggestedTips = tips.compactMap(\.integer)
        }
        invoice.needsName = arguments.bool("need_name")
        invoice.needsPhone = arguments.bool("need_phone_number")
        invoice.needsEmail = arguments.bool("need_email")
        invoice.needsAddress = arguments.bool("need_shipping_address")
        invoice.isFlexible = arguments.bool("is_flexible")
        if !arguments["photo_url"].isEmpty { invoice.photoURL = arguments["photo_url"] }
        return invoice
    }

    private static func prices(_ arguments: Arguments) throws(APIError) -> (sum: Int64, count: Int) {
        guard let node = arguments.json("prices") else { throw .badRequest("can't parse prices JSON object") }
        guard let items = node.array else { throw .badRequest("expected an Array of labeled prices") }
        if items.isEmpty { throw .badRequest("there must be at least one price") }
        return (try sum(items), items.count)
    }

    /// The sum of an array of labeled prices.
    static func sum(_ items: [JSONNode]) throws(APIError) -> Int64 {
        var sum: Int64 = 0
        for item in items {
            guard item.isObject else { throw .badRequest("can't parse labeled price: expected an Object") }
            guard let label = item["label"]?.string, !label.isEmpty else {
                throw .badRequest("can't parse labeled price: LabeledPrice label must be non-empty")
            }
            guard let amount = item["amount"]?.integer, abs(amount) < 1 << 50 else {
                throw .badRequest("can't parse labeled price: Can't find field \"amount\"")
            }
            sum += amount
        }
        return sum
    }
}
