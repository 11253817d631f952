internal import HTTP
internal import HTTPServer
internal import JSON
internal import Support

/// What stands before every route of the owner's page: the right host, no foreign page, and nothing left in caches.
struct WebGuard: Middleware {
    /// The names under which the page is reached, besides those of this machine.
    let hosts: Set<String>

    func handle(_ request: ServerRequest, next: any Responder) async throws -> ServerResponse {
        var response: ServerResponse
        do {
            try check(request)
            response = try await next.respond(to: request)
        } catch let error as HTTPError {
            response = .json(
                JSONValue.object(["error": .string(error.message)]).serialised(), status: error.status)
            for field in error.fields { response.fields.append(field.name, field.value) }
        }
        response.fields["Cache-Control"] = "no-store"
        response.fields["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
        response.fields["X-Content-Type-Options"] = "nosniff"
        response.fields["Referrer-Policy"] = "no-referrer"
        response.fields["Cross-Origin-Resource-Policy"] = "same-origin"
        return response
    }

    private func check(_ request: ServerRequest) throws(HTTPError) {
        // A foreign page can have its own name lead to this machine (DNS rebinding); the name gives it away.
        let host = WebHost(request.fields["Host"] ?? "")
        guard host.isLoopback || hosts.contains(host.name) else {
            throw HTTPError(421, "this page is not served under that name; set gallery.web.url")
        }
        guard request.method != .get, request.method != .head else { return }
        // Cookies know no ports: another program's page on this machine is “the same site” to a browser.
        if let site = request.fields["Sec-Fetch-Site"], site != "same-origin" {
            throw HTTPError(.forbidden, "the request comes from another page")
        }
        if let origin = request.fields["Origin"] {
            let parts = origin.lowercased().split(separator: "/", omittingEmptySubsequences: true)
            guard parts.count == 2, String(parts[1]) == (request.fields["Host"] ?? "").lowercased() else {
                throw HTTPError(.forbidden, "the request comes from another page")
            }
        }
        // A form cannot send this type, and a script of another origin must ask first and is not answered.
        guard request.fields.contentType?.essence == "application/json" else {
            throw HTTPError(.unsupportedMediaType, "application/json is expected")
        }
    }
}
