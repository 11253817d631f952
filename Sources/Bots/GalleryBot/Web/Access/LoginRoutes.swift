internal import Cryptography
internal import HTTP
internal import HTTPServer
internal import JSON
internal import Storage
internal import Support

/// Signing in and out of the owner's page.
struct LoginRoutes: Sendable {
    let access: WebAccess
    let logger: Logger

    /// The most bytes of a sign-in's content.
    private static let limit = 4096

    /// Adds what needs no session; guessing is slowed by address, links and passwords each on their own.
    func register(in router: inout Router.Group) {
        let key = { @Sendable (request: ServerRequest) in Self.address(of: request) }
        router.get("/session") { [access] request in
            guard let token = SessionCookie.token(in: request), let session = try await access.session(of: token) else {
                let hasPassword = access.password != nil
                return .json(
                    JSONValue.object(["signedIn": false, "password": .bool(hasPassword)]).serialised())
            }
            return .json(
                JSONValue.object([
                    "signedIn": true, "csrf": .string(SessionGate.word(for: token)),
                    "since": .integer(session.createdAt.seconds), "until": .integer(session.expiresAt.seconds),
                ]).serialised())
        }
        router.group("", middleware: [RateLimit(perSecond: 0.5, burst: 20, time: access.time, key: key)]) { group in
            group.post("/login/link") { request in
                let token = try await Self.text("token", in: request)
                return try answer(
                    request, try await access.signIn(link: token), refusal: "the link was used or is too old")
            }
        }
        // Who can change the address has all addresses' tries together, and no more.
        let guesses: [any Middleware] = [
            RateLimit(perSecond: 0.1, burst: 5, time: access.time, key: key),
            RateLimit(perSecond: 0.5, burst: 30, time: access.time) { _ in "" },
        ]
        router.group("", middleware: guesses) { group in
            group.post("/login/password") { request in
                let password = try await Self.text("password", in: request)
                return try answer(
                    request, try await access.signIn(password: password), refusal: "the password is wrong")
            }
        }
    }

    /// Adds what needs a session.
    func registerSigned(in router: inout Router.Group) {
        router.post("/logout") { [access] request in
            guard let token = SessionCookie.token(in: request) else { throw HTTPError(.unauthorized) }
            try await access.database.write { connection in
                try access.logins.end(token, password: access.password, in: connection)
            }
            return Self.signedOut(request)
        }
        router.post("/logout/all") { [access] request in
            try await access.database.write { try access.logins.endAll(in: $0) }
            return Self.signedOut(request)
        }
    }

    private func answer(_ request: ServerRequest, _ token: RandomToken?, refusal: String) throws -> ServerResponse {
        guard let token else {
            logger.notice("a sign-in to the owner's page failed", ["address": .string(Self.address(of: request))])
            throw HTTPError(.forbidden, refusal)
        }
        logger.notice("somebody signed in to the owner's page", ["address": .string(Self.address(of: request))])
        var response = ServerResponse.empty(.noContent)
        response.fields.append("Set-Cookie", SessionCookie.setting(token, for: request))
        return response
    }

    private static func signedOut(_ request: ServerRequest) -> ServerResponse {
        var response = ServerResponse.empty(.noContent)
        response.fields.append("Set-Cookie", SessionCookie.removing(for: request))
        return response
    }

    private static func text(_ key: String, in request: ServerRequest) async throws -> String {
        let bytes = try await request.body.collect(upTo: limit)
        do throws(JSONError) {
            if let text = try JSONValue(parsing: bytes)[key]?.stringValue, !text.isEmpty { return text }
        } catch {
            throw HTTPError(.badRequest, "the content is no JSON")
        }
        throw HTTPError(.badRequest, "\(key) is missing")
    }

    /// Who asks: the last address that a proxy on this machine has seen, else the connection's own.
    private static func address(of request: ServerRequest) -> String {
        guard WebHost(request.remoteAddress).isLoopback,
            let last = request.fields["X-Forwarded-For"]?.split(separator: ",").last
        else { return request.remoteAddress }
        return String(last.drop { $0 == " " }.prefix(64))
    }
}
