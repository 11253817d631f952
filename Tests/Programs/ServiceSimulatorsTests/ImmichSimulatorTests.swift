import HTTP
import HTTPClient
import HTTPServer
import Images
import JSON
import ServiceSimulators
import Support
import Testing

/// The simulated Immich against what the real one answers, request by request.
@Suite(.timeLimit(.minutes(3))) struct ImmichSimulatorTests {
    private typealias Answer = (status: Int, body: JSONValue, response: ClientResponse)

    /// A server with a client that sends one request at a time.
    private func withImmich(
        _ version: ImmichSimulator.Version = (2, 7, 5), permissions: Set<String> = ["all"], isLenient: Bool = false,
        _ body: (
            ImmichSimulator,
            (HTTPMethod, String, JSONValue?, HTTPFields) async throws -> (
                status: Int, body: JSONValue, response: ClientResponse
            )
        ) async throws -> Void
    ) async throws {
        let immich = ImmichSimulator(
            store: try .samples(), keys: [.init("k", permissions: permissions)], version: version,
            isLenient: isLenient)
        let port = try await immich.start().port
        let http = HTTPClient()
        let result: Result<Void, any Error>
        do {
            result = .success(
                try await body(immich) { method, path, json, more in
                    var fields: HTTPFields = ["x-api-key": "k"]
                    for field in more { fields[field.name] = field.value }
                    if json != nil { fields["Content-Type"] = "application/json" }
                    let response = try await http.send(
                        ClientRequest(
                            method, "http://127.0.0.1:\(port)/api\(path)", fields: fields,
                            body: json.map { .bytes($0.serialised()) } ?? .none))
                    let isJSON = response.fields["Content-Type"]?.hasPrefix("application/json") == true
                    return (
                        response.status.rawValue, isJSON ? try JSONValue(parsing: response.body) : .null, response
                    )
                })
        } catch {
            result = .failure(error)
        }
        await http.stop()
        await immich.stop()
        try result.get()
    }

    @Test(
        arguments: [
            (["page": "abc"], ["page must not be less than 1", "page must be an integer number"]),
            (["page": 1.5], ["page must be an integer number"]), (["page": -10], ["page must not be less than 1"]),
            (["page": 0], ["page must not be less than 1"]),
            (
                ["size": "abc"],
                [
                    "size must not be greater than 1000", "size must not be less than 1",
                    "size must be an integer number",
                ]
            ),
            (["size": -1.5], ["size must not be less than 1", "size must be an integer number"]),
            (["size": 1001], ["size must not be greater than 1000"]),
            (["isFavorite": "immich"], ["isFavorite must be a boolean value"]),
            (
                ["visibility": "all"],
                ["visibility must be one of the following values: archive, timeline, hidden, locked"]
            ),
            (["albumIds": ["x"]], ["each value in albumIds must be a UUID"]),
            (["isArchived": false], ["property isArchived should not exist"]),
        ] as [(JSONValue, [String])])
    func `version 2 refuses a search in class-validator's words`(search: JSONValue, texts: [String]) async throws {
        try await withImmich { _, send in
            let answer = try await send(.post, "/search/metadata", search, [:])
            #expect(answer.status == 400)
            #expect(answer.body["message"] == .array(texts.map(JSONValue.string)))
            #expect(answer.body["error"] == "Bad Request" && answer.body["statusCode"] == 400)
            #expect(answer.body["correlationId"]?.stringValue?.isEmpty == false)
        }
    }

    @Test(
        arguments: [
            (["page": "abc"], "page", "Invalid input: expected number, received string"),
            (["page": 0], "page", "Too small: expected number to be >=1"),
            (["size": 1001], "size", "Too big: expected number to be <=1000"),
            (["size": 2.5], "size", "Invalid input: expected int, received number"),
            (["isFavorite": "immich"], "isFavorite", "Invalid input: expected boolean, received string"),
            (["id": "123"], "id", "Invalid UUID"),
            (
                ["visibility": "all"], "visibility",
                "Invalid option: expected one of \"archive\"|\"timeline\"|\"hidden\"|\"locked\""
            ),
        ] as [(JSONValue, String, String)])
    func `version 3 refuses a search in Zod's words`(search: JSONValue, path: String, text: String) async throws {
        try await withImmich((3, 1, 0)) { _, send in
            let answer = try await send(.post, "/search/metadata", search, [:])
            #expect(answer.status == 400 && answer.body["message"] == "Validation failed")
            #expect(answer.body["errors"]?[0]?["path"]?[0]?.stringValue == path)
            #expect(answer.body["errors"]?[0]?["message"]?.stringValue == text)
            #expect(answer.body["statusCode"] == nil)
        }
    }

    @Test func `no key, another key, a key without the right: each is told apart`() async throws {
        try await withImmich(permissions: ["asset.read"]) { immich, send in
            let none = try await send(.get, "/albums", nil, ["x-api-key": ""])
            #expect(none.status == 401 && none.body["message"] == "Authentication required")
            let other = try await send(.get, "/albums", nil, ["x-api-key": "other"])
            #expect(other.status == 401 && other.body["message"] == "Invalid API key")
            let id = immich.store.assets[0].id
            for (method, path, permission) in [
                (HTTPMethod.get, "/albums", "album.read"), (.get, "/tags", "tag.read"),
                (.get, "/assets/\(id)/original", "asset.download"), (.get, "/assets/\(id)/thumbnail", "asset.view"),
                (.put, "/assets/\(id)", "asset.update"), (.post, "/search/statistics", "asset.statistics"),
                (.get, "/assets/no-uuid/original", "asset.download"),
            ] {
                let answer = try await send(method, path, method == .get ? nil : [:], [:])
                #expect(answer.status == 403 && answer.body["error"] == "Forbidden")
                #expect(answer.body["message"] == .string("Missing required permission: \(permission)"))
            }
            let ping = try await send(.get, "/server/ping", nil, ["x-api-key": ""])
            #expect(ping.status == 200 && ping.body == ["res": "pong"])
        }
    }

    @Test func `what is not there, locked, or no UUID`() async throws {
        try await withImmich { immich, send in
            let gone = try await send(.get, "/assets/\(ImmichStore.uuid(77_777))", nil, [:])
            #expect(gone.status == 400 && gone.body["message"] == "Not found or no asset.read access")
            let locked = try #require(immich.store.assets.first { $0.visibility == .locked }).id
            let answer = try await send(.get, "/assets/\(locked)/original", nil, [:])
            #expect(answer.status == 400 && answer.body["message"] == "Not found or no asset.download access")
            let search = try await send(.post, "/search/metadata", ["visibility": "locked"], [:])
            #expect(search.status == 401 && search.body["message"] == "Elevated permission is required")
            let bad = try await send(.get, "/assets/123", nil, [:])
            #expect(bad.status == 400 && bad.body["message"] == ["id must be a UUID"])
            let nowhere = try await send(.get, "/photos", nil, [:])
            #expect(nowhere.status == 404 && nowhere.body["message"] == "Cannot GET /api/photos")
            let video = try await send(.get, "/assets/\(immich.store.assets[0].id)/video/playback", nil, [:])
            #expect(video.status == 400 && video.body["message"] == "Asset is not a video")
        }
    }

    @Test func `pages follow one another to the end`() async throws {
        try await withImmich { immich, send in
            var found: [String] = []
            var page: JSONValue = 1
            repeat {
                let answer = try await send(
                    .post, "/search/metadata", ["size": 5, "page": page, "order": "asc", "visibility": "timeline"],
                    [:])
                let assets = try #require(answer.body["assets"])
                found += (assets["items"]?.arrayValue ?? []).compactMap { $0["id"]?.stringValue }
                page = assets["nextPage"]?.stringValue.flatMap { Int64($0) }.map(JSONValue.integer) ?? .null
            } while !page.isNull
            #expect(found.count == 12 && Set(found).count == 12)
        }
    }

    @Test func `a search tells EXIF and people when asked, tags and albums never`() async throws {
        try await withImmich { _, send in
            let bare = try await send(.post, "/search/metadata", ["size": 1], [:])
            let asset = try #require(bare.body["assets"]?["items"]?[0])
            #expect(asset["exifInfo"] == nil && asset["people"] == [] && asset["tags"] == nil)
            let full = try await send(
                .post, "/search/metadata", ["withExif": true, "withPeople": true, "originalFileName": "night-walk"],
                [:])
            let night = try #require(full.body["assets"]?["items"]?[0])
            #expect(night["exifInfo"]?["rating"] == 3 && night["people"]?.arrayValue?.count == 2)
            #expect(night["tags"] == nil)
        }
    }

    @Test func `members that are not known are dropped without a word where that is wanted`() async throws {
        try await withImmich(isLenient: true) { _, send in
            let answer = try await send(.post, "/search/statistics", ["isArchived": false, "nonsense": 1], [:])
            #expect(answer.status == 200 && answer.body == ["total": 12])
        }
    }

    @Test func `before 1.133 nothing keeps archived pictures out of a search`() async throws {
        try await withImmich((1, 132, 3)) { _, send in
            let answer = try await send(.post, "/search/statistics", ["visibility": "timeline"], [:])
            #expect(answer.body == ["total": 13])
        }
    }

    @Test(
        arguments: [
            ("bytes=0-99", 206, 100), ("bytes=-50", 206, 50), ("bytes=99999999-", 416, 0), ("lines=1", 200, nil),
        ]
            as [(String, Int, Int?)])
    func `an original comes in parts`(range: String, status: Int, count: Int?) async throws {
        try await withImmich { immich, send in
            let asset = immich.store.assets[0]
            let answer = try await send(.get, "/assets/\(asset.id)/original", nil, ["Range": range])
            #expect(answer.status == status)
            #expect(answer.response.body.count == count ?? asset.original.count)
        }
    }

    @Test func `a preview is a JPEG of 1440 pixels, the full size leads on`() async throws {
        let large = try Raster(width: 3000, height: 2000).jpeg()
        #expect(ImageFacts(reading: try ImmichStore.preview(of: large))?.height == 1440)
        try await withImmich { immich, send in
            let asset = immich.store.assets[2]
            let preview = try await send(.get, "/assets/\(asset.id)/thumbnail?size=preview", nil, [:])
            #expect(preview.response.fields["Content-Type"] == "image/jpeg")
            let full = try await send(.get, "/assets/\(asset.id)/thumbnail?size=fullsize", nil, [:])
            #expect(full.status == 302 && full.response.fields["Location"] == "original")
            let odd = try await send(.get, "/assets/\(asset.id)/thumbnail?size=huge", nil, [:])
            #expect(odd.status == 400)
            immich.update { $0.assets[2].preview = nil }
            let missing = try await send(.get, "/assets/\(asset.id)/thumbnail?size=preview", nil, [:])
            #expect(missing.status == 404 && missing.body["message"] == "Asset media not found")
        }
    }

    @Test(arguments: [((2, 7, 5), 4), ((3, 1, 0), nil)] as [(ImmichSimulator.Version, Int?)])
    func `only version 2 lists the assets of an album`(version: ImmichSimulator.Version, count: Int?) async throws {
        try await withImmich(version) { immich, send in
            let album = try #require(immich.store.albums.first { $0.name == "Lakes" })
            let answer = try await send(.get, "/albums/\(album.id)", nil, [:])
            #expect(answer.body["albumName"] == "Lakes")
            #expect(answer.body["assets"]?.arrayValue?.count == count.map { _ in album.assets.count })
        }
    }

    @Test(arguments: [((2, 7, 5), 0), ((2, 7, 5), 5), ((3, 1, 0), nil)] as [(ImmichSimulator.Version, Int64?)])
    func `a rating is set and cleared`(version: ImmichSimulator.Version, rating: Int64?) async throws {
        try await withImmich(version) { immich, send in
            let id = immich.store.assets[0].id
            let body: JSONValue = ["rating": rating.map(JSONValue.integer) ?? .null]
            let answer = try await send(.put, "/assets/\(id)", body, [:])
            #expect(answer.status == 200)
            #expect(immich.store.assets[0].rating == (rating == 5 ? 5 : nil))
            let bad = try await send(.put, "/assets/\(id)", ["rating": 7], [:])
            #expect(bad.status == 400)
        }
    }
}
