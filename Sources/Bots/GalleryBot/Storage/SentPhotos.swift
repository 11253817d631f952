internal import Storage
internal import Support

/// The table `sent_photos`: what was shown to whom, the memory behind choices and statistics.
struct SentPhotos: Sendable {
    /// A photo that a chat has received.
    struct Entry: Equatable, Sendable {
        var imageID: String
        var chatID: Int64
        /// Who asked; nil for a photo sent by schedule to a group.
        var userID: Int64?
        var title: String?
        var round: Int
        var sentAt: Timestamp
        /// The message that shows it; nil for what was sent before messages were noted.
        var messageID: Int?
        /// Why it was sent.
        var source = Source.asked
        /// Its number in `gallery_photos`, which buttons carry.
        var photoNumber: Int64?
    }

    /// The occasion on which a photo is sent.
    enum Source: String, Sendable, Codable, CaseIterable {
        /// Somebody asked for one.
        case asked
        /// One of several that somebody asked for.
        case album
        /// A schedule was due.
        case schedule
        /// Somebody asked for this day in other years.
        case today
    }

    static let migrations = [
        Migration(
            "create sent_photos",
            """
            CREATE TABLE sent_photos (
                id INTEGER PRIMARY KEY,
                image_id TEXT NOT NULL,
                sent_at BIGINT NOT NULL,
                chat_id BIGINT NOT NULL,
                user_id BIGINT,
                title TEXT,
                round BIGINT NOT NULL
            );
            CREATE INDEX idx_sent_photos_chat_round ON sent_photos (chat_id, round, image_id);
            CREATE INDEX idx_sent_photos_chat_time ON sent_photos (chat_id, sent_at);
            CREATE INDEX idx_image_id ON sent_photos (image_id);
            CREATE INDEX idx_sent_at ON sent_photos (sent_at);
            """)
    ]

    /// What buttons and replies need to find a photo again; in force after the tables of the other rooms.
    static let messageMigrations = [
        Migration(
            "note the messages of sent_photos",
            """
            ALTER TABLE sent_photos ADD COLUMN message_id BIGINT;
            ALTER TABLE sent_photos ADD COLUMN source TEXT NOT NULL DEFAULT 'asked';
            ALTER TABLE sent_photos ADD COLUMN photo_number BIGINT;
            CREATE INDEX idx_sent_photos_chat_message ON sent_photos (chat_id, message_id);
            CREATE INDEX idx_sent_photos_chat_number ON sent_photos (chat_id, photo_number);
            """)
    ]

    /// Notes that a photo was sent; part of the transaction that marks the request as done.
    func add(_ entry: Entry, in connection: any SQLConnection) throws(StorageError) {
        try connection.execute(
            """
            INSERT INTO sent_photos
                (image_id, sent_at, chat_id, user_id, title, round, message_id, source, photo_number)
            VALUES (\(entry.imageID), \(entry.sentAt), \(entry.chatID), \(entry.userID), \(entry.title), \(entry.round),
                \(entry.messageID), \(entry.source.rawValue), \(entry.photoNumber))
            """)
    }

    /// How many photos were sent, to everybody and to a chat, and the chat's last one.
    func figures(
        for chatID: Int64, in connection: any SQLConnection
    ) throws(StorageError) -> (total: Int, toChat: Int, last: (title: String?, sentAt: Timestamp)?) {
        let total: Int = try connection.value("SELECT COUNT(*) FROM sent_photos") ?? 0
        let toChat: Int = try connection.value("SELECT COUNT(*) FROM sent_photos WHERE chat_id = \(chatID)") ?? 0
        let row = try connection.one(
            "SELECT title, sent_at FROM sent_photos WHERE chat_id = \(chatID) ORDER BY sent_at DESC, id DESC LIMIT 1")
        guard let row else { return (total, toChat, nil) }
        return (total, toChat, (try row.get("title"), try row.get("sent_at")))
    }

    /// A group that became a supergroup keeps its history under its new number.
    func move(chat: Int64, to newChat: Int64, in connection: any SQLConnection) throws(StorageError) {
        try connection.execute("UPDATE sent_photos SET chat_id = \(newChat) WHERE chat_id = \(chat)")
    }
}
