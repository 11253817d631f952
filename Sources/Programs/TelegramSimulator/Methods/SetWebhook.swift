/// `setWebhook` and `deleteWebhook`; whether the address can be reached is asked before, with ``trial(_:of:in:)``.
enum SetWebhook {
    static let ports = [80, 88, 443, 8443]

    static let set: Handler = { (world, call) throws(APIError) in
        let arguments = call.arguments
        let url = arguments["url"].trimmingSpaces()
        if arguments.bool("drop_pending_updates") { world.dropUpdates(of: call.bot) }
        if url.isEmpty { return remove(&world, call) }
        let webhook = try parse(url, arguments, world.options)
        world.choose(updates: arguments, for: call.bot)
        let isSame = world.bots[call.bot]?.webhook.map { old in
            old.url == webhook.url && old.secret == webhook.secret
                && old.maximumConnections == webhook.maximumConnections && old.address == webhook.address
        }
        if isSame == true { return .yes("Webhook is already set") }
        world.editBot(call.bot) { $0.webhook = webhook }
        world.effects.wakes.insert(call.bot)
        return .yes("Webhook was set")
    }

    /// The connection that must be possible before a webhook is set: none where it is removed or stays as it is.
    static func trial(_ arguments: Arguments, of bot: Int64, in world: World) throws(APIError) -> Webhook? {
        let url = arguments["url"].trimmingSpaces()
        guard !url.isEmpty else { return nil }
        let webhook = try parse(url, arguments, world.options)
        return world.bots[bot]?.webhook?.url == webhook.url ? nil : webhook
    }

    static let delete: Handler = { (world, call) throws(APIError) in
        if call.arguments.bool("drop_pending_updates") { world.dropUpdates(of: call.bot) }
        return remove(&world, call)
    }

    private static func remove(_ world: inout World, _ call: Call) -> Answer {
        guard world.bots[call.bot]?.webhook != nil else { return .yes("Webhook is already deleted") }
        world.editBot(call.bot) { $0.webhook = nil }
        return .yes("Webhook was deleted")
    }

    private static func parse(_ url: String, _ arguments: Arguments, _ options: World.Options) throws(APIError)
        -> Webhook
    {
        func bad(_ reason: String) -> APIError { .badRequest("bad webhook: \(reason)") }
        guard let scheme = url.range(of: "://") else { throw .badRequest("invalid webhook URL specified") }
        let name = url[..<scheme.lowerBound].lowercased()
        guard name == "http" || name == "https" else { throw .badRequest("invalid webhook URL specified") }
        let rest = url[scheme.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let host = authority.split(separator: "@").last ?? ""
        if host.isEmpty { throw .badRequest("invalid webhook URL specified") }
        let hostName = host.prefix { $0 != ":" }
        let port =
            host.firstIndex(of: ":").flatMap { Int(host[host.index(after: $0)...]) } ?? (name == "https" ? 443 : 80)
        let isLoopback = hostName == "localhost" || hostName.hasPrefix("127.") || hostName == "[" || hostName == "::1"
        if !(options.isLocal || options.allowsLoopback && isLoopback) {
            guard name == "https" else { throw bad("An HTTPS URL must be provided for webhook") }
            guard ports.contains(port) else { throw bad("Webhook can be set up only on ports 80, 88, 443 or 8443") }
            if isLoopback { throw bad("IP address 127.0.0.1 is reserved") }
        }
        var webhook = Webhook(url: url)
        if !arguments["secret_token"].isEmpty {
            let secret = arguments["secret_token"]
            if secret.utf8.count > 256 { throw .badRequest("secret token is too long") }
            guard secret.utf8.allSatisfy({ $0.isLetterOrDigit || $0 == "_" || $0 == "-" }) else {
                throw .badRequest("secret token contains unallowed characters")
            }
            webhook.secret = secret
        }
        let maximum: Int64 = options.isLocal ? 100_000 : 100
        webhook.maximumConnections = Int(
            arguments.integer("max_connections", default: options.isLocal ? 100 : 40, in: 1...maximum))
        webhook.address = arguments["ip_address"].isEmpty ? (isLoopback ? "127.0.0.1" : nil) : arguments["ip_address"]
        webhook.hasCertificate = arguments.files["certificate"] != nil
        return webhook
    }
}

extension World {
    mutating func dropUpdates(of bot: Int64) {
        for id in queues[bot]?.removeAll() ?? [] { changed(.update(bot, id)) }
    }

    /// Applies `allowed_updates`: absent or unreadable changes nothing, empty or unknown is the default.
    mutating func choose(updates arguments: Arguments, for bot: Int64) {
        guard !arguments["allowed_updates"].isEmpty, let items = arguments.json("allowed_updates")?.array else {
            return
        }
        let names = Set(items.compactMap(\.string).map { $0.lowercased() }).intersection(UpdateKind.knownNames)
        guard bots[bot]?.allowedUpdates ?? [] != names else { return }
        editBot(bot) { $0.allowedUpdates = names.isEmpty ? nil : names }
    }
}
