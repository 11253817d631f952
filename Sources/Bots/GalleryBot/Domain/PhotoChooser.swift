internal import PhotoLibraries
internal import Storage
internal import Support
internal import Synchronization
internal import TelegramAPI

/// Chooses the photos that a chat gets next.
///
/// Commands and schedules choose the same way, and never the same photo at once. The formula is `Selection`; here it
/// gets the library's index, the chat's history and its taste.
final class PhotoChooser: Sendable {
    /// A photo that was chosen for a chat.
    struct Choice: Codable, Equatable, Sendable {
        var photoID: String
        var round: Int
        /// Whether the person should be told that all was shown.
        var remark: Remark?

        enum Remark: String, Codable, Sendable {
            /// Everything was shown; a new round begins.
            case newRound
            /// Everything that may come was shown lately, so the photo longest ago comes again.
            case repeated
        }
    }

    let catalogue: Catalogue
    private let avoidRecentDays: Int
    private let taste: @Sendable (ChatID) async throws -> Taste
    private let promised: @Sendable (ChatID, any SQLConnection) throws -> [String]
    private let sent = SentPhotos()
    private let database: any Database
    private let time: any TimeSource
    private let logger: Logger
    private let state: Mutex<State>

    /// The most that what chats have seen may take, in bytes.
    static let memoryLimit = 16 * 1024 * 1024
    private static let mostFilters = 16
    /// How many photos are looked at for what the index does not tell of them.
    private static let mostLooks = 200

    /// - Parameters:
    ///   - avoidRecentDays: For how many days a photo does not come twice to a chat.
    ///   - seed: Of the draws; a fixed one makes them repeatable.
    ///   - taste: What the people of a chat like; asked before every choice.
    ///   - promised: The photos that stored jobs will send to a chat; read in one transaction with its history.
    init(
        catalogue: Catalogue, avoidRecentDays: Int, database: any Database, time: any TimeSource, logger: Logger,
        seed: UInt64, taste: @escaping @Sendable (ChatID) async throws -> Taste = { _ in .neutral },
        promised: @escaping @Sendable (ChatID, any SQLConnection) throws -> [String] = { _, _ in [] }
    ) {
        self.catalogue = catalogue
        self.avoidRecentDays = avoidRecentDays
        self.taste = taste
        self.promised = promised
        self.database = database
        self.time = time
        self.logger = logger
        state = Mutex(State(memories: ChatMemories(limit: Self.memoryLimit), random: SeededRandom(seed: seed)))
    }

    /// Chooses one photo; call `finish` when it is noted or given up.
    func choose(for chat: ChatID, filter: PhotoFilter = .none) async throws -> Choice {
        guard let choice = try await choose(for: chat, filter: filter, count: 1).first else {
            throw PhotoFailure.emptyLibrary
        }
        return choice
    }

    /// Chooses up to `count` different photos, fewer when fewer may be shown; call `finish` for each.
    ///
    /// - Returns: At least one.
    /// - Throws: `PhotoFailure`; `.nothingMatches` when no photo of the library passes the filter.
    func choose(for chat: ChatID, filter: PhotoFilter = .none, count: Int) async throws -> [Choice] {
        let taste = try await taste(chat)
        let snapshot = try await listed()
        var choices: [Choice] = []
        var looks = 0
        while choices.count < count {
            let drawn: (choice: Choice, position: Int)
            do {
                drawn = try await draw(for: chat, filter: filter, taste: taste, snapshot: snapshot)
            } catch let failure as PhotoFailure {
                if choices.isEmpty { throw failure }
                break
            }
            if choices.contains(where: { $0.photoID == drawn.choice.photoID }) {
                finish(drawn.choice, for: chat)
                break
            }
            guard filter.needsLook(at: drawn.position, in: snapshot.index) else {
                choices.append(drawn.choice)
                continue
            }
            looks += 1
            if try await passes(drawn.choice, filter, of: chat) {
                choices.append(drawn.choice)
            } else {
                finish(drawn.choice, for: chat)
                state.withLock { $0.exclude(drawn.position, from: filter, of: snapshot.index) }
                guard looks < Self.mostLooks else { throw PhotoFailure.nothingMatches }
            }
        }
        return choices
    }

    /// Frees a choice after it was noted in the history, or given up.
    func finish(_ choice: Choice, for chat: ChatID) {
        state.withLock { state in
            state.noteEnding(for: chat)
            if let index = state.underWay[chat]?.firstIndex(of: choice.photoID) {
                state.underWay[chat]?.remove(at: index)
            }
            if state.underWay[chat]?.isEmpty == true { state.underWay[chat] = nil }
        }
    }

    /// Forgets what a chat has seen, so that it is read again: call it after its history was changed by other means.
    ///
    /// Sending needs no call, and deleting the newest row is noticed by itself.
    func forget(_ chat: ChatID) {
        state.withLock { $0.memories.remove(chat) }
    }

    /// How many photos of its round a chat has not seen, and how many there are; nil while the library does not answer.
    func remaining(for chat: ChatID, filter: PhotoFilter = .none) async throws -> (unseen: Int, all: Int)? {
        let taste = try await taste(chat)
        let snapshot: Catalogue.Snapshot
        do {
            snapshot = try await listed()
        } catch PhotoFailure.library(let error) {
            logger.notice("no figures from the library", ["error": .describing(error)])
            return nil
        }
        return try await withSelection(for: chat, filter: filter, taste: taste, snapshot: snapshot) { selection, _ in
            selection.remaining
        }
    }

    // MARK: Steps

    private func listed() async throws -> Catalogue.Snapshot {
        do throws(PhotoLibraryError) {
            return try await catalogue.snapshot()
        } catch {
            throw PhotoFailure.library(error)
        }
    }

    /// Draws a photo and notes it as under way.
    private func draw(
        for chat: ChatID, filter: PhotoFilter, taste: Taste, snapshot: Catalogue.Snapshot
    ) async throws -> (choice: Choice, position: Int) {
        while true {
            let outcome = try await withSelection(for: chat, filter: filter, taste: taste, snapshot: snapshot) {
                selection, state in
                let outcome = selection.draw(using: &state.random)
                if case .draw(let draw) = outcome {
                    state.underWay[chat, default: []].append(selection.index.id(at: draw.position))
                }
                return outcome
            }
            switch outcome {
            case .draw(let draw):
                let remark: Choice.Remark? =
                    switch draw.occasion {
                    case .usual: nil
                    case .newRound: .newRound
                    case .repeated: .repeated
                    }
                let id = snapshot.index.id(at: draw.position)
                return (Choice(photoID: id, round: draw.round, remark: remark), draw.position)
            case .emptyLibrary: throw PhotoFailure.emptyLibrary
            case .nothingMatches: throw PhotoFailure.nothingMatches
            case .agesNeeded:
                let index = snapshot.index
                let order = try await database.read { [sent] in try sent.order(of: chat.rawValue, in: index, $0) }
                state.withLock { state in
                    state.adopt(index)
                    state.memories.update(chat) { memory, index in
                        memory.beginAges(for: index)
                        for position in order { memory.noteAge(Int(position)) }
                    }
                }
            }
        }
    }

    /// Brings a chat's memory up to date, and gives what there is to select from.
    private func withSelection<Value: Sendable>(
        for chat: ChatID, filter: PhotoFilter, taste: Taste, snapshot: Catalogue.Snapshot,
        _ body: (Selection, inout State) -> Value
    ) async throws -> Value {
        let index = snapshot.index
        let now = time.now
        let resting = now - .seconds(86_400 * avoidRecentDays)
        let read = now - .seconds(86_400 * max(avoidRecentDays, Int(Selection.freshnessDays)))
        while true {
            let (cursor, mark) = state.withLock { state in
                state.adopt(index)
                return (state.memories[chat]?.memory.cursor, state.beginReading(chat))
            }
            let news: SentPhotos.News
            let promised: [String]
            do {
                (news, promised) = try await database.read { [sent, promised = self.promised] in
                    (
                        try sent.news(of: chat.rawValue, after: cursor, since: read, in: index, $0),
                        try promised(chat, $0)
                    )
                }
            } catch {
                state.withLock { _ = $0.endReading(chat, since: mark) }
                throw error
            }
            let value = state.withLock { state -> Value? in
                let isWhole = state.endReading(chat, since: mark)
                state.adopt(index)
                guard state.memories.apply(news, to: chat, readAfter: cursor), isWhole else { return nil }
                state.memories.update(chat) { memory, _ in memory.rest(since: resting) }
                let pending = Set(promised + state.underWay[chat, default: []])
                guard
                    let selection = state.selection(
                        for: chat, filter: filter, taste: taste, gone: snapshot.gone,
                        underWay: Set(pending.compactMap(index.position)), now: now)
                else { return nil }
                return body(selection, &state)
            }
            // Another choice may have ended, or pushed this chat's memory out, meanwhile.
            if let value { return value }
        }
    }

    /// Looks at a photo for what the index does not tell of it.
    private func passes(_ choice: Choice, _ filter: PhotoFilter, of chat: ChatID) async throws -> Bool {
        do throws(PhotoLibraryError) {
            return try await catalogue.library.photo(id: choice.photoID).map(filter.passes) ?? false
        } catch {
            finish(choice, for: chat)
            throw PhotoFailure.library(error)
        }
    }
}

extension PhotoChooser {
    /// What choices go by and change, one at a time.
    private struct State {
        var memories: ChatMemories
        /// What passes the filters used last, for the memories' index.
        var filters: [PhotoFilter: PhotoSet] = [:]
        /// Photos chosen for a chat and not yet noted: a command and a schedule at once must not choose the same.
        var underWay: [ChatID: [String]] = [:]
        var random: SeededRandom
        /// Of the chats whose history is being read: by how many, and how many choices have ended meanwhile.
        private var readings: [ChatID: (readers: Int, endings: Int)] = [:]

        init(memories: ChatMemories, random: SeededRandom) {
            self.memories = memories
            self.random = random
        }

        /// Notes that a chat's history is read from now on; gives what `endReading` wants to know.
        mutating func beginReading(_ chat: ChatID) -> Int {
            readings[chat, default: (0, 0)].readers += 1
            return readings[chat]?.endings ?? 0
        }

        /// Ends a reading; false where a choice has ended meanwhile.
        ///
        /// Its photo may be noted too late for what was read, and is not under way any more: it would be missing in both.
        mutating func endReading(_ chat: ChatID, since mark: Int) -> Bool {
            guard let reading = readings[chat] else { return false }
            readings[chat] = reading.readers > 1 ? (reading.readers - 1, reading.endings) : nil
            return reading.endings == mark
        }

        /// Notes that a choice for a chat has ended.
        mutating func noteEnding(for chat: ChatID) {
            if readings[chat] != nil { readings[chat]?.endings += 1 }
        }

        mutating func adopt(_ index: PhotoIndex) {
            guard memories.index !== index else { return }
            filters = [:]
            memories.adopt(index)
        }

        /// Nil when the chat's memory is not there.
        mutating func selection(
            for chat: ChatID, filter: PhotoFilter, taste: Taste, gone: Set<Int>, underWay: Set<Int>, now: Timestamp
        ) -> Selection? {
            let indexed = memories.indexed(taste, of: chat)
            guard let memory = memories[chat]?.memory else { return nil }
            var reachable = indexed.reachable
            for position in gone { reachable.remove(position) }
            var wanted = reachable
            if !filter.isEmpty { wanted.formIntersection(positions(passing: filter)) }
            return Selection(
                index: memories.index, reachable: reachable, wanted: wanted, memory: memory, underWay: underWay,
                taste: indexed, now: now)
        }

        private mutating func positions(passing filter: PhotoFilter) -> PhotoSet {
            if let known = filters[filter] { return known }
            if filters.count >= PhotoChooser.mostFilters { filters = [:] }
            let set = filter.positions(in: memories.index)
            filters[filter] = set
            return set
        }

        /// A photo was looked at and does not pass a filter.
        mutating func exclude(_ position: Int, from filter: PhotoFilter, of index: PhotoIndex) {
            if memories.index === index { filters[filter]?.remove(position) }
        }
    }
}
