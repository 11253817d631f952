internal import Jobs
internal import Storage
internal import Support
internal import Synchronization
internal import TelegramAPI

/// Keeps the schedules of chats and the jobs' schedules in step: both change in one transaction.
final class ChatScheduler: Sendable {
    /// Why a schedule is not made.
    enum Refusal: Error, Equatable {
        /// The chat has as many as it may.
        case tooMany(Int)
        /// The chat has one for the same times and photos.
        case known(Int64)
    }

    let database: any Database
    let chats = ChatSettingsStore()
    let schedules = ChatSchedules()
    /// The owner's schedule; nil for none.
    let configured: GallerySettings.Timetable?
    /// The zone of chats that have chosen none.
    let defaultZone: String
    /// How late a missed photo may still come.
    let grace: Duration
    let time: any TimeSource
    private let queue = Mutex<JobQueue?>(nil)

    init(settings: GallerySettings, database: any Database, time: any TimeSource) {
        configured = settings.schedule
        defaultZone = settings.schedule?.zone ?? settings.zone
        grace = settings.scheduleGrace
        self.database = database
        self.time = time
    }

    /// The queue that is there once the tables are; without one nothing can be due.
    func use(_ queue: JobQueue) { self.queue.withLock { $0 = queue } }

    private func stored() throws(StorageError) -> (queue: JobQueue, schedules: Schedules) {
        guard let queue = queue.withLock({ $0 }) else {
            throw StorageError(.misuse, "schedules are not ready before the bot is")
        }
        return (queue, Schedules(queue))
    }

    // MARK: Chats

    /// The rules of a chat's time zone; UTC where the system has lost its file.
    func rules(of settings: ChatSettings) -> TimeZoneRules { Self.rules(settings.zone ?? defaultZone) }

    static func rules(_ zone: String) -> TimeZoneRules {
        do throws(TimeZoneError) {
            return try .named(zone)
        } catch {
            return .utc
        }
    }

    /// Gives a chat another time zone; its schedules go by it from now on.
    func setZone(_ zone: TimeZoneRules, of chat: ChatID, in connection: any SQLConnection) throws {
        try chats.update(chat, now: time.now, in: connection) { $0.zone = zone.name }
        for var schedule in try schedules.all(of: chat, in: connection) {
            schedule.zone = zone.name
            try schedules.update(schedule, in: connection)
            try put(schedule, in: connection)
        }
    }

    // MARK: Schedules

    /// Makes a schedule.
    ///
    /// - Throws: `Refusal` where the chat has too many, or has it already.
    func add(_ schedule: ChatSchedule, in connection: any SQLConnection) throws -> ChatSchedule {
        let known = try schedules.all(of: schedule.chat, in: connection)
        if let same = known.first(where: { $0.cron == schedule.cron && $0.filter == schedule.filter }) {
            throw Refusal.known(same.id)
        }
        guard known.count < ChatSchedules.limit else { throw Refusal.tooMany(ChatSchedules.limit) }
        let stored = try schedules.insert(schedule, in: connection)
        try put(stored, in: connection)
        return stored
    }

    /// Stores a change of a schedule.
    func update(_ schedule: ChatSchedule, in connection: any SQLConnection) throws {
        try schedules.update(schedule, in: connection)
        try put(schedule, in: connection)
    }

    /// Deletes a schedule; a photo that is just due does not come any more.
    func remove(_ schedule: ChatSchedule, in connection: any SQLConnection) throws {
        try schedules.remove(schedule.id, in: connection)
        try stored().schedules.remove(Self.name(of: schedule.id), in: connection)
    }

    /// Takes back what is left of a schedule whose row is gone, such as that of a person who was forgotten.
    func removeLeftover(_ id: Int64, in connection: any SQLConnection) throws {
        try stored().schedules.remove(Self.name(of: id), in: connection)
    }

    /// Sends what a schedule would send, now, whatever pauses and quiet hours say.
    func runNow(_ schedule: ChatSchedule, in connection: any SQLConnection) throws {
        try stored().queue.enqueue(
            ChatPhoto(schedule: schedule.id, isAskedFor: true),
            JobOptions(uniqueKey: "gallery.now.\(schedule.id)", fairnessKey: "chat:\(schedule.chat.rawValue)"),
            in: connection)
    }

    /// Sends what the configured schedule would send to a person, now.
    func runConfiguredNow(for user: UserID, in connection: any SQLConnection) throws {
        try stored().queue.enqueue(
            ScheduledPhoto(userID: user.rawValue, isAskedFor: true),
            JobOptions(uniqueKey: "gallery.configured.now.\(user.rawValue)", fairnessKey: "chat:\(user.rawValue)"),
            in: connection)
    }

    /// Notes that a schedule brings something now; false where a later photo has come in place of the one due.
    ///
    /// What was held or missed and what is due at the same moment are one photo. A clock that was set back far counts
    /// for nothing.
    func claim(_ id: Int64, due: Timestamp, in connection: any SQLConnection) throws -> Bool {
        guard var schedule = try schedules.find(id, in: connection) else { return false }
        guard isNew(due, after: schedule.lastRun) else { return false }
        schedule.lastRun = time.now
        try schedules.update(schedule, in: connection)
        return true
    }

    /// The same for the configured schedule.
    func claimConfigured(_ chat: ChatID, due: Timestamp, in connection: any SQLConnection) throws -> Bool {
        guard isNew(due, after: try chats.settings(of: chat, in: connection).configuredRun) else { return false }
        let now = time.now
        try chats.update(chat, now: now, in: connection) { $0.configuredRun = now }
        return true
    }

    /// The photos that jobs have chosen for a chat and not sent yet: nobody else's until then, also after a restart.
    func promised(to chat: ChatID, in connection: any SQLConnection) throws -> [String] {
        guard let queue = queue.withLock({ $0 }) else { return [] }
        let own = try queue.begun(ChatPhoto.self, as: DeliveryState.self, in: connection).filter {
            try schedules.find($0.job.schedule, in: connection)?.chat == chat
        }
        let configured = try queue.begun(ScheduledPhoto.self, as: DeliveryState.self, in: connection).filter {
            ChatID($0.job.userID) == chat
        }
        return (own.map(\.state) + configured.map(\.state)).flatMap(\.unsent).map(\.photoID)
    }

    private func isNew(_ due: Timestamp, after lastRun: Timestamp?) -> Bool {
        guard let lastRun, lastRun.since(time.now) <= grace else { return true }
        return due > lastRun
    }

    // MARK: At the start

    /// Puts every schedule in force, the configured one for these people; what is no longer wanted goes.
    func prepare(for people: some Sequence<UserID>, in connection: any SQLConnection, known: [Schedule]) throws {
        var current: Set<String> = []
        for schedule in try schedules.all(in: connection) {
            try put(schedule, in: connection)
            current.insert(Self.name(of: schedule.id))
        }
        for person in people where try putConfigured(for: person, in: connection) {
            current.insert(Self.name(of: person))
        }
        for schedule in known where schedule.kind == ScheduledPhoto.kind || schedule.kind == ChatPhoto.kind {
            if !current.contains(schedule.name) { try stored().schedules.remove(schedule.name, in: connection) }
        }
    }

    /// Puts the configured schedule in force for a person, such as one who was just let in; false where there is none.
    @discardableResult
    func putConfigured(for person: UserID, in connection: any SQLConnection) throws -> Bool {
        guard let configured else { return false }
        try stored().schedules.put(
            Self.name(of: person), cron: configured.cron, zone: configured.zone,
            job: ScheduledPhoto(userID: person.rawValue), grace: grace, in: connection)
        return true
    }

    /// Takes the configured schedule from a person, such as one who was turned away.
    func removeConfigured(from person: UserID, in connection: any SQLConnection) throws {
        try stored().schedules.remove(Self.name(of: person), in: connection)
    }

    private func put(_ schedule: ChatSchedule, in connection: any SQLConnection) throws {
        try stored().schedules.put(
            Self.name(of: schedule.id), cron: schedule.cron, zone: schedule.zone, job: ChatPhoto(schedule: schedule.id),
            grace: grace, isEnabled: !schedule.isPaused, in: connection)
    }

    private static func name(of schedule: Int64) -> String { "gallery.chat.\(schedule)" }
    private static func name(of person: UserID) -> String { "gallery.configured.\(person.rawValue)" }
}
