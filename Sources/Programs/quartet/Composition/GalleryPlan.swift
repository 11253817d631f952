import Configuration
import Support

/// What the Gallery bot needs to run, complete and consistent.
struct GalleryPlan: Sendable {
    /// Where photos come from.
    enum Source: Sendable {
        case stash(url: String, key: Secret?)
        case folder(path: String)
    }

    /// When photos come by themselves.
    struct Schedule: Sendable {
        var cron: CronExpression
        var zone: TimeZoneRules
    }

    /// Where Telegram calls the bot, when it does.
    struct Webhook: Sendable {
        var url: String
        var secret: Secret?
    }

    var token: Secret
    var users: [Int64]
    /// Who decides about others; empty for the first of `users`.
    var owners: [Int64] = []
    var chats: [Int64] = []
    var source: Source
    var schedule: Schedule?
    var webhook: Webhook?
    var avoidRecentDays: Int
    var databasePath: String

    /// A plan that does not come from settings.
    init(
        token: Secret, users: [Int64], source: Source, schedule: Schedule? = nil, avoidRecentDays: Int = 30,
        databasePath: String
    ) {
        self.token = token
        self.users = users
        self.source = source
        self.schedule = schedule
        self.avoidRecentDays = avoidRecentDays
        self.databasePath = databasePath
    }

    /// Checks the settings against each other; throws all problems at once.
    init(_ settings: Settings) throws(ConfigurationError) {
        typealias Keys = Options.Gallery
        var problems: [ConfigurationProblem] = []
        if settings[Options.Process.databaseURL] != nil {
            problems.append(
                settings.problem(
                    Options.Process.databaseURL,
                    "database servers are not supported yet; leave it out to keep data in \(Keys.databasePath.key)"))
        }
        let token = settings[Keys.botToken]
        if token == nil { problems.append(settings.missing(Keys.botToken)) }
        users = settings[Keys.allowedUserIDs]
        owners = settings[Keys.ownerIDs]
        chats = settings[Keys.allowedChatIDs]
        if users.isEmpty { problems.append(settings.missing(Keys.allowedUserIDs)) }
        let source: Source? =
            switch (settings[Keys.stashURL], settings[Keys.folder]) {
            case (let url?, nil): .stash(url: url, key: settings[Keys.stashKey])
            case (nil, let path?): .folder(path: path)
            case (nil, nil), (_?, _?): nil
            }
        if source == nil, settings[Keys.folder] == nil { problems.append(settings.missing(Keys.stashURL)) }
        if source == nil, settings[Keys.folder] != nil {
            problems.append(
                settings.problem(Keys.folder, "photos come from \(Keys.stashURL.key) already; keep one of the two"))
        }
        if settings[Keys.schedulerEnabled] {
            if let cron = settings[Keys.schedule] {
                schedule = Schedule(cron: cron, zone: settings[Keys.timeZone])
            } else {
                problems.append(settings.missing(Keys.schedule))
            }
        }
        if settings[Keys.webhookEnabled] {
            if let url = settings[Keys.webhookURL] {
                // A Bot API server of one's own calls any address, as does the simulator.
                let isCloud = settings[Options.Telegram.apiURL] == Options.Telegram.apiURL.fallback
                if isCloud, !url.hasPrefix("https://") {
                    problems.append(settings.problem(Keys.webhookURL, "Telegram calls https addresses only"))
                }
                webhook = Webhook(url: url, secret: settings[Keys.webhookSecret])
            } else {
                problems.append(settings.missing(Keys.webhookURL))
            }
        }
        avoidRecentDays = settings[Keys.avoidRecentDays]
        databasePath = settings[Keys.databasePath]
        guard problems.isEmpty, let token, let source else { throw ConfigurationError(problems: problems) }
        self.token = token
        self.source = source
    }
}
