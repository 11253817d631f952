internal import HTTP

/// `setWebhook` and `deleteWebhook`; whether the address can be reached is asked before, with ``trial(_:of:in:)``.
enum SetWebhook {
    static let ports = [80, 88, 443, 8443]
    /// What is answered where nothing changes.
    static let alreadySet = "Webhook is already set"

    static let set: Handler = { (world, call) throws(APIError) in
        let arguments = call.arguments
        let url = arguments["url"].trimmingSpaces()
        if url.isEmpty { return try delete(&world, call) }
        var webhook = try parse(url, arguments, world.options)
        if arguments.bool("drop_pending_updates") { world.dropUpdates(of: call.bot) }
        world.choose(updates: arguments, for: call.bot)
        if let old = world.bots[call.bot]?.webhook, old.url == webhook.url {
            let isSame =
                old.secret == webhook.secret && old.maximumConnections == webhook.maximumConnections
                && old.address == webhook.address && !webhook.hasCertificate && !old.hasCertificate
                && !arguments.bool("drop_pending_updates")
            if isSame { return .yes(alreadySet) }
            webhook.resolved = old.resolved
        }
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
        guard world.bots[call.bot]?.webhook != nil else { return .yes("Webhook is already deleted") }
        world.editBot(call.bot) { $0.webhook = nil }
        return .yes("Webhook was deleted")
    }

    /// Whether updates may go to an address; a name may be any.
    static func isAllowed(_ address: String, _ options: World.Options) -> Bool {
        options.isLocal || !ReservedAddress.contains(address)
            || options.allowsLoopback && ReservedAddress.isLoopback(address)
    }

    private static func parse(_ url: String, _ arguments: Arguments, _ options: World.Options) throws(APIError)
        -> Webhook
    {
        func bad(_ reason: String) -> APIError { .badRequest("bad webhook: \(reason)") }
        guard let parsed = HTTPURL(url) else { throw .badRequest("invalid webhook URL specified") }
        let name = parsed.host.hasPrefix("[") ? String(parsed.host.dropFirst().dropLast()) : parsed.host
        let host = name == "localhost" ? "127.0.0.1" : name
        let address = arguments["ip_address"].isEmpty ? nil : arguments["ip_address"]
        let isLoopback = ReservedAddress.isLoopback(host)
        if !(options.isLocal || options.allowsLoopback && isLoopback) {
            guard parsed.scheme == "https" else { throw bad("An HTTPS URL must be provided for webhook") }
            guard ports.contains(parsed.effectivePort) else {
                throw bad("Webhook can be set up only on ports 80, 88, 443 or 8443")
            }
        }
        guard isAllowed(address ?? host, options) else { throw bad("IP address \(address ?? host) is reserved") }
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
        webhook.address = address ?? (isLoopback ? host : nil)
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
        // To name what comes anyway is no choice.
        let choice = names.isEmpty || names == UpdateKind.defaultNames ? nil : names
        guard bots[bot]?.allowedUpdates != choice else { return }
        editBot(bot) { $0.allowedUpdates = choice }
    }
}
