internal import Cryptography
internal import HTTP
internal import HTTPServer
internal import Support

/// The cookie that a signed-in browser shows.
///
/// Cookies know no ports, so the port is part of the name: two bots on one machine do not sign each other's owner out.
enum SessionCookie {
    /// The token in a request; nil where it has none.
    static func token(in request: ServerRequest) -> String? {
        let name = name(for: request)
        for field in request.fields.all("Cookie") {
            for part in field.split(separator: ";") {
                let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
                if pair.count == 2, pair[0] == name { return String(pair[1]) }
            }
        }
        return nil
    }

    /// The field `Set-Cookie` that gives a browser its token.
    static func setting(_ token: RandomToken, for request: ServerRequest) -> String {
        let age = WebLogins.sessionLifetime.components.seconds
        return "\(name(for: request))=\(token.text); Max-Age=\(age)\(attributes(for: request))"
    }

    /// The field `Set-Cookie` that takes it away.
    static func removing(for request: ServerRequest) -> String {
        "\(name(for: request))=; Max-Age=0\(attributes(for: request))"
    }

    private static func name(for request: ServerRequest) -> String {
        let port = WebHost(request.fields["Host"] ?? "").port
        return "quartet-gallery" + (port.map { "-\($0)" } ?? "")
    }

    private static func attributes(for request: ServerRequest) -> String {
        "; Path=\(OwnerWeb.path); HttpOnly; SameSite=Strict" + (isSecure(request) ? "; Secure" : "")
    }

    /// The browser speaks https to a proxy; only one on this machine is believed.
    private static func isSecure(_ request: ServerRequest) -> Bool {
        WebHost(request.remoteAddress).isLoopback && request.fields["X-Forwarded-Proto"]?.lowercased() == "https"
    }
}
