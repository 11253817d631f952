import Storage
import Support
import Testing

@testable import BotKit

@Suite(.timeLimit(.minutes(2)))
struct DialogueStoreTests {
    private static let now = Timestamp(microseconds: 1_700_000_000_000_000)

    private func state(_ text: String) -> StoredDialogue {
        StoredDialogue(name: "order", version: 1, json: Array(text.utf8), expires: Self.now.adding(.seconds(60)))
    }

    /// A store in which each of these people is in a dialogue in a group.
    private func store(
        _ people: Range<Int64>, in chat: Int64, _ database: any Database
    ) async throws -> DialogueStore {
        let store = DialogueStore(bot: 1)
        try await database.write { connection in
            for person in people {
                let key = DialogueKey(chat: chat, user: person)
                try store.save(state("\(person)"), for: key, in: connection)
            }
        }
        try await store.load(from: database, now: Self.now)
        return store
    }

    @Test func `every dialogue is found, also among more than memory holds, and the newest state`() async throws {
        try await Stage.play { stage in
            try await stage.bot { _ in }.prepare()
            let store = try await store(1..<10_001, in: -5, stage.database)
            for _ in 1...2 {
                for person in 1..<10_001 as Range<Int64> {
                    let found = try await store.find(DialogueKey(chat: -5, user: person), in: stage.database)
                    guard found == state("\(person)") else {
                        Issue.record("person \(person) has \(String(describing: found))")
                        return
                    }
                }
            }
            let key = DialogueKey(chat: -5, user: 7)
            try await stage.database.write { try store.save(state("newer"), for: key, in: $0) }
            store.remember(state("newer"), for: key)
            let newer = try await store.find(key, in: stage.database)
            #expect(newer == state("newer"))
            let nobody = try await store.find(DialogueKey(chat: -5, user: 20_000), in: stage.database)
            #expect(nobody == nil)
        }
    }

    @Test func `a dialogue moves with its group and goes with its person`() async throws {
        try await Stage.play { stage in
            try await stage.bot { _ in }.prepare()
            let store = try await store(1..<4, in: -5, stage.database)
            let before = try await store.find(DialogueKey(chat: -5, user: 2), in: stage.database)
            #expect(before != nil)
            try await stage.database.write { connection in
                try store.move(-5, to: -100, in: connection)
                try store.forget(3, in: connection)
            }
            for (key, expected) in [
                (DialogueKey(chat: -5, user: 2), nil), (DialogueKey(chat: -100, user: 2), state("2")),
                (DialogueKey(chat: -100, user: 3), nil),
            ] {
                let found = try await store.find(key, in: stage.database)
                #expect(found == expected)
            }
        }
    }
}
