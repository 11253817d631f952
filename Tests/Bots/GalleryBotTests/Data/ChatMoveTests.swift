import BotKit
import JSON
import SQLiteStorage
import Storage
import Support
import TelegramAPI
import TelegramSimulator
import Testing

@testable import GalleryBot

/// Tables and columns as the database has them.
struct Schema {
    /// The columns of each table, but for those of the migrations' own bookkeeping.
    var columns: [String: [String]]

    init(_ database: any Database) async throws {
        let tables: [String] = try await database.read { connection in
            try connection.values("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        }
        columns = [:]
        for table in tables {
            let found = table
            columns[table] = try await database.read {
                try $0.values("SELECT name FROM pragma_table_info(\(found)) ORDER BY cid")
            }
        }
    }

    /// `table.column` for each column whose name passes.
    func names(where isWanted: (String) -> Bool) -> Set<String> {
        Set(columns.flatMap { table, columns in columns.filter(isWanted).map { "\(table).\($0)" } })
    }
}

@Suite(.timeLimit(.minutes(2))) struct ChatMoveTests {
    private let bot = GalleryScene.botID

    @Test func `every column with a chat's number is known, so that a new table cannot be forgotten`() async throws {
        try await GalleryScene.play { scene in
            let schema = try await Schema(scene.database)
            let found = schema.names { $0 == "chat_id" || $0 == "scope_id" || $0 == "chat" || $0 == "scope" }
            // BotKit moves its own.
            let ours = found.filter { !$0.hasPrefix("bot_") }
            #expect(ours == Set(ScopedColumns.chats.map { "\($0.table).\($0.column)" }))
            #expect(
                found.subtracting(ours) == [
                    "bot_broadcast_recipients.chat", "bot_dialogues.chat", "bot_expiry_notices.chat",
                    "bot_messages.chat",
                ])
        }
    }

    @Test func `one move takes everything along, a second changes nothing`() async throws {
        try await GalleryScene.play { scene in
            let (old, new) = (ChatID(-77), ChatID(-1_000_000_000_077))
            let access = GalleryAccess(
                settings: GallerySettings(allowedUsers: [501]), database: scene.database, time: SystemTime())
            let schema = try await Schema(scene.database)
            try await scene.database.write { connection in
                for column in ScopedColumns.chats {
                    try Self.insert(old.rawValue, column, schema, in: connection)
                    // The new number is known already where a key allows only one row: what people decided stays.
                    if column.key != nil { try Self.insert(new.rawValue, column, schema, in: connection) }
                }
                try connection.execute(
                    """
                    INSERT INTO bot_dialogues (bot, chat, person, name, version, state, expires_at)
                    VALUES (7001, -77, 502, 'x', 1, x'', 1)
                    """)
                try connection.execute(
                    "INSERT INTO bot_messages (bot, chat, slot, message, sent_at) VALUES (7001, -77, 'm', 3, 1)")
            }
            try await access.load()
            #expect(access.isOpen(old))
            var states: [[Int]] = []
            for _ in 0..<2 {
                try await scene.database.write { connection in
                    try ChatMove(access: access).run(old, to: new, now: Timestamp(seconds: 5), in: connection)
                    try scene.gallery.bot.moveChat(old, to: new, in: connection)
                }
                var counts: [Int] = []
                for column in ScopedColumns.chats {
                    counts += try await scene.database.read { connection in
                        try connection.values(
                            """
                            SELECT SUM(\(raw: column.column) = \(old.rawValue)) * 100
                                + SUM(\(raw: column.column) = \(new.rawValue))
                            FROM \(raw: column.table)
                            """)
                    }
                }
                states.append(counts)
            }
            #expect(states[0] == states[1])
            #expect(states[0] == ScopedColumns.chats.map { _ in 1 }, "one row each, all under the new number")
            let left = try await scene.database.query(
                "SELECT 1 FROM bot_dialogues WHERE chat = -77 UNION ALL SELECT 1 FROM bot_messages WHERE chat = -77")
            #expect(left.isEmpty)
            #expect(access.isOpen(new) && !access.isOpen(old))
        }
    }

    /// A row with the number and something in every other column that must have something.
    private static func insert(
        _ number: Int64, _ column: ScopedColumns.ChatColumn, _ schema: Schema, in connection: any SQLConnection
    ) throws {
        let fillers = try connection.query(
            "SELECT name, type, \"notnull\", pk, dflt_value FROM pragma_table_info(\(column.table))")
        var (names, values): (SQL, SQL) = ("\(raw: column.column)", "\(number)")
        for row in fillers {
            let name: String = try row.get("name")
            let isRowID = try row.get("type", as: String.self) == "INTEGER" && row.get("pk", as: Int.self) == 1
            guard name != column.column, !isRowID, try row.get("notnull", as: Int.self) == 1 else { continue }
            names = "\(names), \(raw: name)"
            let isText = try row.get("type", as: String.self) == "TEXT"
            values = isText ? "\(values), 'x'" : "\(values), \(number == -77 ? 1 : 2)"
        }
        try connection.execute("INSERT INTO \(raw: column.table) (\(names)) VALUES (\(values))")
    }

    @Test func `a group that is upgraded stays open and keeps its history`() async throws {
        try await GalleryScene.play(settings: GallerySettings(allowedUsers: [501])) { scene in
            let chat = try await scene.alice.act(
                "chats", ["type": "group", "title": "Party", "members": [502, .integer(bot)]])
            let old = try #require(chat["chat"]?["id"]?.integerValue)
            try await scene.alice.say("/random@gallery_bot", to: old)
            let offer = try await scene.alice.next(from: old)
            try await scene.alice.press("✅ Show photos there", on: offer, in: old)
            try await scene.boris.say("/random@gallery_bot", to: old)
            _ = try await scene.boris.next(from: old)
            let new = try await scene.alice.upgrade(old)
            try await scene.boris.say("/random@gallery_bot", to: new)
            repeat {} while try await scene.boris.next(from: new).media == nil
            try await scene.boris.say("/help@gallery_bot", to: new)
            _ = try await scene.boris.next(from: new)
            let chats: [Int64] = try await scene.database.read {
                try $0.values("SELECT DISTINCT chat_id FROM sent_photos")
            }
            #expect(chats == [new])
        }
    }

    @Test func `who blocks the bot is noted, and found again when they come back`() async throws {
        try await GalleryScene.play { scene in
            try await scene.boris.say("/start", to: bot)
            _ = try await scene.boris.next(from: bot)
            try await scene.boris.block(bot)
            try await note("blocked", scene)
            try await scene.boris.block(bot, false)
            try await note(nil, scene)
            try await scene.boris.say("/random", to: bot)
            #expect(try await scene.boris.next(from: bot).media != nil)
        }
    }

    private func note(_ reason: String?, _ scene: GalleryScene) async throws {
        try await eventually("it is noted: \(reason ?? "reachable")") {
            let row = try await scene.database.one("SELECT unreachable FROM gallery_chats WHERE chat_id = 502")
            return try row.map { try $0.get(at: 0, as: String?.self) == reason } ?? false
        }
    }
}
