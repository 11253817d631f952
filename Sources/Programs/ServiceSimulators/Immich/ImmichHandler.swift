internal import HTTP
internal import HTTPServer
internal import JSON
internal import Support

/// Answers one request that has passed the door.
struct ImmichHandler {
    let store: ImmichStore
    let generation: ImmichGeneration
    let version: ImmichSimulator.Version
    let isAncient: Bool
    let isLenient: Bool
    let fault: ImmichSimulator.Fault
    let permissions: Set<String>
    /// A number that differs from request to request.
    let draw: UInt64

    typealias Change = (_ id: String, _ change: (inout ImmichStoredAsset) -> Void) -> Void

    private var views: ImmichViews { ImmichViews(store: store, generation: generation) }
    private var searcher: ImmichSearcher {
        ImmichSearcher(store: store, generation: generation, isAncient: isAncient)
    }

    func answer(
        _ endpoint: ImmichEndpoint, _ request: ServerRequest, _ body: JSONValue, _ change: Change
    ) throws(ImmichRefusal) -> ServerResponse {
        switch endpoint {
        case .ping: json(["res": "pong"])
        case .version:
            json([
                "major": .integer(Int64(version.major)), "minor": .integer(Int64(version.minor)),
                "patch": .integer(Int64(version.patch)),
            ])
        case .about:
            json([
                "version": "v\(version.major).\(version.minor).\(version.patch)", "versionUrl": "", "licensed": false,
            ])
        case .myKey:
            json([
                "id": .string(ImmichStore.uuid(1, kind: 8)), "name": "Gallery",
                "permissions": .array(permissions.sorted().map(JSONValue.string)),
            ])
        case .me: json(["id": .string(ImmichStore.ownerID), "name": "Owner", "email": "owner@example.org"])
        case .searchMetadata: json(try metadata(body))
        case .searchRandom: json(try random(body))
        case .searchStatistics:
            json([
                "total": .integer(
                    Int64(try searcher.matches(ImmichSchema.statistics.check(body, isLenient: isLenient)).count))
            ])
        case .timelineBuckets: json(try buckets(request.query))
        case .assetStatistics:
            json(counts(store.assets.filter { $0.visibility == .timeline && !$0.isTrashed }))
        case .asset(let id):
            json(views.asset(try find(id, "asset.read"), withExif: true, withPeople: true, withTags: true))
        case .updateAsset(let id): json(try update(id, body, change))
        case .thumbnail(let id): try thumbnail(id, request)
        case .original(let id):
            file(try find(id, "asset.download"), \.original, nil, request)
        case .playback(let id): try playback(id, request)
        case .albums: json(.array(try albums(request.query)))
        case .album(let id):
            json(try album(id, withoutAssets: request.query["withoutAssets"] == "true"))
        case .tags: json(.array(store.tags.map(views.tag)))
        case .tag(let id): json(try tag(id))
        case .people: json(people(request.query))
        case .memories: json([])
        }
    }

    private func json(_ value: JSONValue) -> ServerResponse {
        var response = ServerResponse.json(value.serialised())
        response.fields["Content-Type"] = "application/json; charset=utf-8"
        return response
    }

    // MARK: Searches

    private func metadata(_ body: JSONValue) throws(ImmichRefusal) -> JSONValue {
        let filter = try ImmichSchema.metadata.check(body, isLenient: isLenient)
        let isAscending = filter["order"]?.stringValue == "asc"
        let matches = try searcher.matches(filter).sorted {
            ($0.taken, $0.id) < ($1.taken, $1.id) ? isAscending : !isAscending
        }
        let size = Int(filter["size"]?.integerValue ?? 250)
        let page = Int(filter["page"]?.integerValue ?? 1)
        let items = matches.dropFirst((page - 1) * size).prefix(size)
        let hasNext = matches.count > page * size
        let next = fault == .endlessPaging ? page : page + 1
        return [
            "albums": ["total": 0, "count": 0, "items": [], "facets": []],
            "assets": [
                "total": .integer(Int64(items.count)), "count": .integer(Int64(items.count)),
                "items": .array(list(items, filter)), "facets": [],
                "nextPage": hasNext || fault == .endlessPaging ? .string(String(next)) : nil,
            ],
        ]
    }

    private func random(_ body: JSONValue) throws(ImmichRefusal) -> JSONValue {
        let filter = try ImmichSchema.random.check(body, isLenient: isLenient)
        var generator = SeededRandom(seed: draw)
        let found = try searcher.matches(filter).shuffled(using: &generator)
        return .array(list(found.prefix(Int(filter["size"]?.integerValue ?? 250)), filter))
    }

    private func list(_ assets: some Sequence<ImmichStoredAsset>, _ filter: JSONObject) -> [JSONValue] {
        let withExif = filter["withExif"]?.boolValue == true
        let withPeople = filter["withPeople"]?.boolValue == true
        return assets.map { views.asset($0, withExif: withExif, withPeople: withPeople) }
    }

    private func buckets(_ query: QueryItems) throws(ImmichRefusal) -> JSONValue {
        let visibility = query["visibility"] ?? "timeline"
        let filter = try ImmichSchema.metadata.check(["visibility": .string(visibility)], isLenient: isLenient)
        let months = Dictionary(grouping: try searcher.matches(filter)) { $0.taken.prefix(7) + "-01" }
        return .array(
            months.sorted { $0.key > $1.key }.map {
                ["timeBucket": .string(String($0.key)), "count": .integer(Int64($0.value.count))]
            })
    }

    private func counts(_ assets: [ImmichStoredAsset]) -> JSONValue {
        let images = assets.count { $0.type == "IMAGE" }
        let videos = assets.count { $0.type == "VIDEO" }
        return [
            "images": .integer(Int64(images)), "videos": .integer(Int64(videos)),
            "total": .integer(Int64(images + videos)),
        ]
    }

    // MARK: Assets

    /// An asset that the key's owner may see; a locked one needs a PIN, and what is not there is told like that, too.
    private func find(_ id: String, _ permission: String) throws(ImmichRefusal) -> ImmichStoredAsset {
        try check(id)
        guard let asset = store.assets.first(where: { $0.id == id }), asset.visibility != .locked else {
            throw .badRequest("Not found or no \(permission) access")
        }
        return asset
    }

    private func check(_ id: String, _ name: String = "id") throws(ImmichRefusal) {
        if !ImmichSchema.isUUID(id) {
            throw .invalid([ImmichIssue(path: [name], texts: ["\(name) must be a UUID"], issues: ["Invalid UUID"])])
        }
    }

    private func update(_ id: String, _ body: JSONValue, _ change: Change) throws(ImmichRefusal) -> JSONValue {
        try check(id)
        let fields = try ImmichSchema.update(generation).check(body, isLenient: isLenient)
        var asset = try find(id, "asset.update")
        let apply: (inout ImmichStoredAsset) -> Void = { asset in
            if let isFavorite = fields["isFavorite"]?.boolValue { asset.isFavorite = isFavorite }
            if let description = fields["description"]?.stringValue { asset.description = description }
            if let visibility = fields["visibility"]?.stringValue.flatMap(ImmichStoredAsset.Visibility.init) {
                asset.visibility = visibility
            }
            if let rating = fields["rating"] {
                asset.rating = rating.integerValue.flatMap { $0 == 0 ? nil : Int($0) }
            }
        }
        apply(&asset)
        change(id, apply)
        return views.asset(asset, withExif: true, withPeople: true, withTags: true)
    }

    // MARK: Files

    private func thumbnail(_ id: String, _ request: ServerRequest) throws(ImmichRefusal) -> ServerResponse {
        try check(id)
        let size = request.query["size"] ?? "thumbnail"
        _ = try ImmichSchema(members: [("size", .option(["fullsize", "preview", "thumbnail"]))])
            .check(["size": .string(size)], isLenient: false)
        let asset = try find(id, "asset.view")
        if size == "fullsize" {
            // What browsers show is not made a second time.
            let isWeb = ["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"].contains(asset.mediaType)
            return .redirect(to: isWeb ? "original" : "thumbnail?size=preview", status: 302)
        }
        guard let preview = asset.preview else { throw .notFound("Asset media not found") }
        var copy = asset
        copy.mediaType = "image/jpeg"
        copy.original = preview
        let stem = asset.fileName.split(separator: ".").dropLast().joined(separator: ".")
        return file(copy, \.original, "\(stem)_\(size).jpeg", request)
    }

    private func playback(_ id: String, _ request: ServerRequest) throws(ImmichRefusal) -> ServerResponse {
        let asset = try find(id, "asset.view")
        guard asset.type == "VIDEO" else { throw .badRequest("Asset is not a video") }
        return file(asset, \.original, nil, request)
    }

    private func file(
        _ asset: ImmichStoredAsset, _ bytes: KeyPath<ImmichStoredAsset, [UInt8]>, _ name: String?,
        _ request: ServerRequest
    ) -> ServerResponse {
        let content = asset[keyPath: bytes]
        if fault == .picturesAsPages {
            return .bytes(Array("<!DOCTYPE html><html><title>Sign in</title></html>".utf8), type: asset.mediaType)
        }
        var response = ServerResponse.bytes(content, type: asset.mediaType)
        response.fields["Cache-Control"] = "private, max-age=86400, no-transform"
        response.fields["Accept-Ranges"] = "bytes"
        response.fields["Content-Disposition"] =
            "inline; filename*=UTF-8''\(Percent.encode(name ?? asset.fileName, for: .queryComponent))"
        if fault == .truncatedPictures { return response.truncated(after: content.count / 2) }
        guard let range = request.fields["Range"].flatMap(ByteRange.init(parsing:)) else { return response }
        guard let bounds = range.bounds(in: content.count) else {
            response.status = 416
            response.body = .bytes([])
            response.fields["Content-Range"] = "bytes */\(content.count)"
            return response
        }
        response.status = .partialContent
        response.body = .bytes(Array(content[bounds]))
        response.fields["Content-Range"] = "bytes \(bounds.lowerBound)-\(bounds.upperBound - 1)/\(content.count)"
        return response
    }

    // MARK: Albums, tags, people

    private func albums(_ query: QueryItems) throws(ImmichRefusal) -> [JSONValue] {
        if let id = query["assetId"] { try check(id, "assetId") }
        let wanted = store.albums.filter { album in
            // With an asset, sharing does not matter; nobody shares anything here.
            if let id = query["assetId"] { return album.assets.contains(id) }
            return query["shared"] != "true"
        }
        return wanted.map { views.album($0, withAssets: false) }
    }

    private func album(_ id: String, withoutAssets: Bool) throws(ImmichRefusal) -> JSONValue {
        try check(id)
        guard let album = store.albums.first(where: { $0.id == id }) else {
            throw .badRequest("Not found or no album.read access")
        }
        return views.album(album, withAssets: !withoutAssets)
    }

    private func tag(_ id: String) throws(ImmichRefusal) -> JSONValue {
        try check(id)
        guard let tag = store.tags.first(where: { $0.id == id }) else {
            throw .badRequest("Not found or no tag.read access")
        }
        return views.tag(tag)
    }

    private func people(_ query: QueryItems) -> JSONValue {
        let shown = store.people.filter { query["withHidden"] == "true" || !$0.isHidden }
        return [
            "people": .array(shown.map(views.person)), "total": .integer(Int64(store.people.count)),
            "hidden": .integer(Int64(store.people.count { $0.isHidden })), "hasNextPage": false,
        ]
    }
}
