internal import Cryptography
internal import HTTP
internal import HTTPServer
internal import Storage
internal import Support

/// Lets signed-in browsers pass; a change needs the session's own word as well.
struct SessionGate: Middleware {
    let access: WebAccess

    func handle(_ request: ServerRequest, next: any Responder) async throws -> ServerResponse {
        guard let token = SessionCookie.token(in: request), try await access.session(of: token) != nil else {
            throw HTTPError(.unauthorized, "sign in first")
        }
        if request.method != .get, request.method != .head {
            let offered = Array((request.fields["X-CSRF-Token"] ?? "").utf8)
            guard constantTimeEqual(offered, Array(Self.word(for: token).utf8)) else {
                throw HTTPError(.forbidden, "the page is out of date; load it again")
            }
        }
        return try await next.respond(to: request)
    }

    /// The word that only the page itself can read, and sends with every change.
    static func word(for token: String) -> String { String(SHA256.hexadecimal("csrf:\(token)").prefix(32)) }
}

/// Who may see the owner's page, by what is stored and what the settings say now.
struct WebAccess: Sendable {
    let logins = WebLogins()
    let database: any Database
    let password: Secret?
    /// Whether somebody is the owner now: who is not any more is out at the next request.
    let isOwner: @Sendable (Int64) -> Bool
    let time: any TimeSource

    /// The session of a browser's token; nil where it is not let in.
    func session(of token: String) async throws -> WebLogins.Session? {
        let now = time.now
        let session = try await database.read { [logins, password] in
            try logins.session(of: token, password: password, now: now, in: $0)
        }
        guard let session, session.userID.map(isOwner) ?? (password != nil) else { return nil }
        return session
    }

    /// Signs in by a link's token; nil where it is not valid.
    func signIn(link: String) async throws -> RandomToken? {
        let (now, isOwner) = (time.now, isOwner)
        return try await database.write { [logins] connection in
            guard let user = try logins.takeLink(link, now: now, in: connection), isOwner(user) else { return nil }
            return try logins.makeSession(.link(userID: user), now: now, in: connection)
        }
    }

    /// Signs in by the password; nil where it is wrong, or none is set.
    func signIn(password offered: String) async throws -> RandomToken? {
        guard let password, !password.isEmpty else { return nil }
        // Hashes have one length, so that the time of the comparison tells nothing of the password's.
        guard constantTimeEqual(SHA256.hash(offered.utf8), SHA256.hash(password.reveal().utf8)) else { return nil }
        let now = time.now
        return try await database.write { [logins] connection in
            try logins.makeSession(.password(password), now: now, in: connection)
        }
    }
}
