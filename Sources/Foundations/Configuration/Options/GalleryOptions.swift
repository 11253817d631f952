package import Support

extension Options {
    /// The Gallery bot.
    ///
    /// Its keys without `gallery.` in front are those of its first configuration, `config.yml`.
    package enum Gallery {
        /// The bot's token.
        package static let botToken = Option.optional(
            "gallery.telegram.bot_token", .botToken, environment: ["TELEGRAM_BOT_TOKEN"],
            aliases: ["telegram.bot_token"], isSecret: true, "the bot's token, from @BotFather")

        /// Who may use the bot.
        package static let allowedUserIDs = Option(
            "gallery.telegram.allowed_user_ids", .userIDs, default: [], aliases: ["telegram.allowed_user_ids"],
            "who may use the bot, by Telegram user id")

        /// Who decides about others.
        package static let ownerIDs = Option(
            "gallery.telegram.owner_ids", .userIDs, default: [],
            "who lets others in and is told of troubles; the first of the allowed users when not set")

        /// Where photos may be shown besides private chats.
        package static let allowedChatIDs = Option(
            "gallery.telegram.allowed_chat_ids", .chatIDs, default: [],
            "groups in which the bot shows photos to everybody, by chat id")

        /// Whether updates come by webhook.
        package static let webhookEnabled = Option(
            "gallery.telegram.webhook.enabled", .flag, default: false, aliases: ["telegram.webhook.enabled"],
            "whether Telegram sends updates here (true) or is asked for them (false)")

        /// The webhook's public address.
        package static let webhookURL = Option.optional(
            "gallery.telegram.webhook.url", .webAddress, aliases: ["telegram.webhook.url"],
            "the public https address that leads to http.public")

        /// The word that proves Telegram's requests.
        package static let webhookSecret = Option.optional(
            "gallery.telegram.webhook.secret_token", .webhookSecret,
            aliases: ["telegram.webhook.secret_token"], isSecret: true,
            "the word that proves a request to be Telegram's; made up at start when not set")

        /// The Stash server.
        package static let stashURL = Option.optional(
            "gallery.stash.api_url", .webAddress, environment: ["STASH_API_URL", "STASH_URL"],
            aliases: ["stash.api_url"], "the Stash server that has the photos")

        /// The key for Stash.
        package static let stashKey = Option.optional(
            "gallery.stash.api_key", .secret, environment: ["STASH_API_KEY"],
            aliases: ["stash.api_key"], isSecret: true, "the Stash server's API key")

        /// The Immich server.
        package static let immichURL = Option.optional(
            "gallery.immich.url", .webAddress, environment: ["IMMICH_URL"],
            "the Immich server that has the photos")

        /// The key for Immich.
        package static let immichKey = Option.optional(
            "gallery.immich.api_key", .secret, environment: ["IMMICH_API_KEY"], isSecret: true,
            "the API key of an Immich account; docs/gallery.md says what it must be allowed to do")

        /// A folder of pictures.
        package static let folder = Option.optional(
            "gallery.folder.path", .path, environment: ["PHOTOS"],
            "a folder of pictures, instead of a server")

        /// Whether photos are sent by themselves.
        package static let schedulerEnabled = Option(
            "gallery.scheduler.enabled", .flag, default: false, aliases: ["scheduler.enabled"],
            "whether photos are sent on a schedule")

        /// When photos are sent.
        package static let schedule = Option.optional(
            "gallery.scheduler.cron", .schedule, aliases: ["scheduler.cron"],
            "when photos are sent: minute, hour, day, month, weekday")

        /// The clock that schedules go by.
        package static let timeZone = Option(
            "gallery.scheduler.timezone", .timeZone, default: .utc, environment: ["TIMEZONE", "TZ"],
            aliases: ["scheduler.timezone"], "the clock that schedules go by until a chat chooses its own")

        /// How late a photo by schedule may still come.
        package static let catchUpHours = Option(
            "gallery.scheduler.catch_up_hours", .integer(in: 1...168, example: 24), default: 24,
            "how late a photo may still come that was missed, or that nothing answered for")

        /// How long a photo does not come again.
        package static let avoidRecentDays = Option(
            "gallery.history.avoid_recent_days", .integer(in: 1...36_500, example: 30), default: 30,
            aliases: ["history.avoid_recent_days"], "for how many days a photo does not come again")

        /// How long the history is kept.
        package static let keepDays = Option.optional(
            "gallery.history.keep_days", .integer(in: 1...36_500, example: 730),
            "after how many days a sent photo is forgotten; kept for good when not set")

        /// How fast votes fade.
        package static let voteHalfLifeDays = Option(
            "gallery.votes.half_life_days", .integer(in: 1...36_500, example: 90), default: 90,
            "after how many days a vote weighs half")

        /// From when on a gallery or a person counts.
        package static let voteMinimum = Option(
            "gallery.votes.minimum", .integer(in: 1...1000, example: 3), default: 3,
            "from how many votes on a gallery or a person counts")

        /// Whether votes become ratings in the library.
        package static let writeRating = Option(
            "gallery.votes.write_rating", .flag, default: false,
            "whether votes become ratings in Stash or stars in Immich, where nobody has rated the photo")

        /// Whether photos with votes become organized in the library.
        package static let markOrganized = Option(
            "gallery.votes.mark_organized", .flag, default: false,
            "whether photos with votes are marked as organized in Stash")

        /// The bot's database.
        package static let databasePath = Option(
            "gallery.database.path", .path, default: "data/gallery.db", aliases: ["database.path"],
            "the bot's database file")

        /// Where the owner's page is reached.
        package static let webURL = Option(
            "gallery.web.url", .webAddress, default: "http://127.0.0.1:8080",
            "how your browser reaches http.internal, for the owner's page")

        /// A password for the owner's page.
        package static let webPassword = Option.optional(
            "gallery.web.password", .password, isSecret: true,
            "a password for the owner's page, beside the links that /dashboard gives")

        static let all: [any AnyOption] = [
            botToken, allowedUserIDs, ownerIDs, allowedChatIDs, webhookEnabled, webhookURL, webhookSecret, stashURL,
            stashKey, immichURL, immichKey, folder, schedulerEnabled, schedule, timeZone, catchUpHours,
            avoidRecentDays, keepDays,
            voteHalfLifeDays, voteMinimum, writeRating, markOrganized, databasePath, webURL, webPassword,
        ]
    }
}
