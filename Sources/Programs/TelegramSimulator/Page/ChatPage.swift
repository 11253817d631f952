internal import HTTP
internal import HTTPServer
internal import WebAssets

/// Serves the chat page: `/` is its document, `/page/…` are the files that the document names.
struct ChatPage: Sendable {
    /// What the page may load and do, by CSP Level 3.
    ///
    /// Its own files, calls to this server, and previews of files that a person is about to send; Mini Apps in frames,
    /// wherever they are. No script or style inside the document, no other host, and no text that becomes markup
    /// (trusted types).
    static let contentSecurityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:",
        "media-src 'self' blob:", "connect-src 'self'", "frame-src http: https:", "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
    ].joined(separator: "; ")

    private let assets: WebAssets

    /// A page whose files come from the program or, while it is being worked on, from a `Web` folder.
    init(from source: WebAssets.Source = .embedded) {
        assets = WebAssets(page: "chat", from: source)
    }

    /// Adds the page's routes.
    func register(in router: inout Router) {
        router.get("/") { request in answer(request, file: "index.html") }
        router.get("/page/*file") { request in
            answer(request, file: try request.parameters.require("file"))
        }
        // Where the service's own script has it; pages of other origins load it.
        router.get("/js/telegram-web-app.js") { request in
            var response = answer(request, file: "telegram-web-app.js")
            response.fields["Cross-Origin-Resource-Policy"] = "cross-origin"
            return response
        }
    }

    private func answer(_ request: ServerRequest, file: String) -> ServerResponse {
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
        response.fields["Content-Security-Policy"] = Self.contentSecurityPolicy
        response.fields["X-Content-Type-Options"] = "nosniff"
        response.fields["Referrer-Policy"] = "no-referrer"
        response.fields["Cross-Origin-Opener-Policy"] = "same-origin"
        response.fields["Cross-Origin-Resource-Policy"] = "same-origin"
        response.fields["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        return response
    }
}
