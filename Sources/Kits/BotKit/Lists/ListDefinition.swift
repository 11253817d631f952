import Cryptography
import Storage
import TelegramAPI

/// A declared list with pages.
struct ListDefinition: Sendable {
    /// Longest name, so that a button keeps room for its numbers.
    static let nameLimit = 20

    let name: String
    let size: Int
    let readers: PageReaders
    let view: @Sendable (Context, PageRequest) async throws -> PageView

    /// What the data of its buttons begin with.
    var tag: String { "#" + name }

    /// Makes a page with its arrows.
    func page(
        _ number: Int, _ argument: String, person: Int64, _ ctx: Context
    ) async throws -> (view: PageView, keyboard: InlineKeyboard) {
        let view = try await view(ctx, PageRequest(argument: argument, number: number, size: size))
        var rows = view.rows
        if view.count > 1 {
            let carried = try await carried(argument, person: person, ctx)
            rows.append(
                Page<Never>.arrows(number: view.number, count: view.count) { title, page in
                    Button(title, data: tag, PagePress(page: page, person: person, argument: carried))
                })
        }
        return (view, InlineKeyboard(rows: rows))
    }

    /// Shows the page that a button asks for, in place of the one that is shown.
    func turn(_ press: PagePress, _ ctx: Context) async throws {
        guard press.person == 0 || press.person == ctx.user?.id.rawValue else {
            return try await ctx.answer(ctx.texts.conversation.notForYou)
        }
        let argument: String
        switch press.argument {
        case .text(let text): argument = text
        case .stored(let key):
            guard let stored = try await ListArguments(core: ctx.core).find(key) else {
                throw CallbackPayloadError.stale(type: tag)
            }
            argument = stored
        }
        let (view, keyboard) = try await page(press.page, argument, person: press.person, ctx)
        try await ctx.edit(view.text, keyboard: keyboard)
    }

    /// The argument itself where a button has room for it, else the key under which it is stored.
    private func carried(_ argument: String, person: Int64, _ ctx: Context) async throws -> PagePress.Argument {
        // The room that the largest page number takes.
        let sample = PagePress(page: .max, person: person, argument: .text(argument))
        do {
            _ = try CallbackCoding.encode(sample, tag: tag)
            return .text(argument)
        } catch {
            return .stored(try await ListArguments(core: ctx.core).store(argument, person: ctx.user?.id.rawValue ?? 0))
        }
    }
}

/// What an arrow below a list carries.
struct PagePress: Codable, Sendable {
    enum Argument: Sendable {
        case text(String)
        case stored(String)
    }

    var page: Int
    /// Who may press it; 0 for everybody.
    var person: Int64
    var argument: Argument

    init(page: Int, person: Int64, argument: Argument) {
        self.page = page
        self.person = person
        self.argument = argument
    }

    private enum CodingKeys: CodingKey { case page, person, isStored, argument }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        page = try container.decode(Int.self, forKey: .page)
        person = try container.decode(Int64.self, forKey: .person)
        let isStored = try container.decode(Bool.self, forKey: .isStored)
        let text = try container.decode(String.self, forKey: .argument)
        argument = isStored ? .stored(text) : .text(text)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(page, forKey: .page)
        try container.encode(person, forKey: .person)
        switch argument {
        case .text(let text):
            try container.encode(false, forKey: .isStored)
            try container.encode(text, forKey: .argument)
        case .stored(let key):
            try container.encode(true, forKey: .isStored)
            try container.encode(key, forKey: .argument)
        }
    }
}

/// Arguments of lists that are too long for a button, by a checksum.
struct ListArguments: Sendable {
    let core: BotCore

    /// Stores an argument for a person and gives its key, the same one each time.
    func store(_ argument: String, person: Int64) async throws -> String {
        let (bot, now) = (core.bot, core.time.now)
        let key = String(SHA256.hexadecimal("\(person) \(argument)").prefix(16))
        try await core.database.execute(
            """
            INSERT INTO bot_list_arguments (bot, key, person, argument, used_at)
            VALUES (\(bot), \(key), \(person), \(argument), \(now))
            ON CONFLICT (bot, key) DO UPDATE SET used_at = excluded.used_at
            """)
        return key
    }

    /// The argument of a key; nil where it was forgotten.
    func find(_ key: String) async throws -> String? {
        let bot = core.bot
        return try await core.database.read { connection in
            try connection.value("SELECT argument FROM bot_list_arguments WHERE bot = \(bot) AND key = \(key)")
        }
    }

    /// Forgets what nobody had looked at for thirty days at a moment.
    func forgetOld(at moment: Timestamp) async throws {
        let (bot, limit) = (core.bot, moment.adding(.seconds(-30 * 86_400)))
        try await core.database.execute("DELETE FROM bot_list_arguments WHERE bot = \(bot) AND used_at < \(limit)")
    }
}
