import Storage
import Support
import Testing

@testable import BotKit

@Suite(.timeLimit(.minutes(2)))
struct DialogueCleanUpTests {
    @Test func `a dialogue that nobody came back to for a day is forgotten, in memory too`() async throws {
        try await Stage.play { stage in
            let time = ManualTime()
            let bot = try stage.bot(time: time) { _ in }
            try await bot.prepare()
            let dialogues = bot.core.dialogues
            let hours: [Int64: Int] = [501: -25, 502: -23, 503: 1]
            for (person, hours) in hours {
                let key = DialogueKey(chat: person, user: person)
                let state = StoredDialogue(
                    name: "order", version: 1, json: [], expires: time.now.adding(.seconds(3600 * hours)))
                try await stage.database.write { try dialogues.save(state, for: key, in: $0) }
                dialogues.remember(state, for: key)
            }
            let cleaning = Task { await bot.cleanUp() }
            await time.waitForSleepers()
            time.advance(by: .seconds(900))
            await time.waitForSleepers()
            let stored = try await stage.database.query("SELECT person FROM bot_dialogues ORDER BY person")
            #expect(try stored.map { try $0.get(at: 0, as: Int64.self) } == [502, 503])
            var remembered: [Int64] = []
            for person in hours.keys.sorted() {
                let key = DialogueKey(chat: person, user: person)
                if try await dialogues.find(key, in: stage.database) != nil { remembered.append(person) }
            }
            #expect(remembered == [502, 503])
            cleaning.cancel()
            await cleaning.value
        }
    }
}
