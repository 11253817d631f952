internal import HTTP
public import HTTPServer

/// Serves the files of one page below `Web/`, with the headers that let a browser load no more than the page needs.
public struct WebPage: Sendable {
    private let assets: WebAssets
    private let contentSecurityPolicy: String

    /// The files of a page.
    ///
    /// - Parameters:
    ///   - name: Its folder below `Web/`, such as `chat`.
    ///   - policy: What the page may load and do: the directives of CSP Level 3.
    public init(_ name: String, from source: WebAssets.Source, policy: [String]) {
        assets = WebAssets(page: name, from: source)
        contentSecurityPolicy = policy.joined(separator: "; ")
    }

    /// The answer to a request for a file; 304 where the browser has it already.
    public func answer(_ request: ServerRequest, file: String) -> ServerResponse {
        guard let asset = assets.asset(named: file) else { return secured(.text("not found", status: .notFound)) }
        var response: ServerResponse
        if EntityTags(request.fields["If-None-Match"]).match(asset.entityTag) {
            response = .empty(.notModified)
        } else {
            response = .bytes(asset.bytes, type: MediaType.forFileName(file).description)
        }
        response.fields["ETag"] = asset.entityTag
        // Asked about at every load, answered with 304 in no time: an update of the program is seen at once.
        response.fields["Cache-Control"] = "no-cache"
        return secured(response)
    }

    private func secured(_ response: ServerResponse) -> ServerResponse {
        var response = response
        response.fields["Content-Security-Policy"] = contentSecurityPolicy
        response.fields["X-Content-Type-Options"] = "nosniff"
        response.fields["Referrer-Policy"] = "no-referrer"
        response.fields["Cross-Origin-Opener-Policy"] = "same-origin"
        response.fields["Cross-Origin-Resource-Policy"] = "same-origin"
        response.fields["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        return response
    }
}
