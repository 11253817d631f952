internal import BotKit
internal import Storage
internal import Support
internal import TelegramAPI

/// A group became a supergroup: everything that is kept for it gets its new number.
struct ChatMove: Sendable {
    let access: GalleryAccess

    /// Moves a chat's rows inside one transaction; doing it again changes nothing.
    ///
    /// Where both numbers have a row, that of the old one stays: it is what people decided.
    func run(_ chat: ChatID, to newChat: ChatID, now: Timestamp, in connection: any SQLConnection) throws {
        guard chat != newChat else { return }
        let wasOpen = access.isOpen(chat)
        // The new chat counts its messages from one: the old numbers would name others.
        try connection.execute("UPDATE sent_photos SET message_id = NULL WHERE chat_id = \(chat.rawValue)")
        for column in ScopedColumns.chats { try Self.move(column, from: chat, to: newChat, in: connection) }
        try connection.execute(
            """
            UPDATE gallery_chats SET kind = \(ChatType.supergroup.rawValue), unreachable = NULL
            WHERE chat_id = \(newChat.rawValue)
            """)
        if wasOpen { try access.move(chat, to: newChat, now: now, in: connection) }
    }

    private static func move(
        _ column: ScopedColumns.ChatColumn, from chat: ChatID, to newChat: ChatID, in connection: any SQLConnection
    ) throws(StorageError) {
        let (table, name): (SQL, SQL) = ("\(raw: column.table)", "\(raw: column.column)")
        if let key = column.key {
            var same: SQL = "mine.\(name) = \(chat.rawValue)"
            for other in key { same = "\(same) AND mine.\(raw: other) = \(table).\(raw: other)" }
            try connection.execute(
                """
                DELETE FROM \(table) WHERE \(name) = \(newChat.rawValue)
                    AND EXISTS (SELECT 1 FROM \(table) AS mine WHERE \(same))
                """)
        }
        try connection.execute(
            "UPDATE \(table) SET \(name) = \(newChat.rawValue) WHERE \(name) = \(chat.rawValue)")
    }
}
