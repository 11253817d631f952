internal import HTTP
internal import JSON

extension ImmichLibraryClient: RatingLibrary {
    /// The stars of an asset; Immich does not know finished pictures.
    package func marks(of id: String) async throws(PhotoLibraryError) -> PhotoMarks? {
        guard let asset = try await asset(id) else { return nil }
        return PhotoMarks(rating: asset.rating)
    }

    /// Sets the stars, each for twenty points begun; only they are named, so nothing else changes.
    package func set(_ mark: PhotoMark, of id: String) async throws(PhotoLibraryError) {
        guard case .rating(let rating) = mark else {
            throw .refused(reason: "Immich does not know whether a picture is finished")
        }
        guard Self.isIdentifier(id) else { throw .notFound }
        let stars: JSONValue
        if let rating {
            stars = .integer(Int64(min(max((rating + 19) / 20, 1), 5)))
        } else {
            // Version 2 takes no null: there 0 says that there are no stars; version 3 takes no 0.
            stars = try await version() < ImmichVersion(3, 0, 0) ? 0 : .null
        }
        _ = try await api.json(.put, "/assets/\(id)", body: ["rating": stars])
    }
}
