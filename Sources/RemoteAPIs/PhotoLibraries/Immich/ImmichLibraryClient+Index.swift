internal import HTTP
internal import HTTPClient
internal import JSON
internal import Support

extension ImmichLibraryClient {
    /// The whole timeline, by paged searches: one for all assets, one for each album and tag.
    ///
    /// Albums and tags are left out where the key may not read them.
    package func index() async throws(PhotoLibraryError) -> PhotoIndex {
        try await requireVersion()
        var builder = PhotoIndexBuilder()
        var albums = ImmichMemberships()
        for album in try await labels("/albums", name: "albumName") {
            let label = builder.gallery(id: album.id, name: album.name)
            try await note(["albumIds": [.string(album.id)]], as: label, in: &albums)
        }
        albums.finish()
        var tags = ImmichMemberships()
        for tag in try await labels("/tags", name: "value") {
            let label = builder.tag(id: tag.id, name: tag.name)
            try await note(["tagIds": [.string(tag.id)]], as: label, in: &tags)
        }
        tags.finish()
        try await search.eachAsset(["withExif": true, "withPeople": true]) { asset in
            guard asset.isShown else { return }
            builder.append(
                PhotoIndexRow(
                    id: asset.id, galleries: albums.labels(of: asset.id), tags: tags.labels(of: asset.id),
                    performers: asset.people.map { builder.performer(id: $0.id, name: $0.name) },
                    rating: asset.rating, date: asset.date.flatMap(Self.day),
                    orientation: PhotoOrientation(width: asset.size?.width, height: asset.size?.height),
                    isFavourite: asset.isFavorite, isMoving: asset.isMoving))
        }
        return builder.finish()
    }

    private var search: ImmichSearch { ImmichSearch(api: api) }

    private func note(
        _ filter: JSONObject, as label: Int32, in memberships: inout ImmichMemberships
    ) async throws(PhotoLibraryError) {
        var found: [String] = []
        try await search.eachAsset(filter) { found.append($0.id) }
        for id in found { memberships.note(id, label) }
    }

    /// Albums or tags; none where the key may not read them.
    private func labels(_ path: String, name: String) async throws(PhotoLibraryError) -> [Photo.Label] {
        let response = try await api.answer(.get, path)
        if ImmichFailure.missingPermission(response) != nil { return [] }
        if let error = ImmichFailure.error(in: response) { throw error }
        do throws(JSONError) {
            return try ImmichSearch.labels(in: response.body, name: name)
        } catch {
            throw ImmichAPI.noJSON(response)
        }
    }

    private static func day(_ text: String) -> CivilDate? {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        return parts.count == 3 ? CivilDate(year: parts[0], month: parts[1], day: parts[2]) : nil
    }
}
