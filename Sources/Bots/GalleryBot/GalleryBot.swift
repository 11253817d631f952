package import BotKit
package import HTTPClient
package import Jobs
package import PhotoLibraries
package import Storage
package import Support
internal import TelegramAPI

/// The Gallery bot: photos from the owner's library, on demand and by schedule.
package struct GalleryBot: Sendable {
    /// The bot as a service.
    package let bot: Bot
    private let delivery: ScheduleDelivery
    private let scheduler: ChatScheduler
    let ahead: NextPhotos
    private let isRecorded: Bool
    private let cleanUp: CleanUpHandler
    private let startUpCheck: StartUpCheckHandler
    private let settings: GallerySettings
    private let database: any Database
    private let languages: PeopleLanguages
    private let access: GalleryAccess
    private let votes: VoteRecorder
    private let writeVotes: WriteVotesHandler?
    private let web: OwnerWebParts

    /// Wires the rooms together.
    ///
    /// - Parameters:
    ///   - library: Where the photos come from.
    ///   - seed: Of the draws; a fixed one makes them repeatable.
    /// - Throws: `CronError` and `TimeZoneError` for a schedule that can never be, `BotError.malformedToken`.
    package init(
        token: Secret, settings: GallerySettings, library: any PhotoLibrary, database: any Database,
        configuration: BotConfiguration = BotConfiguration(), http: HTTPClient, logger: Logger = .disabled,
        metrics: Metrics = Metrics(), time: any TimeSource = SystemTime(),
        seed: UInt64 = UInt64.random(in: .min ... .max)
    ) throws {
        if let schedule = settings.schedule { _ = try CronExpression(schedule.cron) }
        let timetable = TimetableText(
            timetable: settings.schedule, rules: try .named(settings.schedule?.zone ?? "UTC"), time: time)
        let taste = TasteStore(database: database, rules: settings.votes.rules, time: time)
        let scheduler = ChatScheduler(settings: settings, database: database, time: time)
        let chooser = PhotoChooser(
            catalogue: Catalogue(library: library, maximumAge: settings.catalogueAge, time: time, logger: logger),
            avoidRecentDays: settings.avoidRecentDays, database: database, time: time, logger: logger, seed: seed,
            taste: { try await taste.taste(of: TasteScope($0)) },
            promised: { try scheduler.promised(to: $0, in: $1) })
        let show = PhotoShow(
            chooser: chooser,
            photos: PhotoSender(library: library, database: database, time: time, logger: logger),
            settings: settings, time: time, logger: logger
        ) { photo, chat in
            let hidden = try await taste.reading(of: TasteScope(chat)).excludedGalleries
            return photo.galleries.contains { hidden.contains($0.id) }
        }
        let access = GalleryAccess(settings: settings, database: database, time: time)
        let writtenFields = settings.votes.writtenFields
        let ratings = writtenFields.isEmpty ? nil : library as? any RatingLibrary
        let votes = VoteRecorder(taste: taste, writtenFields: ratings == nil ? [] : writtenFields)
        var configuration = configuration
        configuration.texts = GalleryTexts.kitTexts
        // Rather a photo twice than never: what may have been sent twice is counted.
        configuration.sending.ambiguousRepeats = max(configuration.sending.ambiguousRepeats, 2)
        configuration.interceptors.append(LeakGuard(access: access, logger: logger))
        let languages = PeopleLanguages(database: database)
        configuration.owners = access.owners
        let life = ChatLife(access: access, database: database, time: time, logger: logger)
        configuration.chatChanged = { await life.note($0) }
        let desk = OwnerDesk(
            access: access, languages: languages, defaultLanguage: configuration.defaultLanguage, database: database,
            time: time, logger: logger)
        bot = try Bot(
            token: token, database: database, configuration: configuration, http: http, logger: logger,
            metrics: metrics, time: time
        ) { bot in
            Self.declare(
                &bot, settings: settings, show: show, timetable: timetable, desk: desk, life: life, votes: votes,
                scheduler: scheduler)
        }
        life.use(bot)
        startUpCheck = StartUpCheckHandler(library: library, desk: desk, sender: bot.sender)
        cleanUp = CleanUpHandler(
            keepDays: settings.keepDays, bot: bot, database: database, time: time, logger: logger)
        ahead = show.ahead
        isRecorded = configuration.recorder != nil
        self.votes = votes
        writeVotes = ratings.map {
            WriteVotesHandler(library: $0, fields: writtenFields, database: database, time: time, logger: logger)
        }
        delivery = ScheduleDelivery(
            show: show, access: access, scheduler: scheduler, sender: bot.sender, logger: logger)
        self.scheduler = scheduler
        self.settings = settings
        self.database = database
        self.languages = languages
        self.access = access
        web = OwnerWebParts(
            catalogue: chooser.catalogue, scheduler: scheduler, access: access, library: library, time: time,
            logger: logger)
    }

    /// What people say and press, from top to bottom.
    private static func declare(
        _ bot: inout Routes, settings: GallerySettings, show: PhotoShow, timetable: TimetableText,
        desk: OwnerDesk, life: ChatLife, votes: VoteRecorder, scheduler: ChatScheduler
    ) {
        let menu = GalleryTexts.all.map(\.menu)
        let random = RandomRoute(show: show)
        let (access, languages) = (desk.access, desk.languages)
        DoorRoutes(desk: desk, life: life).declare(in: &bot)
        bot.use(AccessGate(desk: desk))
        bot.use { ctx, next in
            if let user = access.person(behind: ctx) {
                try await languages.note(user, ctx.language, now: ctx.time.now)
            }
            try await next(ctx)
        }
        random.declare(in: &bot)
        TodayRoute(show: show, defaultZone: settings.schedule?.zone ?? "UTC") { chat in
            try await votes.taste.reading(of: TasteScope(chat)).excludedGalleries
        }.declare(in: &bot)
        InfoRoute(show: show, timetable: timetable).declare(in: &bot)
        OriginalRoute(show: show).declare(in: &bot)
        OwnerRoutes(desk: desk, timetable: timetable).declare(in: &bot)
        let schedules = ScheduleDesk(
            scheduler: scheduler, chooser: show.chooser, person: access.person(behind:), mayManage: access.mayManage,
            noteLanguage: { ctx in
                guard let user = access.person(behind: ctx) else { return }
                try await languages.note(user, ctx.language, now: ctx.time.now)
            })
        ScheduleDeskRoutes(desk: schedules).declare(in: &bot)
        let catalogue = show.chooser.catalogue
        VoteRoutes(
            recorder: votes, mayManage: access.mayManage, gallerySize: { catalogue.size(ofGallery: $0) }
        ).declare(in: &bot)
        PreferencesRoute(taste: votes.taste).declare(in: &bot)
        ExcludedRoutes(recorder: votes, mayManage: access.mayManage).declare(in: &bot)
        bot.command("stats", menu.map(\.stats), handler: StatsRoute(show: show, timetable: timetable).handle)
        bot.command(
            "help", menu.map(\.help),
            handler: HelpRoute(days: settings.avoidRecentDays, timetable: timetable, access: access).handle)
        DashboardRoute(url: settings.web.url, isOwner: settings.isOwner).declare(in: &bot)
        DataRoutes(access: access, languages: languages, life: life, votes: votes).declare(in: &bot)
        bot.command("start", menu.map(\.start), scope: .privateChats, handler: StartRoute(timetable: timetable).handle)
        bot.text(GalleryTexts.all.map(\.nextButton), handler: random.handle)
        bot.text { ctx, _ in
            guard ctx.chat?.type == .private else { return }
            try await ctx.reply(GalleryTexts.all[ctx].hint)
        }
        // Behind the gate too: a stranger who presses an old button learns nothing, not even that it is old.
        bot.on(.callbackQuery) { ctx in try await ctx.answer(KitTexts.standard[ctx].staleButton) }
    }

    /// Everything of this bot that runs, in the order in which it depends on one another.
    ///
    /// While a recording is made no photo is made ready ahead: what is drawn would depend on how fast that goes, and a
    /// replay could not draw the same.
    package var services: [any Service] { isRecorded ? [bot] : [bot, ahead] }

    /// The tables, in the order in which they came to be.
    package static let migrations = [
        SentPhotos.migrations,
        PeopleLanguages.migrations,
        ChatSettingsStore.migrations,
        SentPhotos.messageMigrations,
        KnownPhotos.migrations,
        Votes.migrations,
        Exclusions.migrations,
        AccessTables.migrations,
        WrittenFields.migrations,
        WebLogins.migrations,
        PeopleLanguages.nameMigrations,
        SentPhotos.memoryMigrations,
        ChatSettingsStore.configuredMigrations,
        ChatSchedules.migrations,
        SentPhotos.personMigrations,
    ].flatMap(\.self)

    /// Makes the tables and puts the configured schedule in force; call it before the runner starts.
    package func prepare(_ queue: JobQueue) async throws {
        try await bot.prepare()
        try await database.migrate(Self.migrations, component: "gallery")
        try await languages.load()
        try await access.load()
        try await queue.migrate()
        votes.use(queue)
        scheduler.use(queue)
        access.onDecision { [scheduler] person, connection in
            if person.status == .allowed {
                try scheduler.putConfigured(for: person.id, in: connection)
            } else {
                try scheduler.removeConfigured(from: person.id, in: connection)
            }
        }
        let schedules = Schedules(queue)
        let known = try await schedules.all()
        try await database.write { [scheduler, access] connection in
            try schedules.put(
                CleanUp.schedule, cron: CleanUp.cron, zone: scheduler.defaultZone, job: CleanUp(), in: connection)
            try scheduler.prepare(for: access.users, in: connection, known: known)
        }
    }

    /// The owner's page.
    ///
    /// - Parameter health: How everything is that the bot depends on, for the page to show.
    package func ownerWeb(health: @escaping @Sendable () async -> [UpstreamHealth]) -> OwnerWeb {
        web.page(settings, database: database, health: health)
    }

    /// Has the photo library looked at once the runner starts, so that owners hear where it needs them.
    package func checkLibraryAtStart(_ queue: JobQueue) async throws {
        try await queue.enqueue(StartUpCheck(), JobOptions(uniqueKey: StartUpCheck.kind, maxAttempts: 3))
    }

    /// Looks now whether the photo library needs its owner, and tells them.
    func checkLibrary() async throws { _ = try await startUpCheck.check() }

    /// Adds what this bot does later to a runner's handlers.
    package func register(in handlers: inout JobHandlers) {
        let language = { @Sendable [bot, languages] person in
            languages.language(of: person) ?? bot.language(of: person)
        }
        handlers.add(ScheduledPhotoHandler(delivery: delivery, language: language))
        handlers.add(ChatPhotoHandler(delivery: delivery, language: language))
        handlers.add(cleanUp)
        handlers.add(startUpCheck)
        if let writeVotes { handlers.add(writeVotes) }
    }
}
