internal import BotKit
internal import Storage
internal import Support
internal import Synchronization
internal import TelegramAPI

/// Who may use the bot, who owns it, and where photos may be shown.
///
/// Answers come from memory. It is read from the tables at the start and changed when a transaction that changed
/// them is committed, so that a decision holds from the next update on.
final class GalleryAccess: Sendable {
    private struct State {
        var people: [UserID: Person] = [:]
        var chats: Set<ChatID> = []
    }

    let owners: [UserID]
    /// Those of the configuration: they cannot be turned away by command.
    let configuredUsers: Set<UserID>
    let configuredChats: Set<ChatID>
    private let database: any Database
    private let time: any TimeSource
    private let tables = AccessTables()
    let administrators: Administrators
    private let state = Mutex(State())
    /// What else a decision about a person brings about, in its transaction.
    private let consequence = Mutex<(@Sendable (Person, any SQLConnection) throws -> Void)?>(nil)

    init(settings: GallerySettings, database: any Database, time: any TimeSource) {
        owners = settings.owners
        configuredUsers = Set(settings.allowedUsers).union(settings.owners)
        configuredChats = Set(settings.allowedChats)
        self.database = database
        self.time = time
        administrators = Administrators(time: time)
    }

    /// Reads the tables.
    func load() async throws {
        let (people, chats) = try await database.read { [tables] connection in
            (try tables.people(in: connection), try tables.chats(in: connection))
        }
        state.withLock { state in
            state.people = Dictionary(uniqueKeysWithValues: people.map { ($0.id, $0) })
            state.chats = Set(chats.map { ChatID($0) })
        }
    }

    // MARK: People

    /// Whether this is an owner.
    func isOwner(_ user: UserID) -> Bool { owners.contains(user) }

    /// Whether a person may use the bot.
    func mayUse(_ user: UserID) -> Bool {
        configuredUsers.contains(user) || state.withLock { $0.people[user]?.status == .allowed }
    }

    /// What was decided about a person while the bot ran; nil for those of the configuration and for strangers.
    func person(_ user: UserID) -> Person? { state.withLock { $0.people[user] } }

    /// Everybody about whom something was decided, the latest first.
    var people: [Person] {
        state.withLock { Array($0.people.values) }.sorted { ($1.since, $0.id) < ($0.since, $1.id) }
    }

    /// Somebody by the username that they had when it was decided about them.
    func person(username: String) -> Acquaintance? {
        let wanted = username.lowercased()
        return state.withLock { $0.people.values.first { $0.username?.lowercased() == wanted } }.map(Acquaintance.init)
    }

    /// Everybody who may use the bot.
    var users: Set<UserID> {
        configuredUsers.union(state.withLock { $0.people.values.filter { $0.status == .allowed }.map(\.id) })
    }

    /// Names what else is done when something is decided about a person.
    func onDecision(_ body: @escaping @Sendable (Person, any SQLConnection) throws -> Void) {
        consequence.withLock { $0 = body }
    }

    /// Stores a decision about a person; in force when the transaction is committed.
    func decide(_ person: Person, in connection: any SQLConnection) throws {
        try tables.put(person, in: connection)
        try consequence.withLock(\.self)?(person, connection)
        connection.afterCommit { [self] in state.withLock { $0.people[person.id] = person } }
    }

    /// Forgets what was decided about a person, in memory once the transaction is committed.
    func forget(_ user: UserID, in connection: any SQLConnection) throws(StorageError) {
        try connection.execute("DELETE FROM gallery_members WHERE user_id = \(user.rawValue)")
        connection.afterCommit { [self] in _ = state.withLock { $0.people.removeValue(forKey: user) } }
    }

    // MARK: Chats

    /// Whether photos may be shown in a chat: somebody's private chat, or a group or channel that an owner allowed.
    func isOpen(_ chat: ChatID) -> Bool {
        // Private chats have the number of their person, groups and channels numbers below zero.
        if chat.rawValue > 0 { return mayUse(UserID(chat.rawValue)) }
        return configuredChats.contains(chat) || state.withLock { $0.chats.contains(chat) }
    }

    /// The groups and channels in which photos may be shown.
    var chats: Set<ChatID> { configuredChats.union(state.withLock(\.chats)) }

    /// Allows a group or channel; in force when the transaction is committed.
    func allow(_ chat: ChatID, title: String, by owner: UserID, in connection: any SQLConnection) throws(StorageError) {
        try tables.allow(chat, title: title, by: owner, at: time.now, in: connection)
        connection.afterCommit { [self] in _ = state.withLock { $0.chats.insert(chat) } }
    }

    /// Takes a group's or channel's permission away; false where it had none from a command or button.
    @discardableResult
    func disallow(_ chat: ChatID, in connection: any SQLConnection) throws(StorageError) -> Bool {
        guard try tables.disallow(chat, in: connection) else { return false }
        connection.afterCommit { [self] in _ = state.withLock { $0.chats.remove(chat) } }
        return true
    }

    /// Follows an allowed group to its new number, also one of the configuration; the table's row has moved already.
    func move(_ chat: ChatID, to newChat: ChatID, now: Timestamp, in connection: any SQLConnection) throws(StorageError)
    {
        try connection.execute(
            """
            INSERT INTO gallery_allowed_chats (chat_id, title, since, added_by)
            VALUES (\(newChat.rawValue), COALESCE(
                (SELECT title FROM gallery_chats WHERE chat_id = \(newChat.rawValue)), ''), \(now), NULL)
            ON CONFLICT (chat_id) DO NOTHING
            """)
        connection.afterCommit { [self] in
            state.withLock { state in
                state.chats.remove(chat)
                state.chats.insert(newChat)
            }
        }
    }

    // MARK: Updates

    /// The person behind an update.
    ///
    /// Nil for an anonymous administrator and for somebody who writes as a channel: Telegram names a common stand-in
    /// for them, which must never be taken for a person.
    func person(behind ctx: Context) -> User? {
        if ctx.kind != .callbackQuery, ctx.message?.senderChat != nil { return nil }
        guard let user = ctx.user, !user.isBot, user.id != UserID.telegram else { return nil }
        return user
    }

    /// Whether whoever caused an update may change settings, schedules and exclusions of the chat they are in.
    ///
    /// In a private chat that is the person; in a group an owner, somebody who may use the bot, or an administrator.
    func mayManage(_ ctx: Context) async throws -> Bool {
        guard let chat = ctx.chat, isOpen(chat.id) else { return false }
        if let person = person(behind: ctx), mayUse(person.id) { return true }
        guard chat.type == .group || chat.type == .supergroup else { return false }
        // Who writes as the group itself is one of its administrators.
        if ctx.kind == .message, let sender = ctx.message?.senderChat { return sender.id == chat.id }
        guard let person = person(behind: ctx) else { return false }
        return try await administrators.contains(person.id, of: chat.id, asking: ctx.sender)
    }
}

extension UserID {
    /// The account in whose name Telegram itself writes, such as for posts of a linked channel.
    static let telegram = UserID(777_000)
}
