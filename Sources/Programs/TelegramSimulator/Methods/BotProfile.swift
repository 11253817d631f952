/// `getMe` and what a bot tells people about itself: name, descriptions, `getUserProfilePhotos`.
enum BotProfile {
    static let me: Handler = { (world, call) throws(APIError) in
        guard let account = world.accounts[call.bot], let bot = world.bots[call.bot] else { throw .unauthorized }
        return .writing { writer in
            writer.object { writer in
                writer.field("id", account.id)
                writer.field("is_bot", true)
                writer.field("first_name", account.firstName)
                writer.field("username", account.username)
                writer.field("can_join_groups", bot.canJoinGroups)
                writer.field("can_read_all_group_messages", !bot.isPrivate)
                writer.field("supports_inline_queries", bot.supportsInline)
                writer.field("can_connect_to_business", false)
                writer.field("has_main_web_app", bot.mainApp != nil)
                writer.field("has_topics_enabled", bot.hasTopics == true)
                writer.field("allows_users_to_create_topics", false)
                writer.field("can_manage_bots", false)
            }
        }
    }

    static let setName = setter("name", 64, "bot name", \.names)
    static let setDescription = setter("description", 512, "bot description", \.descriptions)
    static let setShortDescription = setter("short_description", 120, "bot short description", \.shortDescriptions)

    static let getName = getter("name", \.names) { world, id in world.accounts[id]?.firstName ?? "" }
    static let getDescription = getter("description", \.descriptions) { _, _ in "" }
    static let getShortDescription = getter("short_description", \.shortDescriptions) { _, _ in "" }

    private typealias Field = any WritableKeyPath<Bot, Bot.Localized> & Sendable

    private static func setter(_ name: String, _ limit: Int, _ what: String, _ field: Field) -> Handler {
        { (world, call) throws(APIError) in
            let text = call.arguments[name].trimmingSpaces()
            let language = try Language.parse(call.arguments)
            if text.unicodeScalars.count > limit { throw .badRequest("\(what) is too long") }
            world.editBot(call.bot) { $0[keyPath: field][language] = text.isEmpty ? nil : text }
            if name == "name", language.isEmpty, !text.isEmpty, var account = world.accounts[call.bot] {
                account.firstName = text
                world.store(account)
            }
            return .yes
        }
    }

    private static func getter(
        _ name: String, _ field: Field, _ fallback: @escaping @Sendable (World, Int64) -> String
    ) -> Handler {
        { (world, call) throws(APIError) in
            let language = try Language.parse(call.arguments)
            let texts = world.bots[call.bot]?[keyPath: field] ?? [:]
            let text = texts[language] ?? texts[""] ?? fallback(world, call.bot)
            return .writing { $0.object { $0.field(name, text) } }
        }
    }

    static let photos: Handler = { (world, call) throws(APIError) in
        let user = call.arguments.int64("user_id")
        guard user > 0 else { throw .badRequest("invalid user_id specified") }
        guard world.accounts[user] != nil else { throw .badRequest("user not found") }
        let offset = Int(call.arguments.integer("offset", in: 0...1_000_000))
        let limit = Int(call.arguments.integer("limit", default: 100, in: 1...100))
        let photos = world.accounts[user]?.photos ?? []
        return .writing { writer in
            writer.object { writer in
                writer.field("total_count", photos.count)
                writer.field("photos", photos.dropFirst(offset).prefix(limit)) { writer, photo in
                    writer.array(photo.sizes) { world.write($1, to: &$0) }
                }
            }
        }
    }
}

/// Reads `language_code`: two letters of ISO 639-1, or nothing.
enum Language {
    static func parse(_ arguments: Arguments) throws(APIError) -> String {
        let code = arguments["language_code"]
        guard code.isEmpty || (code.utf8.count == 2 && code.utf8.allSatisfy { $0.isLetter && $0 >= 0x61 }) else {
            throw .badRequest("invalid language code specified")
        }
        return code
    }
}
