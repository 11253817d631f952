internal import PhotoLibraries
internal import Storage
internal import Support
internal import TelegramAPI

/// What the owner's page needs of the bot.
struct OwnerWebParts: Sendable {
    let catalogue: Catalogue
    let scheduler: ChatScheduler
    let access: GalleryAccess
    let thumbnails: Thumbnails
    let time: any TimeSource
    let logger: Logger

    init(
        catalogue: Catalogue, scheduler: ChatScheduler, access: GalleryAccess, library: any PhotoLibrary,
        time: any TimeSource, logger: Logger
    ) {
        self.catalogue = catalogue
        self.scheduler = scheduler
        self.access = access
        thumbnails = Thumbnails(library: library, time: time, logger: logger)
        self.time = time
        self.logger = logger
    }

    func page(
        _ settings: GallerySettings, database: any Database, health: @escaping @Sendable () async -> [UpstreamHealth]
    ) -> OwnerWeb {
        let owners = settings.owners.map(\.rawValue)
        let users = settings.allowedUsers.map(\.rawValue)
        return OwnerWeb(
            access: WebAccess(
                database: database, password: settings.web.password, isOwner: settings.isOwner, time: time),
            overview: OverviewRoutes(
                database: database, thumbnails: thumbnails,
                schedules: ScheduleQuery(scheduler: scheduler, people: { [access] in access.users }),
                owners: owners, configured: users,
                health: health, librarySize: { await librarySize() }, time: time, logger: logger),
            pauses: PauseRoutes(scheduler: scheduler, logger: logger),
            hosts: [WebHost(authorityOf: settings.web.url).name], logger: logger)
    }

    /// How many photos the library has; nil where it takes too long to tell.
    private func librarySize() async -> Int? {
        await withTaskGroup(of: Int?.self) { group in
            group.addTask { [catalogue] in
                try? await catalogue.snapshot().index.count  // no figure without an answer; the health says why
            }
            group.addTask { [time] in
                try? await time.sleep(for: .seconds(3))  // cancelled when the figure comes first
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }
}

extension GallerySettings {
    /// Whether a person is the owner, who sees everything.
    var isOwner: @Sendable (Int64) -> Bool {
        { [owners] in owners.contains(UserID($0)) }
    }
}
