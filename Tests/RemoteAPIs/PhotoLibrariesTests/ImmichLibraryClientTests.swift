import HTTP
import HTTPClient
import HTTPServer
import Images
import JSON
import PhotoLibraries
import ServiceSimulators
import Support
import Testing

@Suite(.timeLimit(.minutes(3))) struct ImmichLibraryClientTests {
    static let needed: Set<String> = ["asset.read", "asset.view", "asset.download"]

    /// An Immich with the sample pictures and a client for it, ended with the test.
    @discardableResult private func withImmich<Value>(
        store: ImmichStore? = nil, permissions: Set<String> = ["all"], clientKey: String = "right-key",
        version: ImmichSimulator.Version = (2, 7, 5), path: String = "", timeouts: Timeouts? = nil,
        _ body: (ImmichSimulator, ImmichLibraryClient) async throws -> Value
    ) async throws -> Value {
        let immich = ImmichSimulator(
            store: try store ?? .samples(), keys: [.init("right-key", permissions: permissions)], version: version)
        let address = try await immich.start()
        var configuration = HTTPClient.Configuration()
        if let timeouts { configuration.timeouts = timeouts }
        let http = HTTPClient(configuration)
        let base = try #require(HTTPURL("http://127.0.0.1:\(address.port)\(path)"))
        let client = ImmichLibraryClient(base: base, key: Secret(clientKey), http: http, retry: .none)
        let result: Result<Value, any Error>
        do { result = .success(try await body(immich, client)) } catch { result = .failure(error) }
        await http.stop()
        await immich.stop()
        return try result.get()
    }

    private func id(of fileName: String, in immich: ImmichSimulator) throws -> String {
        try #require(immich.store.assets.first { $0.fileName == fileName }).id
    }

    @Test(arguments: ["", "/", "/api", "/api/"])
    func `the address may be given with or without its ending`(path: String) async throws {
        try await withImmich(path: path) { _, client in
            let status = try await client.status()
            #expect(status == PhotoLibraryStatus(version: "v2.7.5", count: 12))
        }
    }

    @Test(arguments: [(2, 7, 5), (3, 1, 0)] as [ImmichSimulator.Version])
    func `what is archived, locked, hidden or in the trash is in no list and cannot be had`(
        version: ImmichSimulator.Version
    ) async throws {
        try await withImmich(version: version) { immich, client in
            let index = try await client.index()
            let shown = immich.store.assets.filter { $0.visibility == .timeline && !$0.isTrashed }.map(\.id)
            #expect(Set(index.ids) == Set(shown) && index.count == 12)
            for asset in immich.store.assets where !shown.contains(asset.id) {
                let photo = try await client.photo(id: asset.id)
                #expect(photo == nil, "\(asset.fileName)")
            }
        }
    }

    @Test(arguments: [(2, 7, 5), (3, 1, 0)] as [ImmichSimulator.Version])
    func `what the camera noted, and how long a video is, come with a photo`(
        version: ImmichSimulator.Version
    ) async throws {
        var store = try ImmichStore.samples()
        let plain = try #require(store.assets.last { $0.visibility == .timeline && !$0.isTrashed }).id
        store.assets[0].camera = .init(
            make: "Canon", model: "Canon EOS R5", lens: "RF 35mm", exposure: "1/250", fNumber: 2.8, focalLength: 35,
            iso: 400, place: (latitude: 59.9, longitude: -30.25))
        store.assets[1].type = "VIDEO"
        store.assets[1].mediaType = "video/mp4"
        store.assets[1].duration = 3_723_250
        let ids = store.assets.map(\.id)
        let taken = store.assets[0].taken.prefix(10)
        try await withImmich(store: store, version: version) { _, client in
            let photo = try await client.photo(id: ids[0])
            #expect(
                photo?.exif
                    == ExifFacts(
                        camera: "Canon EOS R5", lens: "RF 35mm", exposure: 1 / 250, fNumber: 2.8, sensitivity: 400,
                        focalLength: 35, takenAt: "\(taken) 12:34:56",
                        position: .init(latitude: 59.9, longitude: -30.25)))
            let film = try await client.photo(id: ids[1])
            #expect(film?.clip?.duration == 3723.25)
            let other = try #require(try await client.photo(id: plain))
            #expect(other.exif == nil && other.clip == nil)
        }
    }

    @Test(arguments: [(2, 7, 5), (3, 1, 0)] as [ImmichSimulator.Version])
    func `the index knows albums, tags, people, stars, days, shapes and favourites`(
        version: ImmichSimulator.Version
    ) async throws {
        try await withImmich(version: version) { immich, client in
            let index = try await client.index()
            let night = try #require(index.position(of: try id(of: "night-walk.png", in: immich)))
            #expect(index.galleries(at: night).map { index.galleries[$0].name } == ["Mountains"])
            #expect(index.tagLists[night].map { index.tags[Int($0)].name } == ["night", "moon"])
            #expect(index.performerLists[night].map { index.performers[Int($0)].name } == ["Mira", "Олег"])
            #expect(index.rating(at: night) == 60 && index.orientation(at: night) == .portrait)
            let lake = try #require(index.position(of: try id(of: "lake.jpg", in: immich)))
            #expect(index.isFavourite(at: lake) && index.rating(at: lake) == 100)
            #expect(index.date(at: lake) == CivilDate(year: 2023, month: 11, day: 21))
            #expect(!index.isFavourite(at: night) && !index.isMoving(at: night))
        }
    }

    @Test func `a picture comes with everything a caption needs`() async throws {
        try await withImmich { immich, client in
            let photo = try #require(try await client.photo(id: try id(of: "night-walk.png", in: immich)))
            #expect(photo.title == "Night walk" && photo.fileName == "night-walk.png")
            #expect(photo.galleries.map(\.name) == ["Mountains"])
            #expect(photo.performers.map(\.name) == ["Mira", "Олег"] && photo.tags.map(\.name) == ["night", "moon"])
            #expect(photo.rating == 60 && photo.format == .png && photo.date == "2020-01-03")
            #expect(photo.width == 900 && photo.height == 1200)
            let bare = try #require(try await client.photo(id: try id(of: "IMG_2077.png", in: immich)))
            #expect(bare.title == nil && bare.rating == nil && bare.galleries.isEmpty && bare.tags.isEmpty)
        }
    }

    @Test(arguments: [(2, 7, 5), (3, 1, 0)] as [ImmichSimulator.Version])
    func `a picture that the camera turned is as high as it looks`(version: ImmichSimulator.Version) async throws {
        var store = try ImmichStore.samples()
        store.assets[0].orientation = 6
        try await withImmich(store: store, version: version) { immich, client in
            let photo = try #require(try await client.photo(id: immich.store.assets[0].id))
            #expect(photo.width == 853 && photo.height == 1280)
        }
    }

    @Test func `people without a name and hidden ones stay unnamed, a rejected picture has no stars`() async throws {
        var store = try ImmichStore.samples()
        store.people[0].isHidden = true
        store.people[1].name = ""
        store.assets[2].rating = -1
        try await withImmich(store: store) { immich, client in
            let photo = try #require(try await client.photo(id: immich.store.assets[2].id))
            #expect(photo.performers.isEmpty && photo.rating == nil)
            let index = try await client.index()
            #expect(index.performers.count == 0)
        }
    }

    @Test func `a tag stands for the tags below it`() async throws {
        var store = try ImmichStore.samples()
        store.tags[0].value = "places"
        store.tags[1].value = "places/lakes"
        let below = store.tags[1].id
        for index in store.assets.indices { store.assets[index].tags = index == 5 ? [below] : [] }
        try await withImmich(store: store) { immich, client in
            let index = try await client.index()
            let position = try #require(index.position(of: immich.store.assets[5].id))
            #expect(index.tagLists[position].map { index.tags[Int($0)].name } == ["places", "places/lakes"])
        }
    }

    @Test func `a library of many pages is read whole, each picture once`() async throws {
        try await withImmich(store: .generated(count: 2345)) { immich, client in
            let index = try await client.index()
            #expect(index.count == 2345)
            let first = immich.store.assets[0]
            let position = try #require(index.position(of: first.id))
            #expect(index.galleries(at: position).map { index.galleries[$0].name } == ["Album 1"])
            let searches = immich.requests.filter { $0 == "POST /api/search/metadata" }.count
            #expect(searches == 20 + 3)
        }
    }

    @Test func `pages that lead in a circle are given up`() async throws {
        try await withImmich { immich, client in
            immich.setFault(.endlessPaging)
            let error = await #expect(throws: PhotoLibraryError.self) { try await client.index() }
            #expect(error?.label == "unexpected_answer")
        }
    }

    @Test func `what a key may not read is left out, what it must read is named`() async throws {
        try await withImmich(permissions: Self.needed) { immich, client in
            let index = try await client.index()
            #expect(index.count == 12 && index.galleries.count == 0 && index.tags.count == 0)
            let photo = try #require(try await client.photo(id: immich.store.assets[0].id))
            #expect(photo.galleries.isEmpty)
            #expect(try await client.status().count == 12)
        }
        for missing in Self.needed.sorted() {
            try await withImmich(permissions: Self.needed.subtracting([missing])) { immich, client in
                let asset = immich.store.assets[0]
                let error = await #expect(throws: PhotoLibraryError.self) {
                    let photo = try await client.photo(id: asset.id)
                    for form in PhotoForm.allCases {
                        _ = try await client.content(of: try #require(photo), form: form, limit: 10 << 20)
                    }
                }
                #expect(error == .needsOwner(reason: "the key lacks the permission \(missing)"))
            }
        }
    }

    @Test func `the original comes as it is, the rendition is Immich's preview`() async throws {
        try await withImmich { immich, client in
            let photo = try #require(try await client.photo(id: try id(of: "green.webp", in: immich)))
            let original = try await client.content(of: photo, form: .original, limit: 10 << 20)
            #expect(original.mediaType == "image/webp" && original.fileName == "green.webp")
            let rendition = try await client.content(of: photo, form: .rendition, limit: 10 << 20)
            #expect(rendition.mediaType == "image/jpeg" && rendition.fileName == "green.jpg")
            #expect(rendition.bytes == immich.store.assets.first { $0.id == photo.id }?.preview)
        }
    }

    @Test func `HEIC comes as a JPEG preview, and as it is only as the original`() async throws {
        var store = try ImmichStore.samples()
        let heic: [UInt8] = [0, 0, 0, 24] + Array("ftypheic".utf8) + [0, 0, 0, 0] + Array("mif1heic".utf8)
        store.assets[0].original = heic
        store.assets[0].mediaType = "image/heic"
        store.assets[0].fileName = "IMG_1.HEIC"
        try await withImmich(store: store) { immich, client in
            let photo = try #require(try await client.photo(id: immich.store.assets[0].id))
            #expect(photo.format == .heic)
            let original = try await client.content(of: photo, form: .original, limit: 1 << 20)
            #expect(original.mediaType == "image/heic" && original.bytes == heic)
            let rendition = try await client.content(of: photo, form: .rendition, limit: 10 << 20)
            #expect(rendition.mediaType == "image/jpeg" && rendition.fileName == "IMG_1.jpg")
        }
    }

    @Test func `a preview that its owner wants as WebP is made a JPEG`() async throws {
        var store = try ImmichStore.samples()
        store.assets[0].preview = try Raster(width: 40, height: 30).webp()
        try await withImmich(store: store) { immich, client in
            let photo = try #require(try await client.photo(id: immich.store.assets[0].id))
            let rendition = try await client.content(of: photo, form: .rendition, limit: 10 << 20)
            #expect(rendition.mediaType == "image/jpeg" && rendition.fileName == "dawn.jpg")
        }
    }

    @Test func `a picture that is gone is nil, and its bytes are not found`() async throws {
        try await withImmich { immich, client in
            let photo = try #require(try await client.photo(id: immich.store.assets[4].id))
            immich.update { $0.assets.remove(at: 4) }
            let gone = try await client.photo(id: photo.id)
            #expect(gone == nil)
            for form in PhotoForm.allCases {
                await #expect(throws: PhotoLibraryError.notFound) {
                    try await client.content(of: photo, form: form, limit: 1 << 20)
                }
            }
        }
    }

    @Test(arguments: ["", "5", "../../server/version", "no-uuid", "00000000-0000-4000-8000-00000000000/"])
    func `what is no identifier is asked for nowhere`(id: String) async throws {
        try await withImmich { immich, client in
            let photo = try await client.photo(id: id)
            #expect(photo == nil && immich.requests == [])
        }
    }

    @Test func `a wrong key is told as such, and stands nowhere but in the header`() async throws {
        try await withImmich(clientKey: "wrong-key") { immich, client in
            await #expect(throws: PhotoLibraryError.unauthorized) { try await client.index() }
            await #expect(throws: PhotoLibraryError.unauthorized) { try await client.status() }
            #expect(immich.requests.allSatisfy { !$0.contains("wrong-key") })
        }
    }

    @Test(arguments: [(1, 106, 4), (1, 116, 0), (1, 132, 3), (1, 144, 1)] as [ImmichSimulator.Version])
    func `an old version is refused before it shows what it should not`(version: ImmichSimulator.Version) async throws {
        try await withImmich(version: version) { immich, client in
            let error = await #expect(throws: PhotoLibraryError.self) { try await client.index() }
            #expect(error?.label == "needs_owner" && error?.description.contains("too old") == true)
            #expect(immich.requests == ["GET /api/server/version"])
        }
    }

    @Test(arguments: [
        (ImmichSimulator.Fault.badGateway, "unavailable"), (.cut, "unavailable"), (.brokenDatabase, "unavailable"),
        (.loginRedirect, "unexpected_answer"), (.loginPage, "unexpected_answer"), (.slow(.seconds(600)), "unavailable"),
    ])
    func `what is wrong with the server is told apart`(fault: ImmichSimulator.Fault, label: String) async throws {
        // Only the answer that never comes is given up soon; on a busy machine any other may take a while.
        let limit = fault == .slow(.seconds(600)) ? Duration.milliseconds(300) : .seconds(60)
        try await withImmich(timeouts: Timeouts(connect: .seconds(60), total: limit, idle: .seconds(60))) {
            immich, client in
            immich.setFault(fault)
            let error = await #expect(throws: PhotoLibraryError.self) { try await client.status() }
            #expect(error?.label == label)
            #expect(error?.description.contains("right-key") == false)
            let listing = await #expect(throws: PhotoLibraryError.self) { try await client.index() }
            #expect(listing?.label == label)
        }
    }

    @Test(arguments: [
        (ImmichSimulator.Fault.truncatedPictures, "unavailable"), (.picturesAsPages, "unexpected_answer"),
        (.badGateway, "unavailable"), (.loginPage, "unexpected_answer"), (.loginRedirect, "unexpected_answer"),
    ])
    func `a picture that does not come whole is none`(fault: ImmichSimulator.Fault, label: String) async throws {
        try await withImmich { immich, client in
            let photo = try #require(try await client.photo(id: immich.store.assets[0].id))
            immich.setFault(fault)
            for form in PhotoForm.allCases {
                let error = await #expect(throws: PhotoLibraryError.self) {
                    try await client.content(of: photo, form: form, limit: 10 << 20)
                }
                #expect(error?.label == label, "\(form)")
            }
        }
    }

    @Test func `more bytes than allowed are refused, not cut`() async throws {
        try await withImmich { immich, client in
            let photo = try #require(try await client.photo(id: immich.store.assets[0].id))
            for form in PhotoForm.allCases {
                let error = await #expect(throws: PhotoLibraryError.self) {
                    try await client.content(of: photo, form: form, limit: 1000)
                }
                #expect(error?.label == "too_large")
            }
        }
    }

    @Test(arguments: [(2, 7, 5), (3, 1, 0)] as [ImmichSimulator.Version])
    func `a rating is written as stars and nothing else changes`(version: ImmichSimulator.Version) async throws {
        try await withImmich(version: version) { immich, client in
            let before = immich.store.assets[0]
            for (rating, stars) in [(100, 5), (80, 4), (1, 1), (20, 1), (21, 2), (nil, nil)] as [(Int?, Int?)] {
                try await client.set(.rating(rating), of: before.id)
                #expect(immich.store.assets[0].rating == stars)
                let marks = try await client.marks(of: before.id)
                #expect(marks == PhotoMarks(rating: stars.map { $0 * 20 }))
            }
            var after = immich.store.assets[0]
            after.rating = before.rating
            #expect(after.description == before.description && after.isFavorite == before.isFavorite)
            await #expect(throws: PhotoLibraryError.notFound) {
                try await client.set(.rating(20), of: ImmichStore.uuid(77_777))
            }
            let error = await #expect(throws: PhotoLibraryError.self) {
                try await client.set(.organized(true), of: before.id)
            }
            #expect(error?.label == "refused")
        }
    }

    @Test func `writing without the right to is told as such`() async throws {
        try await withImmich(permissions: Self.needed) { immich, client in
            await #expect(throws: PhotoLibraryError.needsOwner(reason: "the key lacks the permission asset.update")) {
                try await client.set(.rating(20), of: immich.store.assets[0].id)
            }
        }
    }
}
