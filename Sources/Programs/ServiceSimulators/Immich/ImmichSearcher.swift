internal import JSON

/// What a search finds, with Immich's rules of what it leaves out.
struct ImmichSearcher {
    let store: ImmichStore
    let generation: ImmichGeneration
    /// Before 1.133 a search knew nothing of visibility but whether somebody archived it, and nothing of albums.
    let isAncient: Bool

    func matches(_ filter: JSONObject) throws(ImmichRefusal) -> [ImmichStoredAsset] {
        let visibility = isAncient ? nil : filter["visibility"]?.stringValue
        // Locked pictures open with a PIN in a session, which a key is not.
        if visibility == "locked" { throw .unauthorized("Elevated permission is required") }
        let albums = try isAncient ? nil : sets(filter["albumIds"]) { id in store.albums.first { $0.id == id }?.assets }
        let people = Set((filter["personIds"]?.arrayValue ?? []).compactMap(\.stringValue))
        let tags = (filter["tagIds"]?.arrayValue ?? []).compactMap(\.stringValue)
        let isTrashWanted =
            filter["withDeleted"]?.boolValue == true || filter["trashedAfter"] != nil
            || filter["trashedBefore"] != nil
        return store.assets.filter { asset in
            guard asset.visibility != .locked else { return false }
            if let visibility {
                guard asset.visibility.rawValue == visibility else { return false }
            } else if isAncient {
                guard asset.visibility != .hidden else { return false }
            } else if generation == .classValidator {
                guard asset.visibility == .timeline else { return false }
            }
            guard isTrashWanted || !asset.isTrashed else { return false }
            if let type = filter["type"]?.stringValue, type != asset.type { return false }
            if let isFavorite = filter["isFavorite"]?.boolValue, isFavorite != asset.isFavorite { return false }
            if let isMotion = filter["isMotion"]?.boolValue, isMotion != (asset.livePhotoVideoID != nil) {
                return false
            }
            if let rating = filter["rating"], rating.integerValue.map(Int.init) != asset.rating { return false }
            if let id = filter["id"]?.stringValue, id != asset.id { return false }
            if let name = filter["originalFileName"]?.stringValue, !asset.fileName.contains(name) { return false }
            if let before = filter["takenBefore"]?.stringValue, asset.taken > before { return false }
            if let after = filter["takenAfter"]?.stringValue, asset.taken < after { return false }
            if let albums, !albums.allSatisfy({ $0.contains(asset.id) }) { return false }
            if filter["isNotInAlbum"]?.boolValue == true, store.albums.contains(where: { $0.assets.contains(asset.id) })
            {
                return false
            }
            if !people.isSubset(of: asset.people) { return false }
            return tags.allSatisfy { has(asset, tag: $0) }
        }
    }

    /// A tag stands for those below it, too.
    private func has(_ asset: ImmichStoredAsset, tag: String) -> Bool {
        guard let value = store.tags.first(where: { $0.id == tag })?.value else { return false }
        return store.tags.contains {
            asset.tags.contains($0.id) && ($0.value == value || $0.value.hasPrefix(value + "/"))
        }
    }

    private func sets(
        _ ids: JSONValue?, _ members: (String) -> [String]?
    ) throws(ImmichRefusal) -> [Set<String>]? {
        guard let ids = ids?.arrayValue, !ids.isEmpty else { return nil }
        // An album of nobody's is one without pictures.
        return ids.compactMap(\.stringValue).map { Set(members($0) ?? []) }
    }
}
