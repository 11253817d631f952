import HTTP
import HTTPClient
import HTTPServer
import Images
import JSON
import PhotoLibraries
import ServiceSimulators
import Support
import Testing

@Suite struct StashLibraryClientTests {
    /// A Stash with the sample pictures and a client for it, ended with the test.
    private func withStash<Value>(
        serverKey: String? = "right-key", clientKey: String? = "right-key", path: String = "",
        _ body: (StashSimulator, StashLibraryClient) async throws -> Value
    ) async throws -> Value {
        let stash = try StashSimulator(
            library: .samples(modified: Timestamp(seconds: 1_700_000_000)), apiKey: serverKey)
        let address = try await stash.start()
        let http = HTTPClient()
        let base = try #require(HTTPURL("http://127.0.0.1:\(address.port)\(path)"))
        let client = StashLibraryClient(base: base, key: clientKey.map(Secret.init), http: http, retry: .none)
        do {
            let value = try await body(stash, client)
            await http.stop()
            await stash.stop()
            return value
        } catch {
            await http.stop()
            await stash.stop()
            throw error
        }
    }

    @Test(arguments: ["", "/", "/graphql", "/graphql/"])
    func `the address may be given with or without its ending`(path: String) async throws {
        try await withStash(path: path) { _, client in
            let status = try await client.status()
            #expect(status == PhotoLibraryStatus(version: "v0.31.1", count: 12))
        }
    }

    @Test func `all identifiers come in one page, in order`() async throws {
        try await withStash { stash, client in
            let identifiers = Array(try await client.index().ids)
            #expect(identifiers == (1...12).map(String.init))
            // One that counts, and the page.
            #expect(stash.queries.count == 2)
        }
    }

    @Test func `a picture comes with everything a caption needs`() async throws {
        try await withStash { _, client in
            let photo = try #require(try await client.photo(id: "3"))
            #expect(photo.title == "Night walk")
            #expect(photo.fileName == "night-walk.png")
            #expect(photo.galleries.map(\.name) == ["Mountains"])
            #expect(photo.performers.map(\.name) == ["Mira", "Олег"])
            #expect(photo.tags.map(\.name) == ["night", "moon"])
            #expect(photo.rating == 60)
            #expect(photo.format == .png)
            #expect(photo.width == 900 && photo.height == 1200)
        }
    }

    @Test func `a picture without title, rating and gallery is still a picture`() async throws {
        try await withStash { _, client in
            let photo = try #require(try await client.photo(id: "12"))
            #expect(photo.title == nil && photo.rating == nil && photo.date == nil && photo.galleries.isEmpty)
            #expect(photo.fileName == "IMG_2077.png")
        }
    }

    @Test func `a picture that is gone is nil, and its bytes are not found`() async throws {
        try await withStash { stash, client in
            let photo = try #require(try await client.photo(id: "5"))
            stash.update { $0.images.removeAll { $0.id == 5 } }
            let gone = try await client.photo(id: "5")
            #expect(gone == nil)
            await #expect(throws: PhotoLibraryError.notFound) {
                try await client.content(of: photo, form: .original, limit: 1 << 20)
            }
        }
    }

    @Test(arguments: [
        ("1", "image/jpeg", "dawn.jpg"), ("3", "image/png", "night-walk.png"), ("7", "image/webp", "green.webp"),
    ])
    func `the original comes as it is`(id: String, type: String, name: String) async throws {
        try await withStash { _, client in
            let photo = try #require(try await client.photo(id: id))
            let content = try await client.content(of: photo, form: .original, limit: 10 << 20)
            #expect(content.mediaType == type && content.fileName == name)
            #expect(ImageFacts(reading: content.bytes)?.width == photo.width)
        }
    }

    @Test func `a rendition is a JPEG with the name of one`() async throws {
        try await withStash { _, client in
            let photo = try #require(try await client.photo(id: "7"))
            let content = try await client.content(of: photo, form: .rendition, limit: 10 << 20)
            #expect(content.mediaType == "image/jpeg" && content.fileName == "green.jpg")
            #expect(ImageFacts(reading: content.bytes) == ImageFacts(format: .jpeg, width: 1200, height: 800))
        }
    }

    @Test func `where the original cannot be decoded here, Stash's own thumbnail serves`() async throws {
        try await withStash { stash, client in
            // The simulator cannot decode it either and, like Stash, hands out the original: that is no picture.
            stash.update { library in
                library.images[0].source = .bytes(Array("not a picture at all".utf8))
                library.images[0].size = 20
            }
            let photo = try #require(try await client.photo(id: "1"))
            await #expect(throws: PhotoLibraryError.notAPicture) {
                try await client.content(of: photo, form: .rendition, limit: 1 << 20)
            }
        }
    }

    @Test func `more bytes than allowed are refused, not cut`() async throws {
        try await withStash { _, client in
            let photo = try #require(try await client.photo(id: "1"))
            await #expect(throws: PhotoLibraryError.tooLarge(size: nil)) {
                try await client.content(of: photo, form: .original, limit: 1000)
            }
        }
    }

    @Test(arguments: [nil, "wrong-key"])
    func `a wrong or missing key is told as such, for queries and for pictures`(key: String?) async throws {
        try await withStash(clientKey: key) { _, client in
            await #expect(throws: PhotoLibraryError.unauthorized) { try await client.index() }
            await #expect(throws: PhotoLibraryError.unauthorized) { try await client.status() }
        }
    }

    @Test func `a server without a password needs no key`() async throws {
        try await withStash(serverKey: nil, clientKey: nil) { _, client in
            let photo = try await client.index().count
            #expect(photo == 12)
        }
    }

    @Test(arguments: [
        (StashSimulator.Fault.setup, "needs_owner"), (.needsMigration, "needs_owner"), (.badGateway, "unavailable"),
        (.exposed, "needs_owner"), (.cut, "unavailable"),
    ])
    func `what is wrong with the server is told apart`(fault: StashSimulator.Fault, label: String) async throws {
        try await withStash { stash, client in
            stash.setFault(fault)
            let error = await #expect(throws: PhotoLibraryError.self) { try await client.status() }
            #expect(error?.label == label)
        }
    }

    @Test func `nobody listening is a library that does not answer`() async throws {
        let http = HTTPClient()
        let client = StashLibraryClient(
            base: try #require(HTTPURL("http://127.0.0.1:1")), key: Secret("right-key"), http: http, retry: .none)
        let error = await #expect(throws: PhotoLibraryError.self) { try await client.index() }
        #expect(error?.isTransient == true)
        #expect(error?.description.contains("right-key") == false)
        await http.stop()
    }

    @Test(arguments: [
        ("http://nas:9999", "http://localhost:9999/image/7/image?t=1", "http://nas:9999/image/7/image?t=1"),
        (
            "https://home.example/stash", "http://10.0.0.2/image/7/image?t=1",
            "https://home.example/stash/image/7/image?t=1"
        ),
        (
            "https://home.example/stash", "http://10.0.0.2/stash/image/7/thumbnail",
            "https://home.example/stash/image/7/thumbnail"
        ),
    ])
    func `a picture's address is taken to the configured server`(base: String, named: String, expected: String) throws {
        let client = StashLibraryClient(base: try #require(HTTPURL(base)), key: nil, http: HTTPClient())
        #expect(client.rebased(try #require(HTTPURL(named))).description == expected)
    }
}
