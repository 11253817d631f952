import BotKit
import Foundation
import JSON
import Jobs
import SQLiteStorage
import Storage
import Support
import TelegramAPI
import TelegramSimulator
import Testing

@testable import GalleryBot

/// What people can do about what is kept of them.
@Suite(.timeLimit(.minutes(2))) struct DataTests {
    private let bot = GalleryScene.botID
    private static let settings = GallerySettings(allowedUsers: [501])

    /// Boris is let in, has photos, votes, settings and a hidden gallery.
    private func prepare(_ scene: GalleryScene) async throws {
        try await scene.boris.say("hello", to: bot)
        _ = try await scene.boris.next(from: bot)
        try await scene.alice.say("/allow 502", to: bot)
        _ = try await scene.alice.next(from: bot)
        _ = try await scene.boris.next(from: bot)
        for _ in 0..<2 {
            try await scene.boris.say("/random", to: bot)
            _ = try await scene.boris.next(from: bot)
        }
        try await scene.boris.say("/help", to: bot)
        _ = try await scene.boris.next(from: bot)
        try await scene.database.write { connection in
            let now = Timestamp(seconds: 1_700_000_000)
            try connection.execute(
                "INSERT INTO votes (user_id, photo_number, chat_id, value, voted_at) VALUES (502, 1, 502, 1, \(now))")
            try connection.execute(
                "INSERT INTO votes (user_id, photo_number, chat_id, value, voted_at) VALUES (502, 2, -9, -1, \(now))")
            try connection.execute(
                """
                INSERT INTO gallery_exclusions (scope_id, gallery_id, name, excluded_by, excluded_at)
                VALUES (502, '7', 'Ex "quoted" <b>', 502, \(now)), (-9, '7', 'Group''s', 502, \(now))
                """)
            try ChatSettingsStore().update(502, now: now, in: connection) { $0.isSpoiler = true }
            try connection.execute(
                "INSERT INTO gallery_notices (problem, told_at) VALUES ('added by 502', \(now))")
        }
    }

    @Test func `an export is a JSON file with everything`() async throws {
        try await GalleryScene.play(settings: Self.settings) { scene in
            try await prepare(scene)
            try await scene.boris.say("/export", to: bot)
            let message = try await scene.boris.next(from: bot)
            #expect(message.text == "Всё, что я о вас храню. Это файл JSON, его откроет любой текстовый редактор.")
            #expect(message.media == "document")
            let file = try JSONValue(parsing: try await scene.boris.download(try #require(message.file)))
            #expect(file["format"] == "quartet-gallery-export" && file["version"] == 1 && file["id"] == 502)
            #expect(file["history"]?.arrayValue?.count == 2)
            #expect(file["votes"]?.arrayValue?.compactMap { $0["vote"]?.stringValue } == ["up", "down"])
            #expect(file["votes"]?[0]?["voted_at"] == "2023-11-14T22:13:20Z")
            #expect(file["hidden_galleries"]?.arrayValue?.count == 1, "not the group's")
            #expect(file["hidden_galleries"]?[0]?["name"] == "Ex \"quoted\" <b>")
            #expect(file["settings"]?[0]?["spoiler"] == true)
            #expect(file["membership"]?[0]?["status"] == "allowed")
            #expect(file["person"]?[0]?["username"] == "boris")
        }
    }

    @Test(arguments: [0, 1, 499, 500, 501, 1200])
    func `a long history is written page by page`(count: Int) async throws {
        try await GalleryScene.play { scene in
            try await scene.database.write { connection in
                for index in 0..<count {
                    try connection.execute(
                        """
                        INSERT INTO sent_photos (image_id, sent_at, chat_id, round) VALUES (\("\(index)"), 1, 502, 1)
                        """)
                }
            }
            let path = try await Export(database: scene.database, time: SystemTime()).write(502)
            defer { TemporaryFile.remove(path) }
            let file = try JSONValue(parsing: [UInt8](Data(contentsOf: URL(filePath: path))))
            let photos = file["history"]?.arrayValue?.compactMap { $0["photo"]?.stringValue }
            #expect(photos == (0..<count).map(String.init))
        }
    }

    @Test func `forgetting asks first, and then the person is nowhere in the database`() async throws {
        try await GalleryScene.play(settings: Self.settings) { scene in
            try await prepare(scene)
            try await scene.boris.say("/forget", to: bot)
            let question = try await scene.boris.next(from: bot)
            #expect(
                question.text == """
                    Забыть вас? Будут удалены навсегда:
                    • ваши голоса и всё, что из них следует
                    • история фото в этом чате
                    • расписания, настройки и скрытые галереи этого чата
                    • ваше имя, язык и сообщения, которые вы мне отправляли

                    Доступ к боту пропадёт, пока владелец не впустит вас снова.

                    Если хотите что-то сохранить, сначала отправьте /export. Кнопка действует пять минут.
                    """)
            #expect(try await !traces(of: 502, scene).isEmpty, "the search can find something")
            try await scene.boris.press("🗑 Да, забыть меня", on: question, in: bot)
            #expect(
                try await scene.boris.nextEdit(in: bot).text
                    == "Готово: я забыл всё, что знал о вас. Всего доброго!")
            await scene.gallery.bot.finishMarking()
            #expect(try await traces(of: 502, scene) == [])
            // What belongs to a group stays there, without the name.
            let group = try await scene.database.query("SELECT * FROM gallery_exclusions WHERE scope_id = -9")
            #expect(group.count == 1)
            try await scene.boris.say("/random", to: bot)
            #expect(try await scene.boris.next(from: bot).text == GalleryTexts.russian.refusal)
        }
    }

    @Test func `a button that is too old, or another answer, deletes nothing`() async throws {
        try await GalleryScene.play { scene in
            try await scene.alice.say("/random", to: bot)
            _ = try await scene.alice.next(from: bot)
            try await scene.alice.say("/forget", to: bot)
            let question = try await scene.alice.next(from: bot)
            #expect(
                question.text.contains("You may go on using the bot: the owner has put you into its configuration."))
            try await scene.alice.press("No, keep everything", on: question, in: bot)
            #expect(try await scene.alice.nextEdit(in: bot).text == "Nothing was deleted.")
            let old = try DataRoutes.ConfirmForgetting(asked: 1_700_000_000).callbackData()
            let press = """
                {"update_id":9000001,"callback_query":{"id":"1","chat_instance":"1","data":"\(old)",
                "from":{"id":501,"is_bot":false,"first_name":"Alice"},
                "message":{"message_id":\(question.id),"date":1,"chat":{"id":501,"type":"private"},"text":"x"}}}
                """
            #expect(try await scene.gallery.bot.handle(RawUpdate(updateID: 9_000_001, json: Array(press.utf8))))
            #expect(
                try await scene.alice.nextEdit(in: bot).text
                    == "That was too long ago, so nothing was deleted. Please send /forget again.")
            let sent = try await scene.sentPhotos()
            #expect(sent.count == 1)
        }
    }

    @Test func `every column with a person's number is known, so that a new table cannot be forgotten`() async throws {
        try await GalleryScene.play { scene in
            let schema = try await Schema(scene.database)
            let found = schema.names { name in
                ["user_id", "chat_id", "scope_id", "person_id"].contains(name) || name.hasSuffix("_by")
            }
            #expect(found == Set(ScopedColumns.people.map { "\($0.table).\($0.column)" }))
        }
    }

    /// Where a number stands in the database, as `table.column`.
    private func traces(of id: Int64, _ scene: GalleryScene) async throws -> [String] {
        let schema = try await Schema(scene.database)
        var found: Set<String> = []
        for (table, columns) in schema.columns {
            for row in try await scene.database.query("SELECT * FROM \(raw: table)") {
                for (column, value) in zip(columns, row.values) where Self.contains(value, id) {
                    found.insert("\(table).\(column)")
                }
            }
        }
        // A photo's own number, a time and a row's number may look alike.
        return found.subtracting(["bot_updates.update_id"]).sorted()
    }

    private static func contains(_ value: SQLValue, _ id: Int64) -> Bool {
        let text: String
        switch value {
        case .integer(let number): return number == id
        case .text(let written): text = written
        case .blob(let bytes): text = String(decoding: bytes, as: UTF8.self)
        default: return false
        }
        return text.split(whereSeparator: { !$0.isNumber }).contains { $0 == "\(id)" }
    }

    @Test func `the daily clean-up forgets what is old and nothing else`() async throws {
        try await GalleryScene.play { scene in
            let now = SystemTime().now
            let (old, young) = (now.adding(.seconds(-400 * 86_400)), now.adding(.seconds(-86_400)))
            try await scene.database.write { connection in
                for time in [old, young] {
                    try connection.execute(
                        "INSERT INTO sent_photos (image_id, sent_at, chat_id, round) VALUES ('1', \(time), 501, 1)")
                    try connection.execute(
                        """
                        INSERT INTO gallery_invitations (token_hash, created_by, created_at, expires_at, uses_left)
                        VALUES (\("\(time)"), 501, \(time), \(time), 1)
                        """)
                    try connection.execute(
                        """
                        INSERT INTO gallery_strangers (user_id, name, language, asked_at)
                        VALUES (\(time == old ? 601 : 602), 'x', 'en', \(time))
                        """)
                    try connection.execute(
                        """
                        INSERT INTO bot_media (bot, kind, key, file_id, used_at)
                        VALUES (7001, 'photo', \("\(time)"), 'f', \(time))
                        """)
                }
            }
            let handler = CleanUpHandler(
                keepDays: 365, bot: scene.gallery.bot, database: scene.database, time: SystemTime(), logger: .disabled)
            try await handler.clean()
            for table in ["sent_photos", "gallery_invitations", "gallery_strangers", "bot_media"] {
                let count = try await scene.database.query("SELECT 1 FROM \(raw: table)").count
                #expect(count == 1, "\(table)")
            }
        }
    }
}
