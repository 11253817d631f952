internal import HTTP
public import Support

/// Lets only those pass who prove who they are; others get 401.
public struct Authentication: Middleware {
    private let challenge: String?
    private let isAllowed: @Sendable (ServerRequest) async throws -> Bool

    /// Asks a closure; `challenge` becomes `WWW-Authenticate`.
    public static func custom(
        challenge: String? = nil, _ isAllowed: @escaping @Sendable (ServerRequest) async throws -> Bool
    ) -> Authentication {
        Authentication(challenge: challenge, isAllowed: isAllowed)
    }

    /// Wants `Authorization: Bearer` with one of the tokens (RFC 6750); an empty token never matches.
    public static func bearer(_ tokens: [Secret]) -> Authentication {
        Authentication(challenge: "Bearer") { request in
            guard let offered = credentials(request, scheme: "Bearer") else { return false }
            return matches(offered, tokens)
        }
    }

    /// Wants a user name and a password (RFC 7617).
    public static func basic(realm: String, user: String, password: Secret) -> Authentication {
        Authentication(challenge: "Basic realm=\"\(realm.filter { $0 != "\"" && $0 != "\\" })\", charset=\"UTF-8\"") {
            request in
            guard let text = credentials(request, scheme: "Basic"), let bytes = Base64.decode(text) else {
                return false
            }
            let parts = bytes.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !password.isEmpty else { return false }
            // Both are compared in any case, so that time does not tell which was wrong.
            let userMatches = constantTimeEqual(Array(parts[0]), Array(user.utf8))
            let passwordMatches = constantTimeEqual(Array(parts[1]), Array(password.reveal().utf8))
            return userMatches && passwordMatches
        }
    }

    /// Wants a field with one of the secrets, such as Telegram's `X-Telegram-Bot-Api-Secret-Token`.
    public static func field(_ name: String, _ secrets: [Secret]) -> Authentication {
        Authentication(challenge: nil) { request in request.fields[name].map { matches($0, secrets) } ?? false }
    }

    /// Passes the request on, or answers 401.
    public func handle(_ request: ServerRequest, next: any Responder) async throws -> ServerResponse {
        guard try await isAllowed(request) else {
            throw HTTPError(.unauthorized, fields: challenge.map { ["WWW-Authenticate": $0] } ?? [:])
        }
        return try await next.respond(to: request)
    }

    private static func credentials(_ request: ServerRequest, scheme: String) -> String? {
        guard let field = request.fields["Authorization"], let space = field.firstIndex(of: " "),
            String(field[..<space]).equalsIgnoringASCIICase(scheme)
        else { return nil }
        return field[space...].trimmed.description
    }

    private static func matches(_ offered: String, _ secrets: [Secret]) -> Bool {
        let offered = Array(offered.utf8)
        return secrets.reduce(false) { found, secret in
            let isEqual = constantTimeEqual(offered, Array(secret.reveal().utf8))
            return found || (isEqual && !secret.isEmpty)
        }
    }
}

/// Whether both are the same, in a time that depends on the length of `offered` alone.
public func constantTimeEqual(_ offered: [UInt8], _ expected: [UInt8]) -> Bool {
    var difference = offered.count ^ expected.count
    for index in offered.indices {
        let other = expected.isEmpty ? 0 : expected[index % expected.count]
        difference |= Int(offered[index] ^ other)
    }
    return difference == 0
}
