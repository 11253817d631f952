/// A word that nobody can guess: 128 random bits, shown once and kept only as a hash.
public struct RandomToken: Sendable, Hashable {
    /// 22 letters, digits, `-` and `_` (base64url), fit for links and cookies.
    public let text: String

    /// Draws one from the system's secure source.
    public init() {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        let bits = [generator.next(), generator.next()]
        // Ten digits of six bits from each word, and the eight bits that are left of the two in the last two digits.
        var digits = bits.flatMap { word in stride(from: 58, through: 4, by: -6).map { Int(word >> $0 & 63) } }
        digits += bits.map { Int($0 & 15) }
        text = String(digits.map { alphabet[$0] })
    }

    /// What is stored: from it the token cannot be found.
    public var hash: String { Self.hash(of: text) }

    /// The hash of a token that somebody offers.
    public static func hash(of offered: String) -> String { SHA256.hexadecimal(offered) }
}
