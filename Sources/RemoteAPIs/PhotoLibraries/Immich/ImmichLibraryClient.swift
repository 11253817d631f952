package import HTTP
package import HTTPClient
internal import Images
internal import JSON
package import Support

/// An Immich server as a photo library, over its REST API.
///
/// Only what stands in the owner's timeline is asked for and taken: nothing archived, hidden, locked or in the trash.
/// A live photo's moving part is hidden by Immich itself.
package struct ImmichLibraryClient: PhotoLibrary {
    package let kind = "immich"
    let api: ImmichAPI

    /// - Parameters:
    ///   - base: The server's address, such as `http://nas:2283`; a path in front of it is kept, an ending `/api` is
    ///     taken off.
    ///   - key: An API key from the account's settings; what it must be allowed to do is in `ImmichPermission`.
    package init(base: HTTPURL, key: Secret, http: HTTPClient, retry: RetryPolicy = .standard) {
        api = ImmichAPI(base: base, key: key, http: http, retry: retry)
    }

    package func photo(id: String) async throws(PhotoLibraryError) -> Photo? {
        guard let asset = try await asset(id) else { return nil }
        return Photo(immich: asset, albums: try await albums(of: id))
    }

    package func content(
        of photo: Photo, form: PhotoForm, limit: Int
    ) async throws(PhotoLibraryError) -> PhotoContent {
        guard Self.isIdentifier(photo.id) else { throw .notFound }
        switch form {
        case .original:
            return try PictureBytes.content(
                try await download("/assets/\(photo.id)/original", limit: limit), named: photo.fileName)
        case .rendition:
            // 1440 pixels in JPEG, unless the owner has chosen otherwise; HEIC and RAW are decoded by Immich.
            let bytes = try await download(
                "/assets/\(photo.id)/thumbnail", ["size": "preview"], limit: max(limit, 16 * 1024 * 1024))
            var made = try PictureBytes.content(bytes, named: photo.fileName)
            if made.mediaType != "image/jpeg" { made = try await Rendition.make(from: made) }
            guard made.bytes.count <= limit else { throw .tooLarge(size: made.bytes.count) }
            return made
        }
    }

    package func status() async throws(PhotoLibraryError) -> PhotoLibraryStatus {
        let version = try await requireVersion()
        return PhotoLibraryStatus(version: version.description, count: try await count())
    }

    // MARK: Parts

    /// The server's version; it is told to everybody, so the key is not sent.
    func version() async throws(PhotoLibraryError) -> ImmichVersion {
        let answer = try await api.value(.get, "/server/version", withKey: false)
        guard let major = answer["major"]?.integerValue, let minor = answer["minor"]?.integerValue,
            let patch = answer["patch"]?.integerValue
        else { throw .unexpectedAnswer(reason: "no version came from it; is this the address of Immich?") }
        return ImmichVersion(Int(major), Int(minor), Int(patch))
    }

    @discardableResult
    func requireVersion() async throws(PhotoLibraryError) -> ImmichVersion {
        let version = try await version()
        guard version >= .oldest else {
            throw .needsOwner(reason: "Immich \(version) is too old; it takes \(ImmichVersion.oldest) or newer")
        }
        return version
    }

    /// How many pictures and videos the timeline has.
    func count() async throws(PhotoLibraryError) -> Int {
        // Only members of the timeline are counted; a key without the right to count may still read the timeline.
        let response = try await api.answer(.post, "/search/statistics", body: ["visibility": "timeline"])
        if ImmichFailure.missingPermission(response) == nil {
            if let error = ImmichFailure.error(in: response) { throw error }
            do throws(JSONError) {
                if let total = try JSONValue(parsing: response.body)["total"]?.integerValue { return Int(total) }
            } catch {
                throw ImmichAPI.noJSON(response)
            }
            throw .unexpectedAnswer(reason: "total is missing from the answer")
        }
        let months = try await api.value(.get, "/timeline/buckets", ["visibility": "timeline"])
        guard let months = months.arrayValue else {
            throw .unexpectedAnswer(reason: "the timeline came without its months")
        }
        return months.reduce(0) { $0 + Int($1["count"]?.integerValue ?? 0) }
    }

    /// An asset that may be shown; nil when it is gone or was put out of sight.
    func asset(_ id: String) async throws(PhotoLibraryError) -> ImmichAsset? {
        guard Self.isIdentifier(id) else { return nil }
        let asset: ImmichAsset
        do throws(PhotoLibraryError) {
            asset = try Self.asset(in: try await api.json(.get, "/assets/\(id)"))
        } catch {
            if error == .notFound { return nil }
            throw error
        }
        return asset.isShown ? asset : nil
    }

    /// The albums a picture is in; none where the key may not read albums.
    private func albums(of id: String) async throws(PhotoLibraryError) -> [Photo.Label] {
        let response = try await api.answer(.get, "/albums", ["assetId": id])
        if ImmichFailure.missingPermission(response) != nil { return [] }
        if let error = ImmichFailure.error(in: response) {
            if error == .notFound { return [] }
            throw error
        }
        do throws(JSONError) {
            return try ImmichSearch.labels(in: response.body, name: "albumName")
        } catch {
            throw ImmichAPI.noJSON(response)
        }
    }

    private func download(
        _ path: String, _ query: QueryItems = [:], limit: Int
    ) async throws(PhotoLibraryError) -> [UInt8] {
        let response = try await api.answer(.get, path, query, limit: limit)
        if let error = ImmichFailure.error(in: response, isPicture: true) { throw error }
        if response.fields["Content-Type"]?.lowercased().hasPrefix("text/html") == true {
            throw .unexpectedAnswer(reason: "a web page came instead of a picture; is a log-in needed?")
        }
        return response.body
    }

    private static func asset(in bytes: [UInt8]) throws(PhotoLibraryError) -> ImmichAsset {
        do throws(JSONError) {
            var reader = JSONReader(bytes)
            return try ImmichAsset(reading: &reader)
        } catch {
            throw .unexpectedAnswer(reason: "broken JSON: \(error)")
        }
    }

    /// Identifiers are UUIDs; anything else would be a path of its own in an address.
    static func isIdentifier(_ id: String) -> Bool {
        id.utf8.count == 36 && id.utf8.allSatisfy { $0.isHexadecimal || $0 == UInt8(ascii: "-") }
    }
}

extension UInt8 {
    fileprivate var isHexadecimal: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
