import HTTP
import HTTPClient
import HTTPServer
import PhotoLibraries
import ServiceSimulators
import Support
import Testing

@Suite struct StashRatingTests {
    /// A Stash of which picture 3 has everything that a person can fill in.
    private func withStash(
        key: String = "right-key", _ body: (StashSimulator, any RatingLibrary) async throws -> Void
    ) async throws {
        var library = try StashLibrary.samples(modified: Timestamp(seconds: 1_700_000_000))
        library.images[2].details = "Written by hand"
        let stash = try StashSimulator(library: library, apiKey: "right-key")
        let address = try await stash.start()
        let http = HTTPClient()
        let client = StashLibraryClient(
            base: try #require(HTTPURL(address.url)), key: Secret(key), http: http, retry: .none)
        do {
            try await body(stash, client)
            await http.stop()
            await stash.stop()
        } catch {
            await http.stop()
            await stash.stop()
            throw error
        }
    }

    @Test func `marks are read as they stand`() async throws {
        try await withStash { stash, client in
            let rated = try await client.marks(of: "3")
            #expect(rated == PhotoMarks(rating: 60, isOrganized: false))
            let unrated = try await client.marks(of: "12")
            #expect(unrated == PhotoMarks(rating: nil, isOrganized: false))
            stash.update { $0.images[11].organized = true }
            let organized = try await client.marks(of: "12")
            #expect(organized?.isOrganized == true)
            let gone = try await client.marks(of: "999")
            #expect(gone == nil)
        }
    }

    @Test func `P2: a rating changes the rating and nothing else`() async throws {
        try await withStash { stash, client in
            let before = stash.library.images[2]
            try await client.set(.rating(100), of: "3")
            let after = stash.library.images[2]
            #expect(after.rating100 == 100)
            #expect(after.details == "Written by hand" && after.title == before.title && after.date == before.date)
            #expect(after.tags == before.tags && after.performers == before.performers)
            #expect(after.galleries == before.galleries && after.organized == before.organized)
            let mutation = try #require(stash.queries.last)
            #expect(!mutation.contains("details") && !mutation.contains("tag_ids") && !mutation.contains("title"))
        }
    }

    @Test func `nil takes a rating away, and the flag goes on and off`() async throws {
        try await withStash { stash, client in
            try await client.set(.rating(nil), of: "3")
            #expect(stash.library.images[2].rating100 == nil)
            try await client.set(.organized(true), of: "3")
            #expect(stash.library.images[2].organized)
            try await client.set(.organized(false), of: "3")
            #expect(!stash.library.images[2].organized)
            #expect(stash.library.images[2].rating100 == nil)
        }
    }

    @Test func `a picture that is gone is not found`() async throws {
        try await withStash { _, client in
            await #expect(throws: PhotoLibraryError.notFound) { try await client.set(.rating(20), of: "999") }
        }
    }

    @Test func `a Stash that may not write says so in its own words`() async throws {
        try await withStash { stash, client in
            stash.setFault(.readOnly)
            let marks = try await client.marks(of: "3")
            #expect(marks?.rating == 60)
            await #expect(throws: PhotoLibraryError.refused(reason: "attempt to write a readonly database")) {
                try await client.set(.rating(20), of: "3")
            }
        }
    }

    @Test func `a wrong key is told as such`() async throws {
        try await withStash(key: "wrong") { _, client in
            await #expect(throws: PhotoLibraryError.unauthorized) { try await client.set(.rating(20), of: "3") }
        }
    }
}
