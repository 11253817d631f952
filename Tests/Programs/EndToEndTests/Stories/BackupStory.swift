// A copy is made while people use the bot; later the program starts on that copy, as after a broken disk.
//
//   Alice   /random, /random, /stats …     and Boris too
//             quartet backup --to copies   at the same time
//   Gallery [photo] …                      everybody is answered
//             the database is lost; the copy takes its place, and its schedules are three days behind
//             the process starts
//   Gallery [photo]                        at most once each by schedule, not once for each day
//   Alice   /random
//   Gallery [photo]                        it goes on as before

import Glibc
import JSON
import SQLiteStorage
import Storage
import Support
import TelegramSimulator
import Testing

@Suite(.timeLimit(.minutes(3))) struct BackupStory {
    @Test func `a copy made under way is whole, and the program goes on from it, also when it is old`() async throws {
        try await Simulators.scene { scene, _ in
            try scene.folder.write(
                scene.configuration(
                    gallery: """
                          scheduler:
                            enabled: true
                            cron: "30 4 * * *"
                        """), to: "quartet.yml")
            for person in [Scene.alice, Scene.boris] {
                try await scene.person(person).act("start", ["bot": .integer(Scene.bot)])
            }
            let copy = try await copyUnderWay(scene)
            try await check(copy)
            try await restore(copy, scene)
            let before = try await photos(scene)
            let watcher = try await scene.watcher()
            try await scene.serving { served in
                try await scene.person().say("/random", to: Scene.bot)
                // Each chat is answered in order and by itself: whoever has the help has everything before it.
                for person in [Scene.alice, Scene.boris] {
                    try await scene.person(person).say("/help", to: Scene.bot)
                    try await watcher.next("help\n\(served.child.transcript)", where: Self.isHelp)
                }
                try await schedulesAreLookedAt(scene)
                #expect(try await served.terminate() == .code(0))
            }
            // One that was asked for and one by schedule; the copy may have held some requests unanswered.
            let after = try await photos(scene)
            #expect(after > before)
            let database = try await SQLiteDatabase.open(path: scene.databasePath)
            let (scheduled, waiting, past) = try await database.read { connection in
                (
                    try connection.values(
                        "SELECT COUNT(*) FROM sent_photos WHERE source = 'schedule' GROUP BY chat_id", as: Int.self),
                    try connection.value("SELECT COUNT(*) FROM bot_updates WHERE handled_at IS NULL", as: Int.self),
                    try connection.value(
                        "SELECT COUNT(*) FROM schedules WHERE next_run <= \(SystemTime().now)", as: Int.self)
                )
            }
            await database.close()
            #expect(scheduled.allSatisfy { $0 == 1 }, "three missed days are at most one photo")
            #expect(waiting == 0 && past == 0)
        }
    }

    /// Has people ask while the copy is made, and answers its path once everybody has their answers.
    private func copyUnderWay(_ scene: Scene) async throws -> String {
        let watcher = try await scene.watcher()
        return try await scene.serving { served in
            try await served.ready()
            let (alice, boris) = (scene.person(), scene.person(Scene.boris))
            for _ in 0..<3 {
                try await alice.say("/random", to: Scene.bot)
                try await boris.say("/random", to: Scene.bot)
            }
            async let outcome = Quartet.run(["backup", "--to", "copies"], in: scene.folder)
            for _ in 0..<3 {
                try await alice.say("/stats", to: Scene.bot)
                try await boris.say("/random", to: Scene.bot)
            }
            let made = try await outcome
            #expect(made.ending == .code(0), "\(made.errors)")
            try await alice.say("/help", to: Scene.bot)
            try await watcher.next("help\n\(served.child.transcript)", where: Self.isHelp)
            #expect(try await served.terminate() == .code(0))
            let path = try #require(made.output.split(separator: "\n").last.map(String.init))
            return path.hasPrefix("/") ? path : scene.folder.file(path)
        }
    }

    private func check(_ copy: String) async throws {
        let database = try await SQLiteDatabase.open(path: copy)
        try await database.checkIntegrity()
        let doubles = try await database.query(
            "SELECT 1 FROM sent_photos GROUP BY chat_id, round, image_id HAVING COUNT(*) > 1")
        #expect(doubles.isEmpty)
        await database.close()
    }

    /// The copy becomes the database; its schedules were due three days ago.
    private func restore(_ copy: String, _ scene: Scene) async throws {
        for ending in ["", "-wal", "-shm"] { unsafe unlink(scene.databasePath + ending) }
        #expect(unsafe rename(copy, scene.databasePath) == 0)
        let database = try await SQLiteDatabase.open(path: scene.databasePath)
        let due = SystemTime().now.adding(.seconds(-3 * 86_400))
        try await database.write { try $0.execute("UPDATE schedules SET next_run = \(due)") }
        await database.close()
    }

    /// Waits until nothing is due any more; asked of the database, since what is skipped gives no other sign.
    private func schedulesAreLookedAt(_ scene: Scene) async throws {
        try await deadline(.seconds(60), "every schedule to be ahead") {
            let database = try await SQLiteDatabase.open(path: scene.databasePath)
            while true {
                let past = try await database.read { connection in
                    try connection.value(
                        "SELECT COUNT(*) FROM schedules WHERE next_run <= \(SystemTime().now)", as: Int.self)
                }
                if past == 0 { break }
                try await SystemPause.brief()
            }
            await database.close()
        }
    }

    private func photos(_ scene: Scene) async throws -> Int {
        var count = 0
        for person in [Scene.alice, Scene.boris] {
            count += try await scene.person(person).history(of: Scene.bot, limit: 200).count { $0.media != nil }
        }
        return count
    }

    private static func isHelp(_ event: Watcher.Event) -> Bool {
        guard event.kind == "message", let text = event.data["message"]?["text"]?.stringValue else { return false }
        return text.hasPrefix("Commands") || text.hasPrefix("Команды")
    }
}
