// The process is killed a hundred times while Alice asks for photos, votes on them and has photos come by themselves.
//
//   Alice   /random 1
//   Alice   /stats 2
//   Alice   presses 👍 below an earlier photo
//             kill -9, at any moment of this
//             a photo is due by schedule; the process starts again
//   Gallery [photo]                 the answer to 1
//   Gallery 📊 Photos sent          to 2
//   Gallery [photo]                 the one that was due
//             kill -9
//             the process starts again
//   Gallery [photo]                 due once more: it was sent, and the kill came before that was noted
//   …
//   Alice   /help
//   Gallery Commands …              the last, so everything before it is answered

import JSON
import SQLiteStorage
import Storage
import Support
import TelegramSimulator
import Testing

@Suite(.serialized, .timeLimit(.minutes(5))) struct KillStory {
    private static let kills = 100

    private enum Request: Equatable {
        case random
        case stats
    }

    /// What Alice has done, and what was due meanwhile.
    private struct Deeds {
        var requests: [Request] = []
        /// Votes by the caption of the photo: 1 or -1.
        var votes: [String: Int] = [:]
        var dues = 0
    }

    @Test func `nothing is lost and nothing counts twice, however often the process is killed`() async throws {
        try await Simulators.scene(pictures: 600) { scene, _ in
            try scene.folder.write(
                scene.configuration(
                    gallery: """
                          scheduler:
                            catch_up_hours: 168
                        """), to: "quartet.yml")
            var random = SeededRandom(seed: 20_260_131)
            let alice = scene.person()
            try await alice.act("start", ["bot": .integer(Scene.bot)])
            try await alice.say("/every 0 0 * * \(Self.yesterday.weekday)", to: Scene.bot)
            var deeds = Deeds()
            for round in 1...Self.kills {
                let watcher = try await scene.watcher()
                if round > 3, Int.random(in: 0..<3, using: &random) == 0, try await makeDue(scene) { deeds.dues += 1 }
                let count = Int.random(in: 1...4, using: &random)
                for _ in 0..<count { try await act(alice, scene, &deeds, &random) }
                // An update that ends the process three times is set aside, so every third kill waits for all answers.
                let waits = round % 3 == 0
                if waits { try await alice.say("/help", to: Scene.bot) }
                // getMe, getUpdates, and at least one for each request.
                let calls = Int.random(in: 1...(2 + count), using: &random)
                let pause = Int.random(in: 0...3000, using: &random)
                try await scene.serving { served in
                    if waits {
                        try await watcher.next("the answer to /help\n\(served.child.transcript)", where: Self.isHelp)
                        // That may have been an earlier one's, sent again.
                        try await allIsDone(scene, jobs: round % 6 == 0)
                    } else {
                        for _ in 0..<calls { try await watcher.next("a call") { $0.kind == "call" } }
                        // Somewhere between this call and the next one.
                        try await SystemTime().sleep(for: .microseconds(pause))
                    }
                    served.child.send(9)
                    #expect(try await served.child.ending() == .signal(9))
                }
            }
            let watcher = try await scene.watcher()
            try await alice.say("/help", to: Scene.bot)
            try await scene.serving { served in
                try await watcher.next("the last answer\n\(served.child.transcript)", where: Self.isHelp)
                try await allIsDone(scene)
                #expect(try await served.terminate() == .code(0))
            }
            try await check(deeds, scene)
        }
    }

    /// Alice asks for something, or votes on a photo that she has not voted on.
    private func act(
        _ alice: SimulatedPerson, _ scene: Scene, _ deeds: inout Deeds, _ random: inout SeededRandom
    ) async throws {
        let choice = Int.random(in: 0..<4, using: &random)
        if choice == 0, let photo = try await photoWithoutVote(alice, deeds) {
            let value = Bool.random(using: &random) ? 1 : -1
            deeds.votes[photo.text] = value
            let label = value == 1 ? "👍" : "👎"
            guard let row = photo.buttons.firstIndex(where: { $0.contains(label) }),
                let column = photo.buttons[row].firstIndex(of: label)
            else {
                Issue.record("no \(label) in \(photo.buttons)")
                return
            }
            _ = try await alice.act(
                "press",
                [
                    "chat": .integer(Scene.bot), "message": .integer(photo.id), "row": .integer(Int64(row)),
                    "column": .integer(Int64(column)),
                ])
            return
        }
        deeds.requests.append(choice == 1 ? .stats : .random)
        try await alice.say(
            choice == 1 ? "/stats \(deeds.requests.count)" : "/random", to: Scene.bot)
    }

    /// The newest photo that she has not voted on; one that came twice, since a kill kept it from being noted, counts once.
    private func photoWithoutVote(_ alice: SimulatedPerson, _ deeds: Deeds) async throws -> SimulatedMessage? {
        let messages = try await alice.history(of: Scene.bot, limit: 30).filter { $0.media != nil }
        return messages.last { message in
            deeds.votes[message.text] == nil && message.buttons.joined().contains("👍")
        }
    }

    private static func isHelp(_ event: Watcher.Event) -> Bool {
        event.kind == "message" && event.data["message"]?["text"]?.stringValue?.contains("/preferences") == true
    }

    /// Yesterday at midnight, when Alice's weekly schedule was due; it is not due by itself for days.
    private static var yesterday: (midnight: Timestamp, weekday: Int64) {
        let day = SystemTime().now.microseconds / 86_400_000_000 - 1
        // The first day of 1970 was a Thursday.
        return (Timestamp(seconds: day * 86_400), (day + 4) % 7)
    }

    /// Makes Alice's schedule due since yesterday; false while the last time has not come to its end.
    private func makeDue(_ scene: Scene) async throws -> Bool {
        let database = try await SQLiteDatabase.open(path: scene.databasePath)
        let now = SystemTime().now
        let due = Self.yesterday.midnight
        let isDue = try await database.write { connection in
            let open: Int? = try connection.value(
                "SELECT COUNT(*) FROM jobs WHERE finished IS NULL AND kind = 'gallery.chat_photo'")
            guard open == 0 else { return false }
            try connection.execute("UPDATE gallery_schedules SET last_run = NULL")
            return try connection.execute(
                """
                UPDATE schedules SET next_run = \(due), last_run = NULL
                WHERE name LIKE 'gallery.chat.%' AND next_run > \(now)
                """) == 1
        }
        await database.close()
        return isDue
    }

    /// Waits for updates and jobs; asked of the database, since what is noted gives no other sign.
    private func allIsDone(_ scene: Scene, jobs: Bool = true) async throws {
        try await deadline(.seconds(60), "everything to be handled") {
            let database = try await SQLiteDatabase.open(path: scene.databasePath)
            while true {
                let open = try await database.read { connection in
                    try connection.value(
                        """
                        SELECT (SELECT COUNT(*) FROM jobs WHERE finished IS NULL AND kind LIKE 'gallery.%' AND \(jobs))
                            + (SELECT COUNT(*) FROM bot_updates WHERE handled_at IS NULL)
                        """, as: Int.self)
                }
                if open == 0 { break }
                try await SystemPause.brief()
            }
            await database.close()
        }
    }

    /// What Alice was shown, in order, without greetings and help.
    private func answers(_ scene: Scene) async throws -> [Request] {
        try await conversation(scene).compactMap { message in
            if message.view["out"]?.boolValue == true { return nil }
            if message.media != nil { return .random }
            return message.text.hasPrefix("📊") ? .stats : nil
        }
    }

    /// All of Alice's conversation with the bot, page by page.
    private func conversation(_ scene: Scene) async throws -> [SimulatedMessage] {
        let alice = scene.person()
        var messages = try await alice.history(of: Scene.bot, limit: 200)
        while let first = messages.first, first.id > 1 {
            let page = try await alice.history(of: Scene.bot, limit: 200, before: first.id)
            if page.isEmpty { break }
            messages = page + messages
        }
        return messages
    }

    private func check(_ deeds: Deeds, _ scene: Scene) async throws {
        let answers = try await answers(scene)
        // Each request has its answer, in order; between them stand repeated answers and photos by schedule.
        var rest = answers[...]
        for (number, request) in deeds.requests.enumerated() {
            guard let place = rest.firstIndex(of: request) else {
                Issue.record("request \(number + 1) (\(request)) has no answer: \(deeds.requests) → \(answers)")
                return
            }
            rest = rest[(place + 1)...]
        }
        let photos = answers.count { $0 == .random }
        let wanted = deeds.requests.count { $0 == .random } + deeds.dues

        let database = try await SQLiteDatabase.open(path: scene.databasePath)
        let (rows, doubles, unhandled, votes) = try await database.read { connection in
            (
                try connection.value("SELECT COUNT(*) FROM sent_photos", as: Int.self) ?? 0,
                try connection.value(
                    "SELECT COUNT(*) FROM (SELECT 1 FROM sent_photos GROUP BY chat_id, round, image_id HAVING COUNT(*) > 1)",
                    as: Int.self) ?? 0,
                try connection.value(
                    "SELECT COUNT(*) FROM bot_updates WHERE handled_at IS NULL OR outcome IS NOT NULL", as: Int.self)
                    ?? 0,
                try connection.values("SELECT value FROM votes ORDER BY value", as: Int.self)
            )
        }
        try await database.checkIntegrity()
        await database.close()

        #expect(deeds.dues > 6)
        #expect(deeds.votes.count > 10)
        #expect(rows == wanted, "a photo is noted in the transaction that marks its request or job as done")
        #expect(doubles == 0, "no photo is noted twice in a round")
        #expect(unhandled == 0)
        #expect(votes == deeds.votes.values.sorted(), "each vote counts, and counts once")
        // A photo comes twice where the kill fell between sending and noting: for each of what ran side by side.
        #expect(photos - wanted <= 2 * Self.kills)
    }
}
