internal import HTTP

/// An address of the API that is simulated.
enum ImmichEndpoint {
    case ping, version, about, myKey, me
    case searchMetadata, searchRandom, searchStatistics, timelineBuckets, assetStatistics
    case asset(String), updateAsset(String), thumbnail(String), original(String), playback(String)
    case albums, album(String), tags, tag(String), people, memories

    /// - Parameter parts: The path's segments after `/api`.
    init?(_ method: HTTPMethod, _ parts: [String]) {
        switch (
            method, parts.count, parts.first ?? "", parts.count > 1 ? parts[1] : "", parts.count > 2 ? parts[2] : ""
        )
        {
        case (.get, 2, "server", "ping", _): self = .ping
        case (.get, 2, "server", "version", _): self = .version
        case (.get, 2, "server", "about", _): self = .about
        case (.get, 2, "api-keys", "me", _): self = .myKey
        case (.get, 2, "users", "me", _): self = .me
        case (.post, 2, "search", "metadata", _): self = .searchMetadata
        case (.post, 2, "search", "random", _): self = .searchRandom
        case (.post, 2, "search", "statistics", _): self = .searchStatistics
        case (.get, 2, "timeline", "buckets", _): self = .timelineBuckets
        case (.get, 2, "assets", "statistics", _): self = .assetStatistics
        case (.get, 2, "assets", let id, _): self = .asset(id)
        case (.put, 2, "assets", let id, _): self = .updateAsset(id)
        case (.get, 3, "assets", let id, "thumbnail"): self = .thumbnail(id)
        case (.get, 3, "assets", let id, "original"): self = .original(id)
        case (.get, 4, "assets", let id, "video") where parts[3] == "playback": self = .playback(id)
        case (.get, 1, "albums", _, _): self = .albums
        case (.get, 2, "albums", let id, _): self = .album(id)
        case (.get, 1, "tags", _, _): self = .tags
        case (.get, 2, "tags", let id, _): self = .tag(id)
        case (.get, 1, "people", _, _): self = .people
        case (.get, 1, "memories", _, _): self = .memories
        default: return nil
        }
    }

    /// Whether it answers without a key.
    var isPublic: Bool {
        switch self {
        case .ping, .version: true
        default: false
        }
    }

    /// What a key must be allowed to do; nil where any key will do.
    var permission: String? {
        switch self {
        case .ping, .version, .myKey: nil
        case .about: "server.about"
        case .me: "user.read"
        case .searchMetadata, .searchRandom, .timelineBuckets, .asset: "asset.read"
        case .searchStatistics, .assetStatistics: "asset.statistics"
        case .updateAsset: "asset.update"
        case .thumbnail, .playback: "asset.view"
        case .original: "asset.download"
        case .albums, .album: "album.read"
        case .tags, .tag: "tag.read"
        case .people: "person.read"
        case .memories: "memory.read"
        }
    }
}
