internal import Cryptography
internal import HTTP

/// What a Mini App is told about who opened it, signed so that its server can trust it.
struct LaunchData: Sendable {
    /// Names and values in the order in which they are written.
    private(set) var fields: [(name: String, value: String)] = []

    mutating func add(_ name: String, _ value: String?) {
        if let value { fields.append((name, value)) }
    }

    /// The fields as a query, with `signature` (Ed25519, for third parties) and `hash` (for who knows the token).
    func signed(token: String, bot: Int64, key: Ed25519) -> String {
        var all = fields
        let shared = "\(bot):WebAppData\n" + Self.checkString(fields)
        all.append(("signature", Self.base64(key.signature(of: Array(shared.utf8)))))
        return Self.hashed(all, token: token)
    }

    /// The fields as a query with the `hash` alone.
    func hashed(token: String) -> String { Self.hashed(fields, token: token) }

    private static func hashed(_ fields: [(name: String, value: String)], token: String) -> String {
        let secret = HMAC.sha256(token.utf8, key: Array("WebAppData".utf8))
        let hash = HMAC.sha256(checkString(fields).utf8, key: secret)
        return (fields + [("hash", Hexadecimal.text(hash))])
            .map { "\($0.name)=\(Percent.encode($0.value, for: .queryComponent))" }.joined(separator: "&")
    }

    private static func checkString(_ fields: [(name: String, value: String)]) -> String {
        fields.sorted { $0.name < $1.name }.map { "\($0.name)=\($0.value)" }.joined(separator: "\n")
    }

    /// Base64 for URLs (RFC 4648, section 5) without padding.
    private static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let word = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for place in 0...group.count { text.append(alphabet[Int(word >> UInt32(18 - 6 * place) & 63)]) }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
