/// What a key of Immich may be allowed to do, as far as it concerns a photo library.
package enum ImmichPermission: String, Sendable, CaseIterable {
    /// Finding pictures and reading what is known of them.
    case read = "asset.read"
    /// Loading previews.
    case view = "asset.view"
    /// Loading originals.
    case download = "asset.download"
    /// Counting.
    case statistics = "asset.statistics"
    /// Changing ratings.
    case update = "asset.update"
    /// Reading albums.
    case albums = "album.read"
    /// Reading tags.
    case tags = "tag.read"

    /// Without it there are no photos; without another one something is left out.
    package var isNeeded: Bool {
        switch self {
        case .read, .view, .download: true
        case .statistics, .update, .albums, .tags: false
        }
    }
}
