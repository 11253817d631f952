import Foundation
import PhotoLibraries
import SQLiteStorage
import Storage
import Support
import TelegramAPI
import Testing

@testable import GalleryBot

/// The tables of votes, without a chat around them.
@Suite struct VotesTests {
    private let votes = Votes()
    private let photos = KnownPhotos()

    /// A database with the gallery's tables, gone after the test.
    private func withDatabase(_ body: (SQLiteDatabase) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "votes-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let database = try await SQLiteDatabase.open(path: folder.appending(path: "gallery.db").path)
        try await database.migrate(GalleryBot.migrations, component: "gallery")
        do {
            try await body(database)
        } catch {
            await database.close()
            try FileManager.default.removeItem(at: folder)
            throw error
        }
        await database.close()
        try FileManager.default.removeItem(at: folder)
    }

    private func press(
        _ value: Votes.Value, user: Int64 = 501, photo: Int64 = 1, chat: Int64? = nil, seen: Int64 = 0, at second: Int
    ) -> Votes.Press {
        Votes.Press(
            user: user, photo: photo, scope: TasteScope(ChatID(chat ?? user)), value: value, seen: seen,
            time: Timestamp(seconds: Int64(second)))
    }

    private func photo(_ id: Int, gallery: Int, performers: [Int] = []) -> Photo {
        Photo(
            id: "photo-\(id)", fileName: "\(id).jpg", galleries: [.init(id: "g\(gallery)", name: "Gallery \(gallery)")],
            performers: performers.map { .init(id: "p\($0)", name: "Person \($0)") }, fingerprint: "\(id)")
    }

    @Test func `a press votes, the same undoes, the other changes`() async throws {
        try await withDatabase { database in
            let changes = try await database.write { [votes] connection in
                var changes: [Votes.Change] = []
                for (index, value) in [Votes.Value.up, .up, .down, .up, .down, .down].enumerated() {
                    let seen = try votes.state(of: 1, in: TasteScope(UserID(501)), connection).serial
                    changes.append(
                        try votes.apply(press(value, seen: seen, at: index * 60), in: connection))
                }
                return changes
            }
            #expect(
                changes == [
                    .cast(.up), .undone, .cast(.down), .changed(to: .up), .changed(to: .down), .undone,
                ])
        }
    }

    @Test func `two quick presses on the same button are one`() async throws {
        try await withDatabase { database in
            let changes = try await database.write { [votes] connection in
                [
                    try votes.apply(press(.up, at: 100), in: connection),
                    // The button still shows what it showed before.
                    try votes.apply(press(.up, at: 100), in: connection),
                    try votes.apply(press(.up, at: 101), in: connection),
                    // The other button is another wish, however quick.
                    try votes.apply(press(.down, at: 101), in: connection),
                    // Redrawn meanwhile: now it is meant.
                    try votes.apply(press(.down, seen: 2, at: 102), in: connection),
                    // And a hasty second press does not vote again.
                    try votes.apply(press(.down, seen: 2, at: 102), in: connection),
                ]
            }
            #expect(
                changes == [
                    .cast(.up), .repeated(.up), .repeated(.up), .changed(to: .down), .undone, .repeated(nil),
                ])
        }
    }

    @Test func `a button that could not be redrawn still undoes a while later`() async throws {
        try await withDatabase { database in
            let changes = try await database.write { [votes] connection in
                [
                    try votes.apply(press(.up, at: 100), in: connection),
                    try votes.apply(press(.up, at: 110), in: connection),
                ]
            }
            #expect(changes == [.cast(.up), .undone])
        }
    }

    @Test func `in a group only votes cast there are counted, and each once`() async throws {
        try await withDatabase { database in
            let states = try await database.write { [votes] connection in
                let group = TasteScope(ChatID(-100))
                _ = try votes.apply(press(.up, user: 501, at: 1), in: connection)
                let before = try votes.state(of: 1, in: group, connection)
                // Alice voted in her private chat; the same press here casts it here.
                let change = try votes.apply(press(.up, user: 501, chat: -100, seen: 1, at: 60), in: connection)
                _ = try votes.apply(press(.down, user: 502, chat: -100, at: 60), in: connection)
                return (
                    before, change, try votes.state(of: 1, in: group, connection),
                    try votes.tally(of: 1, in: connection)
                )
            }
            #expect(states.0.tally == Votes.Tally())
            #expect(states.1 == .cast(.up))
            #expect(states.2.tally == Votes.Tally(up: 1, down: 1))
            #expect(states.3 == Votes.Tally(up: 1, down: 1))
        }
    }

    @Test func `P3: a vote leaves hidden galleries hidden and other weights as they were`() async throws {
        try await withDatabase { database in
            let time = ManualTime()
            let taste = TasteStore(database: database, rules: Preferences.Rules(), time: time)
            let scope = TasteScope(UserID(501))
            let start = time.now
            try await database.write { [votes, photos] connection in
                for id in 1...8 {
                    let number = try photos.note(photo(id, gallery: id <= 4 ? 1 : 2), library: "stash", in: connection)
                    guard id != 8 else { continue }
                    _ = try votes.apply(
                        Votes.Press(user: 501, photo: number, scope: scope, value: .up, seen: 0, time: start),
                        in: connection)
                }
                try Exclusions().add("g1", name: "Gallery 1", by: 501, scope: scope, now: start, in: connection)
            }
            let before = try await taste.reading(of: scope)
            #expect(before.excludedGalleries == ["g1"])
            let weight = try #require(before.preferences.galleries.first { $0.label.id == "g1" }?.weight)
            #expect(weight > 2)
            try await database.write { [votes] connection in
                _ = try votes.apply(
                    Votes.Press(user: 501, photo: 8, scope: scope, value: .down, seen: 0, time: start),
                    in: connection)
            }
            taste.forget([scope])
            let after = try await taste.reading(of: scope)
            #expect(after.excludedGalleries == ["g1"])
            #expect(after.preferences.galleries.first { $0.label.id == "g1" }?.weight == weight)
            // The vote was heard: three 👍 and a 👎 are less than three 👍.
            let changed = try #require(after.preferences.galleries.first { $0.label.id == "g2" }?.score)
            #expect(abs(changed - 2.0 / 6) < 1e-9)
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func `P13: undoing any votes in any order gives exactly what was before`(seed: UInt64) async throws {
        try await withDatabase { database in
            let time = ManualTime()
            let scope = TasteScope(UserID(501))
            let numbers = try await database.write { [photos] connection in
                try (1...24).map {
                    try photos.note(
                        photo($0, gallery: $0 % 4, performers: [$0 % 3, $0 % 5]), library: "stash", in: connection)
                }
            }
            let taste = TasteStore(database: database, rules: Preferences.Rules(), time: time)
            var random = SeededRandom(seed: seed)
            func vote(_ value: Votes.Value, on number: Int64, by user: Int64) async throws {
                time.advance(by: .seconds(60))
                let press = Votes.Press(
                    user: user, photo: number, scope: TasteScope(UserID(user)), value: value, seen: .max,
                    time: time.now)
                _ = try await database.write { [votes] in try votes.apply(press, in: $0) }
            }
            // A past that stays.
            for number in numbers.prefix(12) {
                try await vote(Bool.random(using: &random) ? .up : .down, on: number, by: 501)
            }
            // Times that repeat exactly, so that scores can be compared to the last bit.
            let moment = time.now
            func opinions() async throws -> Preferences {
                let fresh = TasteStore(database: database, rules: taste.rules, time: FrozenTime(now: moment))
                return try await fresh.reading(of: scope).preferences
            }
            let before = try await opinions()
            // Any to and fro on other photos, by two people …
            for _ in 0..<60 {
                let number = try #require(numbers.dropFirst(12).randomElement(using: &random))
                try await vote(
                    Bool.random(using: &random) ? .up : .down, on: number,
                    by: Bool.random(using: &random) ? 501 : 502)
            }
            // … then all of it taken back, in any order.
            for number in numbers.dropFirst(12).shuffled(using: &random) {
                let held = try await database.read { [votes] in try votes.vote(of: 501, on: number, in: $0)?.value }
                if let held { try await vote(held, on: number, by: 501) }
            }
            #expect(try await opinions() == before)
        }
    }

    @Test func `a photo keeps its number, and its new names`() async throws {
        try await withDatabase { database in
            let entries = try await database.write { [photos] connection in
                let first = try photos.note(photo(1, gallery: 1, performers: [1]), library: "stash", in: connection)
                let other = try photos.note(photo(2, gallery: 1), library: "stash", in: connection)
                let again = try photos.note(photo(1, gallery: 2, performers: [2]), library: "stash", in: connection)
                let elsewhere = try photos.note(photo(1, gallery: 1), library: "folder", in: connection)
                let names: [String] = try connection.values(
                    "SELECT name FROM gallery_photo_performers WHERE number = \(first)")
                return (first, other, again, elsewhere, try photos.find(first, in: connection)?.galleryName, names)
            }
            #expect(entries.0 == entries.2)
            #expect(Set([entries.0, entries.1, entries.3]).count == 3)
            #expect(entries.4 == "Gallery 2" && entries.5 == ["Person 2"])
        }
    }
}

/// A clock that stands still.
private struct FrozenTime: TimeSource {
    let now: Timestamp
    var uptime: Duration { .zero }
    func sleep(for duration: Duration) async throws {}
}
