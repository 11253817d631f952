package import HTTP
package import HTTPClient
internal import JSON
package import Support

/// A Stash server as a photo library, over its GraphQL API.
///
/// The key travels in the `ApiKey` header and nowhere else. Picture addresses that Stash hands out carry the host it
/// believes to have; only their path and query are taken and joined to the configured address.
package struct StashLibraryClient: PhotoLibrary {
    package let kind = "stash"
    let base: HTTPURL
    private let key: Secret?
    let http: HTTPClient
    private let retry: RetryPolicy

    /// - Parameters:
    ///   - base: The server's address, such as `http://nas:9999`; a path in front of it is kept, an ending `/graphql`
    ///     is taken off.
    ///   - key: The API key from Stash's security settings; nil for a server without a password.
    package init(base: HTTPURL, key: Secret?, http: HTTPClient, retry: RetryPolicy = .standard) {
        var base = base
        while base.path.hasSuffix("/") { base.path.removeLast() }
        if base.path.hasSuffix("/graphql") { base.path.removeLast("/graphql".count) }
        self.base = base
        self.key = key.flatMap { $0.isEmpty ? nil : $0 }
        self.http = http
        self.retry = retry
    }

    package func index() async throws(PhotoLibraryError) -> PhotoIndex {
        guard let count = try await run(.count)["findImages"]?["count"]?.integerValue else {
            throw Self.malformed("findImages")
        }
        // A few may come while it is read.
        var reader = StashIndexReader(expected: Int(clamping: count) + 64)
        var after = 0
        while true {
            let response = try await answer(
                to: .index, variables: ["after": .integer(Int64(after)), "size": .integer(Int64(Self.pageSize))])
            let page: StashIndexReader.Page
            do throws(JSONError) {
                page = try reader.read(page: response.body)
            } catch {
                throw await refusal(response)
            }
            guard case .images(let count, let last) = page else { throw await refusal(response) }
            // A server that gave less than asked for has no more; one that gave nothing new would never end.
            guard count >= Self.pageSize, let last, last > after else { return reader.finish() }
            after = last
        }
    }

    /// Why an answer to `index` holds no images.
    private func refusal(_ response: ClientResponse) async -> PhotoLibraryError {
        do throws(PhotoLibraryError) {
            _ = try Self.data(of: response)
            return Self.malformed("images")
        } catch {
            return await explained(error, of: .index)
        }
    }

    /// How many images are asked for at once: one and a half megabytes, and a moment of Stash's time.
    static let pageSize = 4000

    package func photo(id: String) async throws(PhotoLibraryError) -> Photo? {
        guard Self.isIdentifier(id) else { return nil }
        let data = try await run(.photo, variables: ["id": .string(id)])
        guard let image = data["findImage"] else { throw Self.malformed("findImage") }
        return image.isNull ? nil : Photo(stash: image)
    }

    package func content(
        of photo: Photo, form: PhotoForm, limit: Int
    ) async throws(PhotoLibraryError) -> PhotoContent {
        guard Self.isIdentifier(photo.id) else { throw .notFound }
        // The paths are asked for anew: they carry a time stamp, and a picture may have gone since it was listed.
        let data = try await run(.photo, variables: ["id": .string(photo.id)])
        guard let image = data["findImage"], !image.isNull else { throw .notFound }
        let original = image["paths"]?["image"]?.stringValue
        let thumbnail = image["paths"]?["thumbnail"]?.stringValue
        switch form {
        case .original:
            let bytes = try await download(original, limit: limit)
            return try PictureBytes.content(bytes, named: photo.fileName)
        case .rendition:
            // Better than Stash's 640 pixels is what can be made of the original, where it can be decoded here.
            if photo.clip == nil, let size = photo.size, size <= Self.largestOriginal {
                let bytes = try await download(original, limit: Self.largestOriginal)
                do throws(PhotoLibraryError) {
                    let made = try await Rendition.make(from: PictureBytes.content(bytes, named: photo.fileName))
                    if made.bytes.count <= limit { return made }
                } catch {
                    // A format this build cannot decode: Stash may have.
                    guard [.notAPicture, .tooLarge(size: nil)].contains(error) else { throw error }
                }
            }
            let bytes = try await download(thumbnail, limit: limit)
            return try PictureBytes.content(bytes, named: photo.fileName)
        }
    }

    package func status() async throws(PhotoLibraryError) -> PhotoLibraryStatus {
        let version = try await readiness()
        guard let count = try await run(.count)["findImages"]?["count"]?.integerValue else {
            throw Self.malformed("findImages")
        }
        return PhotoLibraryStatus(version: version, count: Int(count))
    }

    /// The version of a Stash that is ready for questions; nil where it does not tell one.
    func readiness() async throws(PhotoLibraryError) -> String? {
        let data = try await run(.status)
        switch data["systemStatus"]?["status"]?.stringValue {
        case "OK": return data["version"]?["version"]?.stringValue
        case "SETUP": throw .needsOwner(reason: "Stash is not set up yet")
        case "NEEDS_MIGRATION": throw .needsOwner(reason: "Stash wants its database migrated")
        default: throw Self.malformed("systemStatus")
        }
    }

    /// Identifiers are numbers; Stash answers anything else with a fault, as it would a mistake of ours.
    static func isIdentifier(_ id: String) -> Bool {
        !id.isEmpty && id.utf8.count < 19 && id.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Whether requests carry a key.
    var hasKey: Bool { key != nil }

    /// Whether this is the answer of a Stash that found itself open to the internet.
    static func isExposed(_ response: ClientResponse) -> Bool {
        response.status.rawValue == 403
            && String(decoding: response.body.prefix(200), as: UTF8.self).contains("exposed to the public internet")
    }

    /// The most bytes that are loaded to make a rendition.
    private static let largestOriginal = 64 * 1024 * 1024

    // MARK: Requests

    /// A query changes nothing, so it may be repeated although it is a POST.
    private var queryRetry: RetryPolicy {
        var policy = retry
        policy.repeatsUnsafeMethods = true
        return policy
    }

    private var fields: HTTPFields {
        var fields: HTTPFields = [:]
        if let key { fields["ApiKey"] = key.reveal() }
        return fields
    }

    /// Sends a query and returns its `data`.
    func run(_ query: StashQuery, variables: JSONObject = [:]) async throws(PhotoLibraryError) -> JSONValue {
        let response = try await answer(to: query, variables: variables)
        do throws(PhotoLibraryError) {
            return try Self.data(of: response)
        } catch {
            throw await explained(error, of: query)
        }
    }

    /// A Stash that waits for its owner answers nothing but how it is: then that is the reason, whatever was asked.
    private func explained(_ error: PhotoLibraryError, of query: StashQuery) async -> PhotoLibraryError {
        guard case .refused = error, query != .status else { return error }
        do throws(PhotoLibraryError) {
            _ = try await readiness()
            return error
        } catch let reason {
            if case .needsOwner = reason { return reason }
            return error
        }
    }

    /// Sends a query and returns the answer as it came.
    private func answer(
        to query: StashQuery, variables: JSONObject = [:]
    ) async throws(PhotoLibraryError) -> ClientResponse {
        var url = base
        url.path += "/graphql"
        url.query = nil
        var fields = fields
        fields["Content-Type"] = "application/json"
        fields["Accept"] = "application/json"
        let body: JSONValue = ["query": .string(query.rawValue), "variables": .object(variables)]
        let request = ClientRequest(
            .post, url.description, fields: fields, body: .bytes(body.serialised()),
            maximumResponseBytes: 256 * 1024 * 1024, followsRedirects: false, retry: queryRetry)
        return try await send(request)
    }

    /// Reads the answer of a GraphQL server: errors count on any status, and their text says what is wrong.
    static func data(of response: ClientResponse) throws(PhotoLibraryError) -> JSONValue {
        let answer: JSONValue
        do throws(JSONError) {
            answer = try JSONValue(parsing: response.body)
        } catch {
            if response.status.rawValue >= 500 { throw .unavailable(reason: "HTTP \(response.status.rawValue)") }
            if isExposed(response) {
                throw .needsOwner(reason: "Stash has closed itself because it stood open to the internet")
            }
            throw .unexpectedAnswer(
                reason: "HTTP \(response.status.rawValue) without JSON; is this the address of Stash?")
        }
        if let errors = answer["errors"]?.arrayValue, let first = errors.first {
            let message = first["message"]?.stringValue ?? "an error without a message"
            throw .refused(reason: String(message.prefix(300)))
        }
        guard response.status.rawValue == 200, let data = answer["data"], !data.isNull else {
            throw malformed("data")
        }
        return data
    }

    /// Loads a file whose address Stash named, from the server that was configured.
    private func download(_ address: String?, limit: Int) async throws(PhotoLibraryError) -> [UInt8] {
        guard let address, let named = HTTPURL(address) else { throw .notFound }
        let request = ClientRequest(
            .get, rebased(named).description, fields: fields, maximumResponseBytes: limit,
            followsRedirects: false, retry: retry)
        let response = try await send(request, limit: limit)
        switch response.status.rawValue {
        case 200: break
        case 404: throw .notFound
        // Without a key Stash leads to its log-in page instead of refusing.
        case 300..<400: throw .unauthorized
        case 500...: throw .unavailable(reason: "HTTP \(response.status.rawValue)")
        default: throw .unexpectedAnswer(reason: "HTTP \(response.status.rawValue) for a picture")
        }
        if response.fields["Content-Type"]?.lowercased().hasPrefix("text/html") == true {
            throw .unexpectedAnswer(reason: "a web page came instead of a picture; is a log-in needed?")
        }
        return response.body
    }

    /// Path and query as Stash says, host and leading path as configured.
    package func rebased(_ named: HTTPURL) -> HTTPURL {
        var url = base
        // Behind a proxy that adds a path, Stash may know that path or not; it must stand there once.
        let path = named.path
        url.path = base.path.isEmpty || path.hasPrefix(base.path + "/") ? path : base.path + path
        url.query = named.query
        return url
    }

    private func send(
        _ request: ClientRequest, limit: Int? = nil
    ) async throws(PhotoLibraryError) -> ClientResponse {
        let response: ClientResponse
        do throws(HTTPClientError) {
            response = try await http.send(request)
        } catch {
            if case .tooLarge = error { throw .tooLarge(size: nil) }
            if error == .cancelled { throw .cancelled }
            throw .unavailable(reason: error.label)
        }
        if response.status.rawValue == 401 { throw .unauthorized }
        return response
    }

    static func malformed(_ field: String) -> PhotoLibraryError {
        .unexpectedAnswer(reason: "\(field) is missing from the answer")
    }
}
