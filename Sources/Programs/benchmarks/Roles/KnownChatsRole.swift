import BotKit
import SQLiteStorage
import Storage
import Support

/// Fills a bot's database with people whom it knows: each has chosen a language and stands in a dialogue.
enum KnownChatsRole {
    static func fill(_ path: String, count: Int) async throws {
        let database = try await SQLiteDatabase.open(path: path)
        let bot = try Bot(token: Secret(SimulatorRole.token(0)), database: database) { _ in }
        try await bot.prepare()
        let (id, expires) = (bot.id.rawValue, SystemTime().now.adding(.seconds(86_400)))
        let people: SQL = "WITH RECURSIVE people(person) AS (SELECT 900000000 UNION ALL SELECT person + 1 FROM people"
        let all = people + " LIMIT \(count)) "
        try await database.write { connection in
            // The condition keeps SQLite from taking the conflict clause for a join.
            try connection.execute(
                "INSERT INTO bot_people (bot, person, language) " + all + "SELECT \(id), person, 'ru' FROM people")
            try connection.execute(
                "INSERT INTO bot_dialogues (bot, chat, person, name, version, state, expires_at) " + all
                    + """
                    SELECT \(id), person, person, \(EchoBotRole.Count.name), \(EchoBotRole.Count.version),
                        CAST('{"messages":1}' AS BLOB), \(expires) FROM people
                    """)
        }
        await database.close()
    }
}
