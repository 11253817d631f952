/// Bills and receipts as the page shows them.
enum BillView {
    static func write(_ invoice: Invoice, to writer: inout WireWriter) {
        writer.object { writer in
            writer.field("title", invoice.title)
            writer.field("description", invoice.description)
            writer.field("currency", invoice.currency)
            writer.field("total", invoice.total)
            writer.flag("paid", invoice.isPaid)
            if invoice.maximumTip > 0 {
                writer.field("maximum_tip", invoice.maximumTip)
                writer.field("tips", invoice.suggestedTips ?? []) { $0.integer($1) }
            }
            let needs = [
                ("name", invoice.needsName), ("phone", invoice.needsPhone), ("email", invoice.needsEmail),
                ("address", invoice.needsAddress),
            ].filter(\.1)
            if !needs.isEmpty { writer.field("needs", needs) { $0.string($1.0) } }
        }
    }

    static func write(_ payment: Payment, to writer: inout WireWriter) {
        writer.object { writer in
            writer.field("title", payment.title)
            writer.field("currency", payment.currency)
            writer.field("total", payment.total)
            writer.field("charge", payment.charge)
            writer.field("shipping_option", payment.shippingOption)
            writer.field("order", raw: payment.order)
        }
    }
}
