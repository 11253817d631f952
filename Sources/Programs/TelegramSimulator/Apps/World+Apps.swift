internal import Cryptography
internal import HTTP

/// What a person gets who opens a Mini App.
struct AppLaunch: Sendable {
    var id: String
    var bot: Int64
    var url: String
    var initData: String
    var query: String?
}

extension World {
    /// The key that signs what Mini Apps are started with; it follows from the seed.
    var appKey: Ed25519 {
        Ed25519(secret: SHA256.hash(Array("Mini Apps of the simulated service, seed \(dealer.seed)".utf8)))
    }

    /// Opens the Mini App behind a button, a menu, a link or an inline query's button.
    mutating func openApp(_ arguments: Arguments, by user: Int64) throws(APIError) -> AppLaunch {
        var app: OpenApp
        let url: String
        if arguments.has("query") {
            guard let query = pending.inline[arguments["query"]], query.user == user, let link = query.appLink else {
                throw ControlRefusal.missing("button")
            }
            app = OpenApp(bot: query.bot, user: user, chat: nil, origin: .inline, expires: 0)
            url = link
        } else {
            let key = try chat(arguments, of: user)
            (app, url) = try self.app(behind: arguments, in: key, by: user)
        }
        app.expires = now + OpenApp.lifetime
        let id = Dealer.text([dealer.next()])
        pending.sweep(now: now)
        pending.apps[id] = app
        let data = initData(of: app, start: arguments["start"])
        var launch = AppLaunch(id: id, bot: app.bot, url: "", initData: data, query: app.query)
        launch.url = Self.address(url, data, arguments, isInline: bots[app.bot]?.supportsInline ?? false)
        return launch
    }

    private mutating func app(behind arguments: Arguments, in key: ChatKey, by user: Int64)
        throws(APIError) -> (OpenApp, String)
    {
        if arguments.has("message"), arguments.has("row") {
            let number = Int(clamping: arguments.int64("message"))
            let (row, column) = (Int(clamping: arguments.int64("row")), Int(clamping: arguments.int64("column")))
            if let keyboard = chats[key]?.keyboards[user], keyboard.message == number {
                guard case .dialog(let bot, _) = key, keyboard.rows.indices.contains(row),
                    keyboard.rows[row].indices.contains(column), let url = keyboard.rows[row][column].url
                else { throw ControlRefusal.missing("button") }
                let origin = OpenApp.Origin.keyboard(button: keyboard.rows[row][column].text)
                return (OpenApp(bot: bot, user: user, chat: key, origin: origin, expires: 0), url)
            }
            let place = try message(arguments, in: key)
            guard let message = message(place), let keyboard = message.keyboard, keyboard.indices.contains(row),
                keyboard[row].indices.contains(column), case .webApp(let url) = keyboard[row][column].action,
                let bot = message.via ?? message.writer ?? channelBot(of: place)
            else { throw ControlRefusal.missing("button") }
            return (
                OpenApp(bot: bot, user: user, chat: key, origin: .message, query: newQuery(), expires: 0), url
            )
        }
        guard case .dialog(let bot, _) = key, let known = bots[bot] else { throw ControlRefusal.missing("bot") }
        let json = known.menuButtons[user] ?? known.menuButtons[0]
        let menu = json.flatMap { JSONNode(String(decoding: $0, as: UTF8.self)) }
        let isDirect = arguments.has("start")
        guard let url = isDirect ? known.mainApp ?? menu?["web_app"]?["url"]?.string : menu?["web_app"]?["url"]?.string
        else { throw ControlRefusal.missing("app") }
        // An app that a link opens in a private chat gets no query to answer.
        let query = isDirect ? nil : newQuery()
        return (OpenApp(bot: bot, user: user, chat: key, origin: .bot, query: query, expires: 0), url)
    }

    private mutating func newQuery() -> String { "AAH" + Dealer.text([dealer.next(), dealer.next()]) }

    // MARK: What the app is told

    /// Empty where a key of the keyboard or inline mode opens the app, as with the service.
    private func initData(of app: OpenApp, start: String) -> String {
        guard app.origin == .message || app.origin == .bot, let bot = bots[app.bot] else { return "" }
        var data = LaunchData()
        data.add("query_id", app.query)
        data.add("user", person(app.user, of: app.bot))
        if let chat = app.chat.flatMap({ chats[$0] }) {
            if app.origin == .message {
                data.add("chat_instance", Self.instance(of: chat, dealer))
                data.add("chat_type", chat.kind == .dialog ? "sender" : chat.kind.rawValue)
            } else if !start.isEmpty {
                data.add("chat_instance", Self.instance(of: chat, dealer))
                data.add("chat_type", "sender")
            }
        }
        if !start.isEmpty { data.add("start_param", start) }
        data.add("auth_date", "\(now)")
        return data.signed(token: bot.token, bot: app.bot, key: appKey)
    }

    private static func instance(of chat: Chat, _ dealer: Dealer) -> String {
        String(Dealer.mix(dealer.seed ^ UInt64(bitPattern: chat.id)) >> 1)
    }

    private func person(_ user: Int64, of bot: Int64) -> String {
        let account = accounts[user]
        let dialog = chats[.dialog(bot: bot, user: user)]
        return String(
            decoding: WireWriter.bytes { writer in
                writer.object { writer in
                    writer.field("id", user)
                    writer.field("first_name", account?.firstName ?? "")
                    writer.field("last_name", account?.lastName ?? "")
                    writer.field("username", account?.username)
                    writer.field("language_code", account?.language)
                    writer.flag("allows_write_to_pm", dialog?.isStarted == true && dialog?.isBlocked == false)
                }
            }, as: UTF8.self)
    }

    /// The app's address with what it reads from its fragment.
    private static func address(_ url: String, _ data: String, _ arguments: Arguments, isInline: Bool) -> String {
        var address = url
        if !arguments["start"].isEmpty {
            let start = "tgWebAppStartParam=\(Percent.encode(arguments["start"], for: .queryComponent))"
            let hash = address.firstIndex(of: "#") ?? address.endIndex
            address.insert(contentsOf: (address[..<hash].contains("?") ? "&" : "?") + start, at: hash)
        }
        var fields = [("tgWebAppData", data), ("tgWebAppVersion", appVersion)]
        fields.append(("tgWebAppPlatform", arguments["platform"].isEmpty ? "weba" : arguments["platform"]))
        if !arguments["theme"].isEmpty { fields.append(("tgWebAppThemeParams", arguments["theme"])) }
        if isInline { fields.append(("tgWebAppBotInline", "1")) }
        let fragment = fields.map { "\($0.0)=\(Percent.encode($0.1, for: .queryComponent))" }.joined(separator: "&")
        return address + (address.contains("#") ? "&" : "#") + fragment
    }

    /// The version of the interface between apps and clients.
    static let appVersion = "9.1"

    // MARK: What the app does

    /// An app that this person has open.
    func openApp(_ id: String, of user: Int64) throws(APIError) -> OpenApp {
        guard let app = pending.apps[id], app.user == user, app.expires > now else {
            throw ControlRefusal.missing("app")
        }
        return app
    }

    /// Sends what an app opened by a key of the keyboard has gathered, and closes it.
    mutating func sendAppData(_ data: String, from id: String, by user: Int64) throws(APIError) {
        let app = try openApp(id, of: user)
        guard case .keyboard(let button) = app.origin, let key = app.chat else {
            throw ControlRefusal.conflict("only an app that a key of the keyboard opened sends data")
        }
        guard (1...4096).contains(data.utf8.count) else { throw ControlRefusal.bad("data must have 1 to 4096 bytes") }
        pending.apps[id] = nil
        post(service: .appData(button: button, data: data), in: key, by: user)
    }

    /// Lets the bot write to a person who uses its app.
    mutating func allowWriting(_ id: String, by user: Int64) throws(APIError) {
        let app = try openApp(id, of: user)
        let key = openDialog(bot: app.bot, user: user)
        let isNew = chats[key]?.isStarted == false || chats[key]?.isBlocked == true
        editChat(key) { chat in
            chat.isStarted = true
            chat.isBlocked = false
        }
        if isNew { post(service: .writingAllowed, in: key, by: user) }
        effects.events.append(.chat(key))
    }

    /// Sends the person's contact to the bot; answers what the app is told, signed.
    mutating func shareContact(_ id: String, phone: String, by user: Int64) throws(APIError) -> String {
        let app = try openApp(id, of: user)
        guard let account = accounts[user], let bot = bots[app.bot] else { throw ControlRefusal.missing("user") }
        let number = phone.isEmpty ? "+1555\(user % 10_000_000)" : phone
        let key = openDialog(bot: app.bot, user: user)
        if chats[key]?.isBlocked == true { throw ControlRefusal.conflict("you have blocked the bot") }
        _ = try say(
            .contact(phone: number, firstName: account.firstName, lastName: account.lastName, user: user), by: user,
            in: key)
        var data = LaunchData()
        data.add(
            "contact",
            String(
                decoding: WireWriter.bytes { writer in
                    writer.object { writer in
                        writer.field("user_id", user)
                        writer.field("phone_number", number)
                        writer.field("first_name", account.firstName)
                        writer.field("last_name", account.lastName ?? "")
                    }
                }, as: UTF8.self))
        data.add("auth_date", "\(now)")
        return data.hashed(token: bot.token)
    }
}
