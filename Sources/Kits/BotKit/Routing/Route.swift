/// One declared route: what fits it, and what is done.
struct Route: Sendable {
    /// What fits a route, in the order of how cheap it is to find out.
    enum Match: Sendable {
        case command(String)
        case payload(String)
        case text
        case label([String])
        case dialogue(String)
        case album
        case test(@Sendable (Context) -> Bool)
        case any

        static func == (match: Match, other: Match) -> Bool {
            switch (match, other) {
            case (.command(let name), .command(let otherName)): name == otherName
            default: false
            }
        }
    }

    let match: Match
    /// Kinds of update that the route may fit.
    let kinds: Set<UpdateKind>
    let run: Handler
}

/// The declared routes, arranged so that an update meets only those that may fit it.
struct RouteTable: Sendable {
    private let commands: [String: Int]
    private let payloads: [String: Int]
    /// The other routes by kind, with their places.
    private let others: [UpdateKind: [(place: Int, route: Route)]]
    private let routes: [Route]
    private let album: Route?
    /// Kinds that the bot asks Telegram for.
    let kinds: Set<UpdateKind>

    /// Whether the parts of albums are to be gathered.
    var gathersAlbums: Bool { album != nil }

    init(_ declared: Routes) {
        routes = declared.routes
        var commands: [String: Int] = [:]
        var payloads: [String: Int] = [:]
        var others: [UpdateKind: [(Int, Route)]] = [:]
        var album: Route?
        var kinds: Set<UpdateKind> = [.message]
        for route in routes { kinds.formUnion(route.kinds) }
        for (place, route) in routes.enumerated() {
            switch route.match {
            case .command(let name): commands[name] = place
            case .payload(let tag): payloads[tag] = place
            case .album: album = album ?? route
            case .text, .label, .dialogue, .test, .any:
                for kind in route.kinds {
                    others[kind, default: []].append((place, route))
                }
            }
        }
        self.commands = commands
        self.payloads = payloads
        self.album = album
        self.others = others.mapValues { $0.map { (place: $0.0, route: $0.1) } }
        self.kinds = kinds
    }

    /// Whether a route takes this command.
    func hasCommand(_ name: String) -> Bool { commands[name] != nil }

    /// The first route in the order of declaration that fits.
    func route(for ctx: Context) -> Route? {
        if ctx.isAlbum { return album }
        var direct: Int?
        switch ctx.kind {
        case .message:
            if let command = ctx.command { direct = commands[command.name] }
        case .callbackQuery:
            if let data = ctx.update.callbackQuery?.data { direct = payloads[String(CallbackCoding.tag(of: data))] }
        default: break
        }
        if ctx.isForAnotherBot { return nil }
        for (place, route) in others[ctx.kind] ?? [] {
            if let direct, direct < place { break }
            if fits(route, ctx) { return route }
        }
        return direct.map { routes[$0] }
    }

    private func fits(_ route: Route, _ ctx: Context) -> Bool {
        switch route.match {
        case .command, .payload, .album: false
        case .text: ctx.command == nil && ctx.message?.text != nil
        case .label(let labels): ctx.message?.text.map { labels.contains($0) } ?? false
        case .dialogue(let name): ctx.isInDialogue(name)
        case .test(let test): test(ctx)
        case .any: true
        }
    }
}
