internal import TelegramAPI

/// Whose taste a chat goes by: in a private chat the person's, in a group the group's.
///
/// A private chat has its person's number, and groups have negative ones, so a chat's id names its scope.
struct TasteScope: Hashable, Sendable {
    /// The chat's id.
    let id: Int64

    init(_ chat: ChatID) { id = chat.rawValue }

    /// The scope of one person: their private chat.
    init(_ person: UserID) { id = person.rawValue }

    /// Whether it is one person's, wherever they voted; a group's is made of the votes cast there.
    var isPersonal: Bool { id > 0 }
}
