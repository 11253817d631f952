internal import Storage
internal import Support

/// Finding a photo again by what people point at: a message, a button, the last one.
extension SentPhotos {
    /// A photo that a chat was shown.
    struct Shown: Equatable, Sendable {
        var imageID: String
        /// Nil for what was sent before photos had numbers.
        var photoNumber: Int64?
        var messageID: Int?
        var sentAt: Timestamp
    }

    /// Whether a chat was shown a photo: a button's number counts for nothing where it was not.
    func wasShown(
        _ photoNumber: Int64, in chatID: Int64, connection: any SQLConnection
    ) throws(StorageError) -> Bool {
        try connection.one(
            "SELECT 1 FROM sent_photos WHERE chat_id = \(chatID) AND photo_number = \(photoNumber) LIMIT 1") != nil
    }

    /// The photo with a number, as this chat was last shown it; nil where it never was.
    func shown(
        photo photoNumber: Int64, in chatID: Int64, connection: any SQLConnection
    ) throws(StorageError) -> Shown? {
        try connection.one(
            """
            SELECT image_id, photo_number, message_id, sent_at FROM sent_photos
            WHERE chat_id = \(chatID) AND photo_number = \(photoNumber) ORDER BY sent_at DESC, id DESC LIMIT 1
            """
        ).map(Self.read)
    }

    /// The photo that a message of this chat shows; nil where it shows none.
    func shown(
        message messageID: Int, in chatID: Int64, connection: any SQLConnection
    ) throws(StorageError) -> Shown? {
        try connection.one(
            """
            SELECT image_id, photo_number, message_id, sent_at FROM sent_photos
            WHERE chat_id = \(chatID) AND message_id = \(messageID) ORDER BY sent_at DESC, id DESC LIMIT 1
            """
        ).map(Self.read)
    }

    /// The photo that this chat was shown last.
    func lastShown(in chatID: Int64, connection: any SQLConnection) throws(StorageError) -> Shown? {
        try connection.one(
            """
            SELECT image_id, photo_number, message_id, sent_at FROM sent_photos
            WHERE chat_id = \(chatID) ORDER BY sent_at DESC, id DESC LIMIT 1
            """
        ).map(Self.read)
    }

    /// How often a chat was shown a photo.
    func timesShown(_ imageID: String, in chatID: Int64, connection: any SQLConnection) throws(StorageError) -> Int {
        try connection.value(
            "SELECT COUNT(*) FROM sent_photos WHERE chat_id = \(chatID) AND image_id = \(imageID)") ?? 0
    }

    /// When a chat was shown a photo last.
    func lastTime(
        _ imageID: String, in chatID: Int64, connection: any SQLConnection
    ) throws(StorageError) -> Timestamp? {
        try connection.value(
            """
            SELECT sent_at FROM sent_photos WHERE chat_id = \(chatID) AND image_id = \(imageID)
            ORDER BY sent_at DESC LIMIT 1
            """)
    }

    private static func read(_ row: Row) throws(StorageError) -> Shown {
        Shown(
            imageID: try row.get("image_id"), photoNumber: try row.get("photo_number"),
            messageID: try row.get("message_id"), sentAt: try row.get("sent_at"))
    }
}
