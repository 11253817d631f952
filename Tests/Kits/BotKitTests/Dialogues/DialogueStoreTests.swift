import Storage
import Support
import Synchronization
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

    enum Change: CaseIterable, Sendable {
        case stored, storedAndOlder, moved, forgotten

        var keepsDialogue: Bool { self == .stored || self == .storedAndOlder }
    }

    private func apply(
        _ change: Change, to key: DialogueKey, in store: DialogueStore, _ database: any Database
    ) async throws {
        try await database.write { connection in
            switch change {
            case .stored, .storedAndOlder: try store.save(state("newer"), for: key, in: connection)
            case .moved: try store.move(key.chat, to: -100, in: connection)
            case .forgotten: try store.forget(key.user, in: connection)
            }
        }
        if change.keepsDialogue { store.remember(state("newer"), for: key) }
        guard change == .storedAndOlder else { return }
        // Enough others to make it one of the older generation.
        for person in 2..<5000 as Range<Int64> {
            _ = try await store.find(DialogueKey(chat: key.chat, user: person), in: database)
        }
    }

    @Test(arguments: Change.allCases)
    func `what changes while the table is read is not hidden by what was read`(_ change: Change) async throws {
        try await Stage.play { stage in
            try await stage.bot { _ in }.prepare()
            let store = try await store(1..<6000, in: -5, stage.database)
            let key = DialogueKey(chat: -5, user: 1)
            let reads = Atomic(0)
            var database = InterceptedDatabase(base: stage.database)
            database.afterRead = {
                guard reads.add(1, ordering: .relaxed).newValue == 1 else { return }
                try await apply(change, to: key, in: store, stage.database)
            }
            for _ in 1...2 {
                let found = try await store.find(key, in: database)
                #expect(found == (change.keepsDialogue ? state("newer") : nil))
            }
        }
    }
}
