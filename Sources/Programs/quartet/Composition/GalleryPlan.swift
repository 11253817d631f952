import Configuration
import GalleryBot
import Support

/// What the Gallery bot needs to run, complete and consistent.
struct GalleryPlan: Sendable {
    /// Where photos come from.
    enum Source: Sendable {
        case stash(url: String, key: Secret?)
        case immich(url: String, key: Secret)
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
    /// The clock of chats that have chosen none.
    var zone = TimeZoneRules.utc
    /// How late a photo by schedule may still come.
    var catchUpHours = 24
    var webhook: Webhook?
    var avoidRecentDays: Int
    /// Nil for good.
    var keepDays: Int?
    /// What becomes of votes.
    var votes = VoteSettings()
    var databasePath: String
    /// How the owner's page is reached.
    var web = GallerySettings.Web()

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
        let source = Self.source(settings, &problems)
        if settings[Keys.schedulerEnabled] {
            if let cron = settings[Keys.schedule] {
                schedule = Schedule(cron: cron, zone: settings[Keys.timeZone])
            } else {
                problems.append(settings.missing(Keys.schedule))
            }
        }
        zone = settings[Keys.timeZone]
        catchUpHours = settings[Keys.catchUpHours]
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
        keepDays = settings[Keys.keepDays]
        if let keepDays, keepDays < avoidRecentDays {
            problems.append(
                settings.problem(
                    Keys.keepDays,
                    "what is forgotten cannot be avoided: at least \(avoidRecentDays), as \(Keys.avoidRecentDays.key) says"
                ))
        }
        votes = VoteSettings(
            halfLifeDays: settings[Keys.voteHalfLifeDays], minimum: settings[Keys.voteMinimum],
            writesRating: settings[Keys.writeRating], marksOrganized: settings[Keys.markOrganized])
        for option in [Keys.writeRating, Keys.markOrganized] where settings[option] {
            switch source {
            case .stash?, nil: break
            // Stars are there, but nothing that says that a picture is finished.
            case .immich? where option.key == Keys.writeRating.key: break
            case .immich?: problems.append(settings.problem(option, "only Stash knows this; leave it false"))
            case .folder?:
                problems.append(settings.problem(option, "a folder takes nothing that people vote; leave it false"))
            }
        }
        databasePath = settings[Keys.databasePath]
        web = .init(url: settings[Keys.webURL], password: settings[Keys.webPassword])
        guard problems.isEmpty, let token, let source else { throw ConfigurationError(problems: problems) }
        self.token = token
        self.source = source
    }

    /// The one place that photos come from; none and several are problems, as is a server without what it needs.
    private static func source(_ settings: Settings, _ problems: inout [ConfigurationProblem]) -> Source? {
        typealias Keys = Options.Gallery
        var sources: [(option: any AnyOption, source: Source?)] = []
        if let url = settings[Keys.stashURL] {
            sources.append((Keys.stashURL, .stash(url: url, key: settings[Keys.stashKey])))
        }
        if let url = settings[Keys.immichURL] {
            if settings[Keys.immichKey] == nil {
                problems.append(
                    settings.problem(
                        Keys.immichURL,
                        "Immich gives nothing without a key; set \(Keys.immichKey.key) or IMMICH_API_KEY"))
            }
            sources.append((Keys.immichURL, settings[Keys.immichKey].map { .immich(url: url, key: $0) }))
        }
        if let path = settings[Keys.folder] { sources.append((Keys.folder, .folder(path: path))) }
        let all = [Keys.stashURL.key, Keys.immichURL.key, Keys.folder.key]
        switch sources.count {
        case 0:
            problems.append(
                ConfigurationProblem(
                    place: .combination, key: all[0],
                    message: "photos come from nowhere; set one of \(all.joined(separator: ", "))"))
        case 1: return sources[0].source
        default:
            let set = sources.map(\.option.key).joined(separator: " and from ")
            let last: any AnyOption = sources[sources.count - 1].option
            problems.append(
                settings.problem(last, "photos come from \(set); keep one of them"))
        }
        return nil
    }
}
