internal import BotKit
internal import Jobs
internal import Storage
internal import Support
internal import TelegramAPI

/// Deletes everything that is kept of a person, in one transaction.
struct Forgetting: Sendable {
    let access: GalleryAccess
    let languages: PeopleLanguages
    let votes: VoteRecorder

    /// Forgets a person; the configuration is not touched, so who stands there may go on using the bot.
    ///
    /// - Parameter update: The update that asks for it; it is handled with this transaction.
    func run(_ person: UserID, bot: Bot?, update: Int, in connection: any SQLConnection) throws {
        let id = person.rawValue
        try stopSchedules(of: id, in: connection)
        // Before the rows go: what was written into the library by these votes is taken back.
        try votes.forget(person, in: connection)
        for column in ScopedColumns.people {
            let (table, name): (SQL, SQL) = ("\(raw: column.table)", "\(raw: column.column)")
            switch column.fate {
            case .deleted: try connection.execute("DELETE FROM \(table) WHERE \(name) = \(id)")
            case .nulled: try connection.execute("UPDATE \(table) SET \(name) = NULL WHERE \(name) = \(id)")
            case .zeroed: try connection.execute("UPDATE \(table) SET \(name) = 0 WHERE \(name) = \(id)")
            }
        }
        try connection.execute("DELETE FROM gallery_notices WHERE problem = \("added by \(id)")")
        try access.forget(person, in: connection)
        try languages.forget(person, in: connection)
        try bot?.forget(person, except: update, in: connection)
    }

    /// Takes the person's schedules and jobs away; the configured schedule is the owner's.
    private func stopSchedules(of id: Int64, in connection: any SQLConnection) throws(StorageError) {
        // The runner's entries are named after the rows that go with the others below.
        try connection.execute(
            """
            DELETE FROM schedules WHERE name IN
                (SELECT 'gallery.chat.' || id FROM gallery_schedules WHERE chat_id = \(id))
            """)
        // Jobs name the private chat in their arguments; those of a number that only looks alike stay.
        try connection.execute(
            """
            DELETE FROM jobs WHERE kind LIKE 'gallery.%' AND state IN ('completed', 'cancelled', 'discarded')
                AND args GLOB \("*[^0-9]\(id)[^0-9]*")
            """)
    }
}
