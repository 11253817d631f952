internal import Storage
internal import Support
internal import TelegramAPI

/// The table `gallery_chats`: what each chat has decided, and whether it can be reached.
struct ChatSettingsStore: Sendable {
    static let migrations = [
        Migration(
            "create gallery_chats",
            """
            CREATE TABLE gallery_chats (
                chat_id BIGINT NOT NULL PRIMARY KEY,
                kind TEXT,
                title TEXT,
                zone TEXT,
                spoiler BIGINT NOT NULL DEFAULT 0,
                protected BIGINT NOT NULL DEFAULT 0,
                silent BIGINT NOT NULL DEFAULT 0,
                quiet_from SMALLINT,
                quiet_until SMALLINT,
                paused_until BIGINT,
                unreachable TEXT,
                updated_at BIGINT NOT NULL
            );
            """)
    ]

    /// What a chat decides about the configured schedule; in force after the tables of the other rooms.
    static let configuredMigrations = [
        Migration(
            "pause the configured schedule in gallery_chats",
            """
            ALTER TABLE gallery_chats ADD COLUMN configured_paused BIGINT NOT NULL DEFAULT 0;
            ALTER TABLE gallery_chats ADD COLUMN configured_run BIGINT;
            """)
    ]

    /// A chat's settings; the usual ones where it has decided nothing yet.
    func settings(of chat: ChatID, in connection: any SQLConnection) throws(StorageError) -> ChatSettings {
        guard let row = try connection.one("SELECT * FROM gallery_chats WHERE chat_id = \(chat.rawValue)") else {
            return ChatSettings(chat: chat)
        }
        return try Self.read(row)
    }

    /// Every chat that is known.
    func all(in connection: any SQLConnection) throws(StorageError) -> [ChatSettings] {
        var chats: [ChatSettings] = []
        for row in try connection.query("SELECT * FROM gallery_chats ORDER BY chat_id") {
            chats.append(try Self.read(row))
        }
        return chats
    }

    /// Changes a chat's settings and gives them back.
    @discardableResult
    func update(
        _ chat: ChatID, now: Timestamp, in connection: any SQLConnection, _ change: (inout ChatSettings) -> Void
    ) throws(StorageError) -> ChatSettings {
        var settings = try settings(of: chat, in: connection)
        let before = settings
        change(&settings)
        if settings != before { try save(settings, now: now, in: connection) }
        return settings
    }

    /// Notes that nothing can be sent to a chat: its schedules rest, and nothing of it is deleted.
    ///
    /// - Parameter reason: A word for the log and the owner, such as `blocked`.
    func markUnreachable(
        _ chat: ChatID, reason: String, now: Timestamp, in connection: any SQLConnection
    ) throws(StorageError) {
        try update(chat, now: now, in: connection) { $0.unreachable = reason }
    }

    /// Notes that a chat can be reached again; true where it could not before.
    @discardableResult
    func markReachable(
        _ chat: ChatID, now: Timestamp, in connection: any SQLConnection
    ) throws(StorageError) -> Bool {
        guard try settings(of: chat, in: connection).unreachable != nil else { return false }
        try update(chat, now: now, in: connection) { $0.unreachable = nil }
        return true
    }

    /// Notes what kind of chat it is and what it is called; writes only when that is new.
    func note(_ chat: Chat, now: Timestamp, in connection: any SQLConnection) throws(StorageError) {
        try update(chat.id, now: now, in: connection) { settings in
            settings.kind = chat.type.rawValue
            settings.title = chat.title ?? chat.firstName
        }
    }

    private func save(
        _ settings: ChatSettings, now: Timestamp, in connection: any SQLConnection
    ) throws(StorageError) {
        try connection.execute(
            """
            INSERT INTO gallery_chats (chat_id, kind, title, zone, spoiler, protected, silent, quiet_from, quiet_until,
                paused_until, configured_paused, configured_run, unreachable, updated_at)
            VALUES (\(settings.chat.rawValue), \(settings.kind), \(settings.title), \(settings.zone),
                \(settings.isSpoiler), \(settings.isProtected), \(settings.isSilent), \(settings.quietHours?.from),
                \(settings.quietHours?.until), \(settings.pausedUntil), \(settings.isConfiguredPaused),
                \(settings.configuredRun), \(settings.unreachable), \(now))
            ON CONFLICT (chat_id) DO UPDATE SET kind = excluded.kind, title = excluded.title, zone = excluded.zone,
                spoiler = excluded.spoiler, protected = excluded.protected, silent = excluded.silent,
                quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until,
                paused_until = excluded.paused_until, configured_paused = excluded.configured_paused,
                configured_run = excluded.configured_run, unreachable = excluded.unreachable,
                updated_at = excluded.updated_at
            """)
    }

    private static func read(_ row: Row) throws(StorageError) -> ChatSettings {
        var settings = ChatSettings(chat: ChatID(try row.get("chat_id", as: Int64.self)))
        settings.kind = try row.get("kind")
        settings.title = try row.get("title")
        settings.zone = try row.get("zone")
        settings.isSpoiler = try row.get("spoiler")
        settings.isProtected = try row.get("protected")
        settings.isSilent = try row.get("silent")
        if let from = try row.get("quiet_from", as: Int?.self), let until = try row.get("quiet_until", as: Int?.self) {
            settings.quietHours = QuietHours(from: from, until: until)
        }
        settings.pausedUntil = try row.get("paused_until")
        settings.isConfiguredPaused = try row.get("configured_paused")
        settings.configuredRun = try row.get("configured_run")
        settings.unreachable = try row.get("unreachable")
        return settings
    }
}
