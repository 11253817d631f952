internal import PhotoLibraries
internal import Storage
internal import Support
internal import Synchronization
internal import TelegramAPI

/// Chooses the photos that a chat gets next.
///
/// Commands and schedules choose the same way, and never the same photo at once.
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
    private let sent = SentPhotos()
    private let database: any Database
    private let time: any TimeSource
    private let logger: Logger
    private let random: Mutex<SeededRandom>
    /// Photos chosen for a chat and not yet noted: a command and a schedule at once must not choose the same.
    private let underWay = Mutex<[ChatID: [String]]>([:])

    /// - Parameters:
    ///   - avoidRecentDays: For how many days a photo does not come twice to a chat.
    ///   - taste: What the people of a chat like; asked before every choice.
    ///   - seed: Of the draws; a fixed one makes them repeatable.
    init(
        catalogue: Catalogue, avoidRecentDays: Int, database: any Database, time: any TimeSource, logger: Logger,
        seed: UInt64, taste: @escaping @Sendable (ChatID) async throws -> Taste = { _ in .neutral }
    ) {
        self.catalogue = catalogue
        self.avoidRecentDays = avoidRecentDays
        self.taste = taste
        self.database = database
        self.time = time
        self.logger = logger
        random = Mutex(SeededRandom(seed: seed))
    }

    /// Chooses up to `count` different photos, fewer when fewer may be shown; call `finish` for each.
    ///
    /// - Returns: At least one.
    /// - Throws: `PhotoFailure`; `.nothingMatches` when no photo of the library passes the filter.
    func choose(for chat: ChatID, filter: PhotoFilter = .none, count: Int = 1) async throws -> [Choice] {
        var choices: [Choice] = []
        for _ in 0..<count {
            do {
                choices.append(try await choose(for: chat))
            } catch {
                if choices.isEmpty { throw error }
                break
            }
        }
        return choices
    }

    /// Chooses one photo.
    func choose(for chat: ChatID) async throws -> Choice {
        let identifiers = try await listed()
        let since = time.now - .seconds(86_400 * avoidRecentDays)
        let progress = try await database.read { [sent] in
            try sent.progress(of: chat.rawValue, since: since, in: $0)
        }
        let draw = underWay.withLock { underWay -> Deck.Draw? in
            let pending = underWay[chat, default: []]
            let deck = Deck(
                identifiers: identifiers, shownInRound: progress.shownInRound.union(pending),
                recent: progress.recent + pending, round: progress.round)
            let draw = random.withLock { deck.draw(using: &$0) }
            if let draw { underWay[chat, default: []].append(draw.id) }
            return draw
        }
        guard let draw else { throw PhotoFailure.emptyLibrary }
        let remark: Choice.Remark? =
            switch draw.occasion {
            case .usual: nil
            case .newRound: .newRound
            case .repeated: .repeated
            }
        return Choice(photoID: draw.id, round: draw.round, remark: remark)
    }

    /// Frees a choice after it was noted in the history, or given up.
    func finish(_ choice: Choice, for chat: ChatID) {
        underWay.withLock { underWay in
            if let index = underWay[chat]?.firstIndex(of: choice.photoID) { underWay[chat]?.remove(at: index) }
            if underWay[chat]?.isEmpty == true { underWay[chat] = nil }
        }
    }

    /// Takes over what became of a chat's history outside of sending: it was forgotten, or moved to another chat.
    func forget(_ chat: ChatID) {}

    /// How many photos of its round a chat has not seen, and how many there are; nil while the library does not answer.
    func remaining(for chat: ChatID) async throws -> (unseen: Int, all: Int)? {
        let identifiers: [String]
        do {
            identifiers = try await listed()
        } catch PhotoFailure.library(let error) {
            logger.notice("no figures from the library", ["error": .describing(error)])
            return nil
        }
        let now = time.now
        let progress = try await database.read { [sent] in try sent.progress(of: chat.rawValue, since: now, in: $0) }
        return (identifiers.count { !progress.shownInRound.contains($0) }, identifiers.count)
    }

    private func listed() async throws -> [String] {
        do throws(PhotoLibraryError) {
            let snapshot = try await catalogue.snapshot()
            return (0..<snapshot.index.count).filter { !snapshot.gone.contains($0) }.map { snapshot.index.id(at: $0) }
        } catch {
            throw PhotoFailure.library(error)
        }
    }
}
