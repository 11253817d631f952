internal import JSON

extension StashLibraryClient: RatingLibrary {
    package func marks(of id: String) async throws(PhotoLibraryError) -> PhotoMarks? {
        let data = try await run(.marks, variables: ["id": .string(id)])
        guard let image = data["findImage"] else { throw Self.malformed("findImage") }
        guard !image.isNull else { return nil }
        guard let organized = image["organized"]?.boolValue else { throw Self.malformed("organized") }
        return PhotoMarks(rating: image["rating100"]?.integerValue.map(Int.init), isOrganized: organized)
    }

    /// Names one field only: what is absent from the input stays, an explicit null clears it.
    ///
    /// Lists would be replaced whole, so none is ever named. The same input leads to the same picture, so it may be
    /// repeated.
    package func set(_ mark: PhotoMark, of id: String) async throws(PhotoLibraryError) {
        let query: StashQuery
        let value: JSONValue
        switch mark {
        case .rating(let rating): (query, value) = (.setRating, rating.map { .integer(Int64($0)) } ?? .null)
        case .organized(let isOrganized): (query, value) = (.setOrganized, .bool(isOrganized))
        }
        let data: JSONValue
        do throws(PhotoLibraryError) {
            data = try await run(query, variables: ["id": .string(id), "value": value])
        } catch {
            // Stash says it in words: "image with id 7 not found".
            if case .refused(let reason) = error, reason.hasSuffix("not found") { throw .notFound }
            throw error
        }
        guard data["imageUpdate"]?["id"]?.stringValue == id else { throw Self.malformed("imageUpdate") }
    }
}
