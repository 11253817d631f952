package import Support
package import TelegramAPI

/// What the owner decides about the Gallery bot.
package struct GallerySettings: Sendable {
    /// Who may use the bot, and who gets photos by schedule.
    package var allowedUsers: [UserID]
    /// Who decides about others, and is told of troubles: the first of the allowed users unless said otherwise.
    package var owners: [UserID]
    /// Groups and channels in which photos may be shown.
    package var allowedChats: [ChatID]
    /// For how many days a photo does not come twice to a chat; at least 1.
    package var avoidRecentDays: Int
    /// After how many days a sent photo is forgotten; nil for never.
    package var keepDays: Int?
    /// When photos come by themselves; nil for never.
    package var schedule: Timetable?
    /// The IANA name of the time zone of chats that have chosen none, where there is no configured schedule.
    package var zone: String
    /// How late a photo may still come that was missed, or that nothing answered for.
    package var scheduleGrace: Duration
    /// How long the list of the library's photos is taken for current.
    package var catalogueAge: Duration
    /// What becomes of votes.
    package var votes: VoteSettings

    /// How the owner's page is reached.
    package var web = Web()

    /// How the owner's page is reached.
    package struct Web: Sendable {
        /// The address of the internal port as the owner's browser knows it.
        package var url: String
        /// A word that opens the page beside the bot's links; nil for none.
        package var password: Secret?

        package init(url: String = "http://127.0.0.1:8080", password: Secret? = nil) {
            self.url = url
            self.password = password
        }
    }

    /// When photos come by themselves.
    package struct Timetable: Sendable, Equatable {
        /// Five fields, as in `crontab`, or a nickname such as `@daily`.
        package var cron: String
        /// An IANA name, such as `Europe/Moscow`.
        package var zone: String

        package init(cron: String, zone: String) {
            self.cron = cron
            self.zone = zone
        }
    }

    package init(
        allowedUsers: [UserID], owners: [UserID] = [], allowedChats: [ChatID] = [], avoidRecentDays: Int = 30,
        schedule: Timetable? = nil, zone: String = "UTC", scheduleGrace: Duration = .seconds(86_400),
        catalogueAge: Duration = .seconds(600), votes: VoteSettings = VoteSettings()
    ) {
        self.allowedUsers = allowedUsers
        self.owners = owners.isEmpty ? Array(allowedUsers.prefix(1)) : owners
        self.allowedChats = allowedChats
        self.avoidRecentDays = avoidRecentDays
        self.schedule = schedule
        self.zone = zone
        self.scheduleGrace = scheduleGrace
        self.catalogueAge = catalogueAge
        self.votes = votes
    }
}
