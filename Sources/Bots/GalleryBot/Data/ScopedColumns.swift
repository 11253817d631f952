/// The columns that hold a chat's or a person's number, so that a move and a forgetting miss none.
///
/// A test compares both lists with the tables: a new table with such a column has to be entered here.
enum ScopedColumns {
    /// A column with the number of a chat, or of what a chat's taste goes by.
    struct ChatColumn: Equatable, Sendable {
        var table: String
        var column: String
        /// The other columns of a key that the number is part of; nil where it is in no key.
        var key: [String]?
    }

    /// A column with the number of a person.
    struct PersonColumn: Equatable, Sendable {
        var table: String
        var column: String
        var fate: Fate

        /// What becomes of a row when the person is forgotten.
        enum Fate: Equatable, Sendable {
            /// It goes.
            case deleted
            /// It belongs to others too: the number goes.
            case nulled
            /// The same, where the column takes no null.
            case zeroed
        }
    }

    static let chats = [
        ChatColumn(table: "sent_photos", column: "chat_id"),
        ChatColumn(table: "votes", column: "chat_id"),
        ChatColumn(table: "gallery_exclusions", column: "scope_id", key: ["gallery_id"]),
        ChatColumn(table: "gallery_offers", column: "scope_id", key: ["gallery_id"]),
        ChatColumn(table: "gallery_chats", column: "chat_id", key: []),
        ChatColumn(table: "gallery_schedules", column: "chat_id"),
        ChatColumn(table: "gallery_allowed_chats", column: "chat_id", key: []),
    ]

    /// The private chat of a person has the person's number.
    static let people = [
        PersonColumn(table: "sent_photos", column: "chat_id", fate: .deleted),
        PersonColumn(table: "sent_photos", column: "user_id", fate: .nulled),
        PersonColumn(table: "votes", column: "user_id", fate: .deleted),
        PersonColumn(table: "votes", column: "chat_id", fate: .deleted),
        PersonColumn(table: "gallery_presses", column: "user_id", fate: .deleted),
        PersonColumn(table: "gallery_exclusions", column: "scope_id", fate: .deleted),
        PersonColumn(table: "gallery_exclusions", column: "excluded_by", fate: .zeroed),
        PersonColumn(table: "gallery_offers", column: "scope_id", fate: .deleted),
        PersonColumn(table: "gallery_schedules", column: "chat_id", fate: .deleted),
        PersonColumn(table: "gallery_schedules", column: "created_by", fate: .nulled),
        PersonColumn(table: "gallery_chats", column: "chat_id", fate: .deleted),
        PersonColumn(table: "gallery_people", column: "user_id", fate: .deleted),
        PersonColumn(table: "gallery_members", column: "user_id", fate: .deleted),
        PersonColumn(table: "gallery_members", column: "added_by", fate: .nulled),
        PersonColumn(table: "gallery_allowed_chats", column: "chat_id", fate: .deleted),
        PersonColumn(table: "gallery_allowed_chats", column: "added_by", fate: .nulled),
        PersonColumn(table: "gallery_invitations", column: "created_by", fate: .deleted),
        PersonColumn(table: "gallery_strangers", column: "user_id", fate: .deleted),
        PersonColumn(table: "gallery_web_links", column: "user_id", fate: .deleted),
        PersonColumn(table: "gallery_web_sessions", column: "user_id", fate: .deleted),
    ]
}
