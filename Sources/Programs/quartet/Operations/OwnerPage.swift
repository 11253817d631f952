import GalleryBot
import HTTP
import HTTPServer
import WebAssets

/// Serves the files of the owner's page: `/gallery/` is its document, `/gallery/page/…` are what the document names.
///
/// They hold nothing that is secret; what is, the page asks for after signing in.
struct OwnerPage: Sendable {
    /// What the page may load and do, by CSP Level 3: its own files and its own server, no text that becomes markup.
    static let contentSecurityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'",
        "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ].joined(separator: "; ")

    private let assets: WebAssets

    init(from source: WebAssets.Source = .embedded) {
        assets = WebAssets(page: "gallery", from: source)
    }

    func register(in router: inout Router) {
        for path in ["/", "/gallery"] {
            router.get(path) { _ in .redirect(to: OwnerWeb.path, status: .found) }
        }
        router.get(OwnerWeb.path) { request in answer(request, file: "index.html") }
        router.get(OwnerWeb.path + "page/*file") { request in
            answer(request, file: try request.parameters.require("file"))
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
