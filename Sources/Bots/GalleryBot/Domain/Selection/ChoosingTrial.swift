package import PhotoLibraries
package import Storage
package import Support
internal import TelegramAPI

/// Choosing without a bot around it, to be measured: the same chooser, index and history that the bot uses.
package struct ChoosingTrial: Sendable {
    /// How the chat's people vote.
    package enum Leaning: Sendable {
        /// Nobody has voted.
        case none
        /// Every gallery and everybody in the pictures has a weight, and a gallery in a hundred is excluded.
        case everything
    }

    private let catalogue: Catalogue
    private let chooser: PhotoChooser
    private let database: any Database
    private let time: any TimeSource
    private let sent = SentPhotos()

    /// - Parameter database: An empty one; `prepare` makes the tables.
    package init(
        library: any PhotoLibrary, database: any Database, leaning: Leaning, seed: UInt64 = 1,
        time: any TimeSource = SystemTime()
    ) {
        catalogue = Catalogue(library: library, maximumAge: .seconds(86_400), time: time, logger: .disabled)
        self.database = database
        self.time = time
        let taste: Taste
        switch leaning {
        case .none: taste = .neutral
        case .everything: taste = Self.strongTaste
        }
        chooser = PhotoChooser(
            catalogue: catalogue, avoidRecentDays: 30, database: database, time: time, logger: .disabled, seed: seed
        ) { _ in taste }
    }

    /// Makes the tables.
    package func prepare() async throws {
        try await database.migrate(GalleryBot.migrations, component: "gallery")
    }

    /// Reads the library's index, and tells how many pictures it has.
    package func readIndex() async throws -> Int {
        try await catalogue.snapshot().index.count
    }

    /// Reads it once more while the one in use is still held, as happens every few minutes.
    package func readAgain() async throws -> Int {
        try await catalogue.library.index().count
    }

    /// Chooses for a chat; the words are those of `/random`.
    ///
    /// - Returns: What is noted with `note`.
    package func choose(for chat: Int64, words: String = "") async throws -> (photo: String, round: Int) {
        let filter = try PhotoFilter(parsing: words)
        let choice = try await chooser.choose(for: ChatID(chat), filter: filter)
        chooser.finish(choice, for: ChatID(chat))
        return (choice.photoID, choice.round)
    }

    /// Notes a photo as sent, as the bot does.
    package func note(_ photo: String, round: Int, for chat: Int64) async throws {
        let now = time.now
        try await database.write { [sent] in
            try sent.add(
                SentPhotos.Entry(
                    imageID: photo, chatID: chat, userID: chat, title: nil, round: round, sentAt: now), in: $0)
        }
    }

    /// Puts pictures 1 to `count` into a chat's history as shown in its first round, some months ago.
    package func fillHistory(of chat: Int64, with count: Int) async throws {
        let start = time.now - .seconds(100 * 86_400)
        var first = 1
        while first <= count {
            let part = first...min(count, first + 49_999)
            try await database.write { [sent] connection in
                for number in part {
                    try sent.add(
                        SentPhotos.Entry(
                            imageID: "\(number)", chatID: chat, userID: chat, title: nil, round: 1,
                            sentAt: start.adding(.milliseconds(number))), in: connection)
                }
            }
            first = part.upperBound + 1
        }
    }

    private static let strongTaste: Taste = {
        var taste = Taste()
        for number in 1...20_000 {
            taste.galleryWeights["\(number)"] = number.isMultiple(of: 3) ? 5 : 0.3
            if number.isMultiple(of: 100) { taste.excludedGalleries.insert("\(number)") }
        }
        for number in 1...2_000 { taste.performerWeights["\(number)"] = number.isMultiple(of: 2) ? 3 : 0.5 }
        for number in 1...1_000 { taste.votes["\(number * 7)"] = number.isMultiple(of: 2) ? 1 : -1 }
        return taste
    }()
}
