/// Reads `shipping_options`.
enum ShippingArgument {
    /// A way of sending goods, with the sum of its prices.
    struct Option: Sendable {
        var id: String
        var title: String
        var total: Int64
        var node: JSONNode
    }

    static func parse(_ arguments: Arguments) throws(APIError) -> [Option] {
        _ = try arguments.required("shipping_options")
        guard let node = arguments.json("shipping_options") else {
            throw .badRequest("can't parse shipping options JSON object")
        }
        guard let items = node.array else { throw .badRequest("expected an Array of shipping options") }
        var options: [Option] = []
        for item in items { options.append(try option(item)) }
        if options.isEmpty { throw .badRequest("there must be at least one shipping option") }
        return options
    }

    private static func option(_ item: JSONNode) throws(APIError) -> Option {
        func fault(_ reason: String) -> APIError { .badRequest("can't parse shipping option: \(reason)") }
        guard item.isObject else { throw fault("ShippingOption must be an Object") }
        guard let id = item["id"]?.scalar else { throw fault("Can't find field \"id\"") }
        if id.isEmpty { throw fault("ShippingOption identifier must be non-empty") }
        guard let title = item["title"]?.scalar else { throw fault("Can't find field \"title\"") }
        if title.isEmpty { throw fault("ShippingOption title must be non-empty") }
        guard let prices = item["prices"] else { throw fault("Can't find field \"prices\"") }
        guard let list = prices.array else { throw fault("Field \"prices\" must be of type Array") }
        let total = try InvoiceArgument.sum(
            list, prefix: "can't parse shipping option: Can't parse shipping option prices: ")
        return Option(id: id, title: title, total: total, node: item)
    }
}
