import GalleryBot
import HTTP
import HTTPServer
import WebAssets

/// Serves the files of the owner's page: `/gallery/` is its document, `/gallery/page/…` are what the document names.
///
/// They hold nothing that is secret; what is, the page asks for after signing in.
struct OwnerPage: Sendable {
    /// Its own files and its own server, no text that becomes markup (trusted types).
    static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'",
        "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]

    private let page: WebPage

    init(from source: WebAssets.Source = .embedded) {
        page = WebPage("gallery", from: source, policy: Self.policy)
    }

    func register(in router: inout Router) {
        for path in ["/", "/gallery"] {
            router.get(path) { _ in .redirect(to: OwnerWeb.path, status: .found) }
        }
        router.get(OwnerWeb.path) { request in page.answer(request, file: "index.html") }
        router.get(OwnerWeb.path + "page/*file") { request in
            page.answer(request, file: try request.parameters.require("file"))
        }
    }
}
