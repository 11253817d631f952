internal import Cryptography

/// What people do with Mini Apps.
enum AppActions {
    static let all: [(String, ControlAPI.Action)] = [
        ("open-app", open), ("close-app", close), ("app-data", sendData), ("app-write-access", allowWriting),
        ("app-contact", shareContact), ("app-method", invoke),
    ]

    static let views: [(String, ControlViews.View)] = [
        ("app-key", key), ("prepared-message", prepared), ("invoice", bill),
    ]

    private static let open: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let user = try world.person(arguments)
        let launch = try world.openApp(arguments, by: user)
        return .writing { writer in
            writer.object { writer in
                writer.field("app", launch.id)
                writer.field("bot", launch.bot)
                writer.field("url", launch.url)
                writer.field("init_data", launch.initData)
                writer.field("query", launch.query)
            }
        }
    }

    private static let close: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let user = try world.person(arguments)
        // One that has sent its data is closed already.
        if world.pending.apps[arguments["app"]]?.user == user { world.pending.apps[arguments["app"]] = nil }
        return ControlAPI.ok
    }

    private static let sendData: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let user = try world.person(arguments)
        try world.sendAppData(arguments["data"], from: arguments["app"], by: user)
        return ControlAPI.ok
    }

    private static let allowWriting: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let user = try world.person(arguments)
        try world.allowWriting(arguments["app"], by: user)
        return ControlAPI.ok
    }

    private static let shareContact: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let user = try world.person(arguments)
        let response = try world.shareContact(arguments["app"], phone: arguments["phone"], by: user)
        return .writing { $0.object { $0.field("response", response) } }
    }

    private static let invoke: ControlAPI.Action = { (world, arguments) throws(APIError) in
        let user = try world.person(arguments)
        let app = try world.openApp(arguments["app"], of: user)
        let key = ChatKey.dialog(bot: app.bot, user: user)
        let result = try AppStorage.run(
            arguments["method"], arguments.json("params") ?? .null, &world.appStorage[key, default: [:]])
        return .writing { $0.object { $0.field("result", raw: result) } }
    }

    /// What third parties check signatures with.
    private static let key: ControlViews.View = { (world, _, _) throws(APIError) in
        let key = Hexadecimal.text(world.appKey.publicKey)
        return .writing { $0.object { $0.field("public_key", key) } }
    }

    /// The bill behind a link.
    private static let bill: ControlViews.View = { (world, arguments, _) throws(APIError) in
        guard let invoice = world.bills[arguments["slug"]] else { throw ControlRefusal.missing("invoice") }
        return .writing { writer in
            writer.object { writer in
                writer.field("bot", invoice.bot)
                writer.key("invoice")
                BillView.write(invoice, to: &writer)
            }
        }
    }

    /// A message that a bot has prepared for a person to send from its app.
    private static let prepared: ControlViews.View = { (world, arguments, _) throws(APIError) in
        let user = try world.person(arguments)
        guard let query = world.pending.inline[arguments["id"]], query.user == user, query.expires > world.now,
            let result = query.results.first
        else { throw ControlRefusal.missing("message") }
        return .writing { writer in
            writer.object { writer in
                writer.field("bot", query.bot)
                writer.field("result", result["id"]?.scalar)
                writer.field("title", result["title"]?.string)
                writer.field("text", result["input_message_content"]?["message_text"]?.string)
            }
        }
    }
}
