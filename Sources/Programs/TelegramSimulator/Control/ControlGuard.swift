internal import HTTP
internal import HTTPServer

/// Lets only pages of this server act: against requests that other sites make a browser send.
struct ControlGuard: Middleware {
    /// Host names besides those of loopback under which the server may be addressed.
    let hosts: Set<String>

    func handle(_ request: ServerRequest, next: any Responder) async throws -> ServerResponse {
        let host = request.fields["Host"] ?? ""
        guard isAllowed(host) else {
            return ControlRefusal.response(ControlRefusal.denied("this host name is not served"))
        }
        if request.method != .get, request.method != .head, let origin = request.fields["Origin"] {
            guard origin == "http://\(host)" || origin == "https://\(host)" else {
                return ControlRefusal.response(ControlRefusal.denied("other sites may not act here"))
            }
        }
        return try await next.respond(to: request)
    }

    private func isAllowed(_ host: String) -> Bool {
        var name = host.lowercased()
        if name.hasPrefix("["), let end = name.firstIndex(of: "]") {
            name = String(name[...end])
        } else if let colon = name.lastIndex(of: ":") {
            name = String(name[..<colon])
        }
        if hosts.contains(name) || name == "localhost" || name == "[::1]" { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
