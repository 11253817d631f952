internal import HTTP
internal import HTTPClient
internal import JSON
internal import Support

/// Requests to an Immich server; the key travels in the `x-api-key` header and nowhere else.
struct ImmichAPI: Sendable {
    let base: HTTPURL
    private let key: Secret
    private let http: HTTPClient
    private let retry: RetryPolicy

    /// - Parameter base: The server's address; an ending `/api` and slashes are taken off.
    init(base: HTTPURL, key: Secret, http: HTTPClient, retry: RetryPolicy) {
        var base = base
        while base.path.hasSuffix("/") { base.path.removeLast() }
        if base.path.hasSuffix("/api") { base.path.removeLast("/api".count) }
        base.query = nil
        base.fragment = nil
        self.base = base
        self.key = key
        self.http = http
        self.retry = retry
    }

    /// Sends a request and returns its answer, whatever it is.
    ///
    /// - Throws: `.unavailable`, `.tooLarge` or `.cancelled` when there is no answer.
    func answer(
        _ method: HTTPMethod, _ path: String, _ query: QueryItems = [:], body: JSONValue? = nil,
        limit: Int = Self.largestPage, withKey: Bool = true
    ) async throws(PhotoLibraryError) -> ClientResponse {
        do throws(HTTPClientError) {
            return try await http.send(
                request(method, path, query, body: body, limit: limit, withKey: withKey))
        } catch {
            switch error {
            case .tooLarge: throw .tooLarge(size: nil)
            case .cancelled: throw .cancelled
            default: throw .unavailable(reason: error.label)
            }
        }
    }

    /// Sends a request for its own sake, so that the reason why there is no answer is known.
    func tryOut(_ path: String) async throws(HTTPClientError) -> ClientResponse {
        var request = request(.get, path, [:], body: nil, limit: Self.largestPage, withKey: false)
        request.retry = .none
        return try await http.send(request)
    }

    /// The bytes of a successful answer that is JSON.
    func json(
        _ method: HTTPMethod, _ path: String, _ query: QueryItems = [:], body: JSONValue? = nil, withKey: Bool = true
    ) async throws(PhotoLibraryError) -> [UInt8] {
        let response = try await answer(method, path, query, body: body, withKey: withKey)
        if let error = ImmichFailure.error(in: response) { throw error }
        guard response.fields["Content-Type"]?.lowercased().hasPrefix("application/json") == true else {
            throw Self.noJSON(response)
        }
        return response.body
    }

    /// A successful answer as a tree, for what is small.
    func value(
        _ method: HTTPMethod, _ path: String, _ query: QueryItems = [:], body: JSONValue? = nil, withKey: Bool = true
    ) async throws(PhotoLibraryError) -> JSONValue {
        let bytes = try await json(method, path, query, body: body, withKey: withKey)
        do throws(JSONError) {
            return try JSONValue(parsing: bytes)
        } catch {
            throw .unexpectedAnswer(reason: "broken JSON: \(error)")
        }
    }

    static func noJSON(_ response: ClientResponse) -> PhotoLibraryError {
        let isPage = response.fields["Content-Type"]?.lowercased().hasPrefix("text/html") == true
        return .unexpectedAnswer(
            reason: "\(isPage ? "a web page" : "no JSON") came from it; is this the address of Immich?")
    }

    /// A page of a thousand assets with everything about them is about three megabytes.
    private static let largestPage = 32 * 1024 * 1024

    private func request(
        _ method: HTTPMethod, _ path: String, _ query: QueryItems, body: JSONValue?, limit: Int, withKey: Bool
    ) -> ClientRequest {
        var url = base
        url.path += "/api" + path
        if !query.all.isEmpty { url.query = query.encoded() }
        var fields: HTTPFields = ["Accept": "application/json, image/*, video/*, */*;q=0.1"]
        if withKey { fields["x-api-key"] = key.reveal() }
        if body != nil { fields["Content-Type"] = "application/json" }
        var retry = retry
        // A search is a POST that changes nothing.
        retry.repeatsUnsafeMethods = method == .post
        return ClientRequest(
            method, url.description, fields: fields, body: body.map { .bytes($0.serialised()) } ?? .none,
            maximumResponseBytes: limit, followsRedirects: false, retry: retry)
    }
}
