import PhotoLibraries
import Support
import Synchronization
import Testing

@testable import GalleryBot

@Suite(.timeLimit(.minutes(1))) struct CatalogueTests {
    /// A library that answers when it is told to.
    private final class SlowLibrary: PhotoLibrary {
        typealias Answer = Result<PhotoIndex, PhotoLibraryError>

        let kind = "slow"
        private let requests = AsyncStream.makeStream(of: CheckedContinuation<Answer, Never>.self)
        let count = Mutex(0)

        func index() async throws(PhotoLibraryError) -> PhotoIndex {
            count.withLock { $0 += 1 }
            return try await withCheckedContinuation { requests.continuation.yield($0) }.get()
        }

        /// Answers the next request to list.
        func answer(_ answer: Answer) async {
            for await request in requests.stream {
                request.resume(returning: answer)
                return
            }
        }

        func photo(id: String) async throws(PhotoLibraryError) -> Photo? { nil }

        func content(of photo: Photo, form: PhotoForm, limit: Int) async throws(PhotoLibraryError) -> PhotoContent {
            throw .notFound
        }

        func status() async throws(PhotoLibraryError) -> PhotoLibraryStatus {
            PhotoLibraryStatus(version: nil, count: 0)
        }
    }

    private static func index(_ count: Int) -> PhotoIndex {
        var builder = PhotoIndexBuilder()
        for id in 0..<count { builder.append(PhotoIndexRow(id: "\(id)")) }
        return builder.finish()
    }

    private let library = SlowLibrary()
    private let time = ManualTime()
    private let catalogue: Catalogue

    init() {
        catalogue = Catalogue(library: library, maximumAge: .seconds(600), time: time, logger: .disabled)
    }

    private func count() async throws -> Int { try await catalogue.snapshot().index.count }

    /// Reads an index of so many pictures, which is old afterwards.
    private func readLongAgo(_ pictures: Int) async throws {
        async let first = count()
        await library.answer(.success(Self.index(pictures)))
        #expect(try await first == pictures)
        time.advance(by: .seconds(601))
    }

    /// Answers what is asked for in the background, and returns when that has taken effect.
    private func answerBackground(_ answer: SlowLibrary.Answer) async throws {
        await library.answer(answer)
        try await eventually("the reading is over") { !catalogue.isReading }
    }

    @Test func `the first wait for the one reading, whoever they are`() async throws {
        async let first = count()
        async let second = count()
        await library.answer(.success(Self.index(3)))
        #expect(try await first == 3)
        // It came while the first was waiting, or after that; either way nothing more was asked.
        #expect(try await second == 3)
        #expect(library.count.withLock(\.self) == 1)
    }

    @Test func `an old index serves while it is read anew, once`() async throws {
        try await readLongAgo(3)
        for _ in 0..<3 { #expect(try await count() == 3) }
        try await answerBackground(.success(Self.index(5)))
        #expect(try await count() == 5)
        #expect(library.count.withLock(\.self) == 2)
    }

    @Test func `an old index serves while the library does not answer, and is asked for again`() async throws {
        try await readLongAgo(3)
        for round in 2...4 {
            #expect(try await count() == 3)
            try await answerBackground(.failure(.unavailable(reason: "down")))
            #expect(library.count.withLock(\.self) == round)
        }
    }

    @Test func `a refusal is told to whoever asks next, until the library answers`() async throws {
        try await readLongAgo(3)
        #expect(try await count() == 3)
        try await answerBackground(.failure(.unauthorized))
        let refused = Task { try await count() }
        await library.answer(.failure(.unauthorized))
        await #expect(throws: PhotoLibraryError.unauthorized) { try await refused.value }
        async let later = count()
        await library.answer(.success(Self.index(4)))
        #expect(try await later == 4)
    }

    @Test func `an old index without pictures serves nobody`() async throws {
        try await readLongAgo(0)
        async let asked = count()
        await library.answer(.success(Self.index(2)))
        #expect(try await asked == 2)
    }
}
