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
    static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:",
        "media-src 'self' blob:", "connect-src 'self'", "frame-src http: https:", "base-uri 'none'",
        "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
    ]

    private let page: WebPage

    /// A page whose files come from the program or, while it is being worked on, from a `Web` folder.
    init(from source: WebAssets.Source = .embedded) {
        page = WebPage("chat", from: source, policy: Self.policy)
    }

    /// Adds the page's routes.
    func register(in router: inout Router) {
        router.get("/") { request in page.answer(request, file: "index.html") }
        router.get("/page/*file") { request in
            page.answer(request, file: try request.parameters.require("file"))
        }
        // Where the service's own script has it; pages of other origins load it.
        router.get("/js/telegram-web-app.js") { request in
            var response = page.answer(request, file: "telegram-web-app.js")
            response.fields["Cross-Origin-Resource-Policy"] = "cross-origin"
            return response
        }
    }
}
