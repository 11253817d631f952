// The process dies just when a photo by schedule is due.
//
//             09:50  a photo is due; the process is down
//             10:00  the process starts
//   Gallery (tries to send it; the connection breaks)
//             kill -9
//             the process starts again
//   Gallery [photo]                 once, and no second time after another start

import JSON
import SQLiteStorage
import Storage
import Support
import TelegramSimulator
import Testing

@Suite(.timeLimit(.minutes(2))) struct DueStory {
    @Test func `a photo that was due during a kill comes once after the restart`() async throws {
        // Ten minutes ago, every day.
        let due = Timestamp(seconds: (SystemTime().now.microseconds / 60_000_000 - 10) * 60)
        let clock = due.iso8601(milliseconds: false).split { "T:".contains($0) }
        try await Simulators.scene { scene, _ in
            try scene.folder.write(
                scene.configuration(
                    gallery: """
                          scheduler:
                            enabled: true
                            cron: "\(clock[2]) \(clock[1]) * * *"
                        """), to: "quartet.yml")
            for person in [Scene.alice, Scene.boris] {
                try await scene.person(person).act("start", ["bot": .integer(Scene.bot)])
            }
            #expect(try await Quartet.run(["migrate"], in: scene.folder).ending == .code(0))
            try await makeDue(scene, due)

            try await scene.control("faults", ["method": "sendPhoto", "kind": "cut", "count": 1000])
            let watcher = try await scene.watcher()
            try await scene.serving { served in
                try await watcher.call("sendPhoto")
                served.child.send(9)
                #expect(try await served.child.ending() == .signal(9))
            }
            try await scene.control("faults/clear", [:])
            #expect(try await photos(scene, Scene.alice) == 0)

            for start in 1...2 {
                let watcher = try await scene.watcher()
                try await scene.serving { served in
                    if start == 1 {
                        for _ in 1...2 {
                            try await watcher.next("a scheduled photo\n\(served.child.transcript)") { event in
                                event.kind == "message" && event.data["message"]?["media"] != nil
                            }
                        }
                    }
                    // An answer that comes after everything that was due.
                    let alice = scene.person()
                    try await alice.say("/help", to: Scene.bot)
                    _ = try await alice.next(from: Scene.bot)
                    #expect(try await served.terminate() == .code(0))
                }
            }
            #expect(try await photos(scene, Scene.alice) == 1)
            #expect(try await photos(scene, Scene.boris) == 1)
            try await checkHistory(scene)
        }
    }

    /// Puts the next run of every schedule into the past.
    private func makeDue(_ scene: Scene, _ moment: Timestamp) async throws {
        let database = try await SQLiteDatabase.open(path: scene.databasePath)
        let changed = try await database.write {
            try $0.execute("UPDATE schedules SET next_run = \(moment) WHERE name LIKE 'gallery.configured.%'")
        }
        await database.close()
        #expect(changed == 2)
    }

    private func photos(_ scene: Scene, _ person: Int64) async throws -> Int {
        try await scene.person(person).history(of: Scene.bot).count { $0.media != nil }
    }

    private func checkHistory(_ scene: Scene) async throws {
        let database = try await SQLiteDatabase.open(path: scene.databasePath)
        let (rows, past, open) = try await database.read { connection in
            (
                try connection.values("SELECT chat_id FROM sent_photos ORDER BY chat_id", as: Int64.self),
                try connection.value(
                    "SELECT COUNT(*) FROM schedules WHERE next_run <= \(SystemTime().now)", as: Int.self),
                try connection.value("SELECT COUNT(*) FROM jobs WHERE finished IS NULL", as: Int.self)
            )
        }
        await database.close()
        #expect(rows == [Scene.alice, Scene.boris])
        #expect(past == 0)
        #expect(open == 0)
    }
}
