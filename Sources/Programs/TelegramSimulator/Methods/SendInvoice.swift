/// `sendInvoice` and `createInvoiceLink`.
enum SendInvoice {
    static let send: Handler = { (world, call) throws(APIError) in
        let invoice = try InvoiceArgument.parse(call)
        let send = try SendArguments.parse(call, in: &world, rights: [.invoices], buttons: .pay)
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
        var invoice = try InvoiceArgument.parse(call)
        let period = call.arguments.int64("subscription_period")
        if period != 0 {
            guard invoice.currency == InvoiceArgument.stars, period == InvoiceArgument.month else {
                throw .badRequest("SUBSCRIPTION_PERIOD_INVALID")
            }
            guard invoice.total <= 10_000 else { throw .badRequest("STARS_INVOICE_INVALID") }
            invoice.period = period
        }
        let slug = Dealer.text([world.dealer.next()])
        world.bills[slug] = invoice
        return .writing { $0.string("https://t.me/$\(slug)") }
    }
}

/// Reads what an invoice asks for.
enum InvoiceArgument {
    static let stars = "XTR"
    /// The one period that a subscription may have, in seconds.
    static let month: Int64 = 2_592_000
    /// Stars, and what the service lists for payments.
    private static let currencies: Set<Substring> = Set(
        """
        XTR AED AFN ALL AMD ARS AUD AZN BAM BDT BGN BND BOB BRL BYN CAD CHF CLP CNY COP CRC CZK DKK DOP DZD EGP ETB EUR
        GBP GEL GTQ HKD HNL HRK HUF IDR ILS INR ISK JMD JPY KES KGS KRW KZT LBP LKR MAD MDL MNT MUR MVR MXN MYR MZN NGN
        NIO NOK NPR NZD PAB PEN PHP PKR PLN PYG QAR RON RSD RUB SAR SEK SGD THB TJS TRY TTD TWD TZS UAH UGX USD UYU UZS
        VND YER ZAR
        """.split { $0 == " " || $0 == "\n" })
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
            let text = try arguments.required(name)
            if text.unicodeScalars.count > limit { throw .badRequest("INVOICE_\(name.uppercased())_TOO_LONG") }
        }
        let payload = try arguments.required("payload")
        let currency = try arguments.required("currency").uppercased()
        let total = try prices(arguments)
        guard total.sum > 0 else { throw .badRequest("total price must be positive") }
        let tips = try tips(arguments)
        if payload.utf8.count > 128 { throw .badRequest("INVOICE_PAYLOAD_INVALID") }
        guard currencies.contains(Substring(currency)) else { throw .badRequest("CURRENCY_INVALID") }
        guard zip(tips.suggested, tips.suggested.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw .badRequest("SUGGESTED_TIP_AMOUNTS_INVALID")
        }
        var invoice = Invoice(
            title: arguments["title"], description: arguments["description"], payload: payload, currency: currency,
            total: total.sum, bot: call.bot)
        if currency == stars {
            guard total.count == 1, (1...25_000).contains(total.sum), arguments["provider_token"].isEmpty,
                tips.maximum == 0
            else { throw .badRequest("STARS_INVOICE_INVALID") }
        } else {
            if arguments["provider_token"].isEmpty { throw .badRequest("PAYMENT_PROVIDER_INVALID") }
            // Of who pays with Stars nothing is asked.
            invoice.needsName = arguments.bool("need_name")
            invoice.needsPhone = arguments.bool("need_phone_number")
            invoice.needsEmail = arguments.bool("need_email")
            invoice.needsAddress = arguments.bool("need_shipping_address")
            invoice.isFlexible = arguments.bool("is_flexible")
        }
        invoice.startParameter = arguments["start_parameter"]
        invoice.maximumTip = tips.maximum
        invoice.suggestedTips = tips.suggested.isEmpty ? nil : tips.suggested
        if !arguments["photo_url"].isEmpty { invoice.photoURL = arguments["photo_url"] }
        return invoice
    }

    private static func tips(_ arguments: Arguments) throws(APIError) -> (maximum: Int64, suggested: [Int64]) {
        var maximum: Int64 = 0
        if !arguments["max_tip_amount"].isEmpty {
            guard let number = Int64(arguments["max_tip_amount"]) else {
                throw .badRequest("can't parse \"max_tip_amount\" as Number")
            }
            maximum = number
        }
        var suggested: [Int64] = []
        if !arguments["suggested_tip_amounts"].isEmpty {
            guard let node = arguments.json("suggested_tip_amounts") else {
                throw .badRequest("can't parse suggested_tip_amounts JSON object")
            }
            guard let items = node.array else { throw .badRequest("expected an Array of suggested tip amounts") }
            for item in items {
                guard let amount = item.integer else {
                    throw .badRequest("can't parse suggested tip amount as Number")
                }
                suggested.append(amount)
            }
        }
        guard (0...999_999_999_999).contains(maximum) else {
            throw .badRequest("invalid max_tip_amount of the currency specified")
        }
        for amount in suggested {
            if amount <= 0 { throw .badRequest("suggested tip amount must be positive") }
            if amount > maximum { throw .badRequest("suggested tip amount can't be bigger than max_tip_amount") }
        }
        if suggested.count > 4 { throw .badRequest("there can be at most 4 suggested tip amounts") }
        return (maximum, suggested)
    }

    private static func prices(_ arguments: Arguments) throws(APIError) -> (sum: Int64, count: Int) {
        _ = try arguments.required("prices")
        guard let node = arguments.json("prices") else { throw .badRequest("can't parse prices JSON object") }
        guard let items = node.array else { throw .badRequest("expected an Array of labeled prices") }
        return (try sum(items), items.count)
    }

    /// The sum of an array of labeled prices.
    ///
    /// - Parameter prefix: What a refusal begins with.
    static func sum(_ items: [JSONNode], prefix: String = "") throws(APIError) -> Int64 {
        func fault(_ reason: String) -> APIError { .badRequest("\(prefix)Can't parse labeled price: \(reason)") }
        var sum: Int64 = 0
        for item in items {
            guard item.isObject else { throw fault("LabeledPrice must be an Object") }
            guard let label = item["label"]?.scalar else {
                throw fault("Can't find field \"label\"")
            }
            if label.isEmpty { throw fault("LabeledPrice label must be non-empty") }
            guard let amount = item["amount"]?.integer, abs(amount) < 1 << 50 else {
                throw fault("Can't find field \"amount\"")
            }
            sum += amount
        }
        if items.isEmpty { throw .badRequest("\(prefix)There must be at least one price") }
        return sum
    }
}
