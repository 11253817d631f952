import GalleryBot
import Glibc
import HTTP
import HTTPClient
import PhotoLibraries
import SQLiteStorage
import Support

/// Chooses photos from a library, in a process that does nothing else.
///
/// It reports what it measured, a line each:
///
///     indexed SECONDS PROCESSOR      reading the index; own processor time meanwhile
///     SITUATION P50 P99              choosing, milliseconds
///     first MILLISECONDS             the first choice for a chat that was shown nearly all of it, after a restart
///     memory RESIDENT PEAK           megabytes; the peak while the index is read again
struct ChoosingRole {
    let url: String
    let count: Int
    let folder: String

    /// How often is chosen in each situation.
    private static let choices = 300
    private static let words = "rating>=30 portrait"

    func play() async throws {
        let http = HTTPClient()
        guard let base = HTTPURL(url) else { throw BenchmarkFailure("\(url) is no address") }
        let stash = StashLibraryClient(base: base, key: nil, http: http)
        let database = try await SQLiteDatabase.open(path: "\(folder)/choosing.sqlite")
        let neutral = ChoosingTrial(library: stash, database: database, leaning: .none)
        try await neutral.prepare()
        let clock = ContinuousClock()
        let (start, processor) = (clock.now, ProcessFigures.ownProcessorSeconds)
        let found = try await neutral.readIndex()
        guard found == count else { throw BenchmarkFailure("the index has \(found) of \(count) photos") }
        Role.report(
            "indexed \((clock.now - start).inSeconds) \(ProcessFigures.ownProcessorSeconds - processor)")
        let late = count - min(count / 10, 5_000)
        try await measure("early", neutral, chat: 1)
        try await neutral.fillHistory(of: 2, with: late)
        let beforeFirst = clock.now
        _ = try await neutral.choose(for: 2)
        Role.report("first \((clock.now - beforeFirst).inSeconds * 1000)")
        try await measure("late", neutral, chat: 2)
        let again = try await neutral.readAgain()
        guard again == count else { throw BenchmarkFailure("the index has \(again) of \(count) photos") }
        Role.report(
            "memory \(try ProcessFigures.residentMegabytes(getpid())) \(try ProcessFigures.peakMegabytes(getpid()))")

        let leaning = ChoosingTrial(library: stash, database: database, leaning: .everything)
        _ = try await leaning.readIndex()
        try await measure("weighed-early", leaning, chat: 3, words: Self.words)
        try await measure("weighed-late", leaning, chat: 2, words: Self.words)
        await database.close()
        await http.stop()
    }

    private func measure(_ situation: String, _ trial: ChoosingTrial, chat: Int64, words: String = "") async throws {
        let clock = ContinuousClock()
        // What is worked out once for a filter is not part of choosing.
        _ = try await trial.choose(for: chat, words: words)
        var samples: [Double] = []
        for _ in 0..<Self.choices {
            let start = clock.now
            let (photo, round) = try await trial.choose(for: chat, words: words)
            samples.append((clock.now - start).inSeconds * 1000)
            try await trial.note(photo, round: round, for: chat)
        }
        samples.sort()
        Role.report("\(situation) \(samples[samples.count / 2]) \(samples[samples.count * 99 / 100])")
    }
}
