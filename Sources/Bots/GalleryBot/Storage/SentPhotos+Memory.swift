internal import PhotoLibraries
internal import Storage
internal import Support

/// Reading a chat's history into the memory that choosing goes by.
extension SentPhotos {
    /// The table's index for what is new in a chat; in force after the tables of the other rooms.
    static let memoryMigrations = [
        Migration(
            "find what is new in a chat's history",
            "CREATE INDEX idx_sent_photos_chat_new ON sent_photos (chat_id, id);")
    ]

    /// What has to be done to a memory so that it is the table again.
    enum News: Sendable {
        /// Rows came, or none did.
        case showings([ChatMemory.Showing])
        /// Rows that were read are there no longer, or nothing was read yet: it is made anew.
        case anew(ChatMemory)
    }

    /// The queries behind a memory; a test looks at how each is answered.
    enum MemoryQuery {
        /// Whether the newest row that was read is still there.
        static func newest(_ cursor: ChatMemory.Cursor, of chatID: Int64) -> SQL {
            "SELECT 1 FROM sent_photos WHERE id = \(cursor.id) AND chat_id = \(chatID) AND sent_at = \(cursor.sentAt)"
        }

        static func since(_ cursor: ChatMemory.Cursor, of chatID: Int64) -> SQL {
            """
            SELECT id, image_id, round, sent_at FROM sent_photos
            WHERE chat_id = \(chatID) AND id > \(cursor.id) ORDER BY id
            """
        }

        static func last(of chatID: Int64) -> SQL {
            "SELECT id, sent_at FROM sent_photos WHERE chat_id = \(chatID) ORDER BY id DESC LIMIT 1"
        }

        static func round(of chatID: Int64) -> SQL {
            "SELECT MAX(round) FROM sent_photos WHERE chat_id = \(chatID)"
        }

        static func seen(in round: Int, of chatID: Int64) -> SQL {
            "SELECT image_id FROM sent_photos WHERE chat_id = \(chatID) AND round = \(round)"
        }

        static func recent(since: Timestamp, of chatID: Int64) -> SQL {
            """
            SELECT image_id, sent_at FROM sent_photos
            WHERE chat_id = \(chatID) AND sent_at >= \(since) ORDER BY sent_at, id
            """
        }

        static func all(of chatID: Int64) -> SQL {
            "SELECT image_id FROM sent_photos WHERE chat_id = \(chatID) ORDER BY sent_at, id"
        }
    }

    /// What is new in a chat's history since a memory was read.
    ///
    /// - Parameter since: How far back showings matter one by one.
    func news(
        of chatID: Int64, after cursor: ChatMemory.Cursor?, since: Timestamp, in index: PhotoIndex,
        _ connection: any SQLConnection
    ) throws -> News {
        guard let cursor, try connection.one(MemoryQuery.newest(cursor, of: chatID)) != nil else {
            // A chat that had seen nothing has nothing to be made anew of, unless rows came.
            return .anew(try memory(of: chatID, since: since, in: index, connection))
        }
        var showings: [ChatMemory.Showing] = []
        try connection.forEach(MemoryQuery.since(cursor, of: chatID)) { row in
            showings.append(
                ChatMemory.Showing(
                    position: index.position(of: try row.get(at: 1)), round: try row.get(at: 2),
                    cursor: ChatMemory.Cursor(id: try row.get(at: 0), sentAt: try row.get(at: 3))))
        }
        return .showings(showings)
    }

    /// The pictures of a chat's whole history by position, oldest first.
    func order(
        of chatID: Int64, in index: PhotoIndex, _ connection: any SQLConnection
    ) throws -> [UInt32] {
        var order: [UInt32] = []
        try connection.forEach(MemoryQuery.all(of: chatID)) { row in
            if let position = index.position(of: try row.get(at: 0)) { order.append(UInt32(position)) }
        }
        return order
    }

    private func memory(
        of chatID: Int64, since: Timestamp, in index: PhotoIndex, _ connection: any SQLConnection
    ) throws -> ChatMemory {
        guard let last = try connection.one(MemoryQuery.last(of: chatID)) else { return ChatMemory(for: index) }
        let round: Int = try connection.value(MemoryQuery.round(of: chatID)) ?? 1
        var memory = ChatMemory(for: index, round: round)
        memory.cursor = ChatMemory.Cursor(id: try last.get(at: 0), sentAt: try last.get(at: 1))
        try connection.forEach(MemoryQuery.seen(in: round, of: chatID)) { row in
            if let position = index.position(of: try row.get(at: 0)) { memory.noteSeen(position, in: index) }
        }
        try connection.forEach(MemoryQuery.recent(since: since, of: chatID)) { row in
            guard let position = index.position(of: try row.get(at: 0)) else { return }
            memory.noteRecent(position, at: try row.get(at: 1), in: index)
        }
        return memory
    }
}
