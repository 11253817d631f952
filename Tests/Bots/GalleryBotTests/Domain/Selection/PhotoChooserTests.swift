import Foundation
import PhotoLibraries
import SQLiteStorage
import Storage
import Support
import Synchronization
import TelegramAPI
import Testing

@testable import GalleryBot

@Suite struct PhotoChooserTests {
    /// A library whose index a test may change.
    private final class ShelfLibrary: PhotoLibrary {
        let kind = "shelf"
        let shelf: Mutex<PhotoIndex>
        /// What `photo` says of the sides: the index does not tell.
        let sides: @Sendable (String) -> (Int, Int)
        let looks = Mutex(0)

        init(_ index: PhotoIndex, sides: @escaping @Sendable (String) -> (Int, Int) = { _ in (1, 1) }) {
            shelf = Mutex(index)
            self.sides = sides
        }

        func index() async throws(PhotoLibraryError) -> PhotoIndex { shelf.withLock { $0 } }

        func photo(id: String) async throws(PhotoLibraryError) -> Photo? {
            looks.withLock { $0 += 1 }
            let (width, height) = sides(id)
            return Photo(id: id, fileName: "\(id).jpg", width: width, height: height, fingerprint: id)
        }

        func content(of photo: Photo, form: PhotoForm, limit: Int) async throws(PhotoLibraryError) -> PhotoContent {
            throw .notFound
        }

        func status() async throws(PhotoLibraryError) -> PhotoLibraryStatus {
            PhotoLibraryStatus(version: nil, count: shelf.withLock { $0.count })
        }
    }

    /// A chooser with a database of its own, removed with the test.
    private struct Stage {
        let chooser: PhotoChooser
        let library: ShelfLibrary
        let database: SQLiteDatabase
        let time: ManualTime
        let sent = SentPhotos()

        func choose(_ filter: PhotoFilter = .none, for chat: ChatID = 1) async throws -> PhotoChooser.Choice {
            try await chooser.choose(for: chat, filter: filter)
        }

        /// Notes a choice as the bot does.
        func note(_ choice: PhotoChooser.Choice, for chat: ChatID = 1) async throws {
            let entry = SentPhotos.Entry(
                imageID: choice.photoID, chatID: chat.rawValue, userID: nil, title: nil, round: choice.round,
                sentAt: time.now)
            try await database.write { [sent] in try sent.add(entry, in: $0) }
            chooser.finish(choice, for: chat)
        }

        func show(_ filter: PhotoFilter = .none, for chat: ChatID = 1) async throws -> PhotoChooser.Choice {
            let choice = try await choose(filter, for: chat)
            try await note(choice, for: chat)
            return choice
        }
    }

    @discardableResult
    private func onStage<Value>(
        _ library: ShelfLibrary, taste: Taste = .neutral, _ body: (Stage) async throws -> Value
    ) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "choosing-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let database = try await SQLiteDatabase.open(path: folder.appending(path: "choosing.db").path)
        try await database.migrate(GalleryBot.migrations, component: "gallery")
        let time = ManualTime()
        let catalogue = Catalogue(library: library, maximumAge: .seconds(600), time: time, logger: .disabled)
        let chooser = PhotoChooser(
            catalogue: catalogue, avoidRecentDays: 10, database: database, time: time, logger: .disabled, seed: 3
        ) { _ in taste }
        let result: Result<Value, any Error>
        do {
            result = .success(
                try await body(Stage(chooser: chooser, library: library, database: database, time: time)))
        } catch {
            result = .failure(error)
        }
        await database.close()
        try FileManager.default.removeItem(at: folder)
        return try result.get()
    }

    private static func plain(_ ids: some Sequence<Int>) -> PhotoIndex {
        var builder = PhotoIndexBuilder()
        for id in ids { builder.append(PhotoIndexRow(id: "\(id)")) }
        return builder.finish()
    }

    @Test func `what was shown is known after a restart, round and days included`() async throws {
        try await onStage(ShelfLibrary(Self.plain(1...12))) { stage in
            var shown: Set<String> = []
            for _ in 0..<5 { shown.insert(try await stage.show().photoID) }
            // Another chooser over the same table stands for the bot after a restart.
            let other = PhotoChooser(
                catalogue: stage.chooser.catalogue, avoidRecentDays: 10, database: stage.database, time: stage.time,
                logger: .disabled, seed: 99)
            for _ in 0..<7 {
                let choice = try await other.choose(for: 1)
                #expect(choice.remark == nil && choice.round == 1)
                #expect(shown.insert(choice.photoID).inserted)
                try await stage.note(choice)
                other.finish(choice, for: 1)
            }
            // The first chooser sees what the second has noted.
            let next = try await stage.show()
            #expect(next.remark == .repeated && next.round == 2)
        }
    }

    @Test func `chats do not share what they have seen`() async throws {
        try await onStage(ShelfLibrary(Self.plain(1...3))) { stage in
            for chat in [1, 2] as [ChatID] {
                var shown: Set<String> = []
                for _ in 1...3 { shown.insert(try await stage.show(for: chat).photoID) }
                #expect(shown.count == 3)
            }
            #expect(try await stage.chooser.remaining(for: 3).map { $0.unseen } == 3)
        }
    }

    @Test func `an album has different photos, as many as there are`() async throws {
        try await onStage(ShelfLibrary(Self.plain(1...4))) { stage in
            let three = try await stage.chooser.choose(for: 1, count: 3)
            #expect(Set(three.map(\.photoID)).count == 3)
            // The one left, and not those under way.
            let more = try await stage.chooser.choose(for: 1, count: 1)
            #expect(!three.map(\.photoID).contains(more[0].photoID))
            for choice in three + more { try await stage.note(choice) }
            let again = try await stage.chooser.choose(for: 1, count: 10)
            #expect(again.count == 4 && Set(again.map(\.photoID)).count == 4)
            #expect(again.allSatisfy { $0.remark == .repeated && $0.round == 2 })
        }
    }

    @Test func `choices at once are never the same`() async throws {
        try await onStage(ShelfLibrary(Self.plain(1...40))) { stage in
            let chosen = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        let choice = try await stage.choose()
                        try await stage.note(choice)
                        return choice.photoID
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(chosen).count == 40)
        }
    }

    @Test func `a photo that another choice has drawn and noted while the history was read does not come again`()
        async throws
    {
        try await onStage(ShelfLibrary(Self.plain(1...1))) { stage in
            let (isRead, reading) = AsyncStream<Void>.makeStream()
            let isNoted = Semaphore()
            let readings = Mutex(0)
            let slow = PhotoChooser(
                catalogue: stage.chooser.catalogue, avoidRecentDays: 10, database: stage.database, time: stage.time,
                logger: .disabled, seed: 1,
                promised: { _, _ in
                    // The first reader has its view of the history, and stays there until another is done.
                    let number = readings.withLock { count in
                        count += 1
                        return count
                    }
                    guard number == 1 else { return [] }
                    reading.yield()
                    isNoted.wait()
                    return []
                })
            async let late = slow.choose(for: 1)
            for await _ in isRead { break }
            let early = try await slow.choose(for: 1)
            try await stage.note(early)
            slow.finish(early, for: 1)
            isNoted.signal()
            let choice = try await late
            #expect(early.remark == nil && choice.remark == .repeated)
        }
    }

    @Test func `a library that is read anew keeps what was seen, moved to where it stands now`() async throws {
        try await onStage(ShelfLibrary(Self.plain(1...10))) { stage in
            var shown: [String] = []
            for _ in 0..<6 { shown.append(try await stage.show().photoID) }
            // Some go, some come in front and behind.
            let kept = (1...10).filter { $0 != Int(shown[0]) && $0 != 3 } + [0, 11, 500]
            stage.library.shelf.withLock { $0 = Self.plain(kept) }
            stage.time.advance(by: .seconds(601))
            // The old list serves once more while the new one is read.
            _ = try await stage.chooser.catalogue.snapshot()
            try await eventually("the library is read anew") { !stage.chooser.catalogue.isReading }
            let unseen = Set(kept.map(String.init)).subtracting(shown)
            var rest: Set<String> = []
            for _ in 0..<unseen.count {
                let choice = try await stage.show()
                #expect(choice.remark == nil)
                rest.insert(choice.photoID)
            }
            #expect(rest == unseen)
        }
    }

    @Test func `a history that was forgotten is noticed`() async throws {
        try await onStage(ShelfLibrary(Self.plain(1...5))) { stage in
            for _ in 0..<5 { _ = try await stage.show() }
            try await stage.database.write { _ = try $0.execute("DELETE FROM sent_photos WHERE chat_id = 1") }
            let choice = try await stage.show()
            #expect(choice.remark == nil && choice.round == 1)
            #expect(try await stage.chooser.remaining(for: 1).map { $0.unseen } == 4)
        }
    }

    @Test func `a group that became a supergroup goes on where it was`() async throws {
        try await onStage(ShelfLibrary(Self.plain(1...5))) { stage in
            var shown: Set<String> = []
            for _ in 0..<3 { shown.insert(try await stage.show(for: -5).photoID) }
            try await stage.database.write { try SentPhotos().move(chat: -5, to: -100_5, in: $0) }
            for _ in 0..<2 { shown.insert(try await stage.show(for: -100_5).photoID) }
            #expect(shown.count == 5)
            #expect(try await stage.show(for: -5).remark == nil)
        }
    }

    @Test func `nothing that matches is a failure of its own`() async throws {
        try await onStage(ShelfLibrary(Self.plain(1...5))) { stage in
            await #expect(throws: PhotoFailure.nothingMatches) {
                try await stage.choose(PhotoFilter(tags: ["sea"]))
            }
        }
        try await onStage(ShelfLibrary(.empty)) { stage in
            await #expect(throws: PhotoFailure.emptyLibrary) { try await stage.choose() }
        }
    }

    @Test func `a photo is looked at for what the index does not tell, and not again`() async throws {
        let library = ShelfLibrary(Self.plain(1...30)) { Int($0).map { $0 % 3 == 0 } == true ? (100, 200) : (200, 100) }
        try await onStage(library) { stage in
            var shown: Set<String> = []
            for _ in 0..<10 {
                let choice = try await stage.show(PhotoFilter(orientation: .portrait))
                #expect(choice.remark == nil)
                shown.insert(choice.photoID)
            }
            #expect(shown == Set((1...10).map { "\($0 * 3)" }))
            #expect(library.looks.withLock { $0 } <= 30)
            #expect(try await stage.show(PhotoFilter(orientation: .portrait)).remark == .repeated)
            await #expect(throws: PhotoFailure.nothingMatches) {
                try await stage.choose(PhotoFilter(orientation: .square))
            }
        }
    }

    @Test func `what a chat has seen is found by an index, whatever is asked`() async throws {
        try await onStage(ShelfLibrary(Self.plain(1...5))) { stage in
            let cursor = ChatMemory.Cursor(id: 3, sentAt: stage.time.now)
            let queries: [SQL] = [
                SentPhotos.MemoryQuery.newest(cursor, of: 1), SentPhotos.MemoryQuery.since(cursor, of: 1),
                SentPhotos.MemoryQuery.last(of: 1), SentPhotos.MemoryQuery.round(of: 1),
                SentPhotos.MemoryQuery.seen(in: 2, of: 1), SentPhotos.MemoryQuery.recent(since: stage.time.now, of: 1),
                SentPhotos.MemoryQuery.all(of: 1),
            ]
            for query in queries {
                let steps = try await stage.database.read { connection in
                    try connection.query("EXPLAIN QUERY PLAN \(query)").map { try $0.get("detail", as: String.self) }
                }
                #expect(steps.allSatisfy { $0.hasPrefix("SEARCH") }, "\(query) is answered by \(steps)")
            }
        }
    }

    @Test func `memories stay within their bytes, and the chat in use stays`() {
        let index = Self.plain(1...64_000)
        var memories = ChatMemories(limit: 100_000)
        memories.adopt(index)
        for number in 1...50 {
            let chat = ChatID(Int64(number))
            let isTaken = memories.apply(.anew(ChatMemory(for: index)), to: chat, readAfter: nil)
            #expect(isTaken && memories[chat] != nil)
            #expect(memories.cost <= 100_000)
        }
        #expect(memories.count < 10 && memories[1] == nil)
        // What came meanwhile is of no use without what it is added to.
        let isTaken = memories.apply(.showings([]), to: 1, readAfter: nil)
        #expect(!isTaken)
    }
}
