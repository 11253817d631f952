internal import COpenSSL

/// A key that signs with Ed25519 (RFC 8032, section 5.1).
public struct Ed25519: Sendable {
    /// The 32 bytes that others check signatures with.
    public let publicKey: [UInt8]
    private let secret: [UInt8]

    /// The key of a secret, which must have 32 bytes.
    public init(secret: [UInt8]) {
        precondition(secret.count == 32, "a secret of Ed25519 has 32 bytes")
        var publicKey = [UInt8](repeating: 0, count: 32)
        let isDone = unsafe quartet_ed25519_public(secret, &publicKey)
        precondition(isDone == 1, "libcrypto has no memory left for Ed25519")
        self.publicKey = publicKey
        self.secret = secret
    }

    /// The 64 bytes of the signature.
    public func signature(of message: [UInt8]) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: 64)
        let isDone = unsafe quartet_ed25519_sign(secret, message, message.count, &signature)
        precondition(isDone == 1, "libcrypto has no memory left for Ed25519")
        return signature
    }

    /// Whether a signature was made over a message with the secret of a public key.
    public static func isValid(_ signature: [UInt8], of message: [UInt8], by publicKey: [UInt8]) -> Bool {
        guard publicKey.count == 32, signature.count == 64 else { return false }
        return unsafe quartet_ed25519_verify(publicKey, message, message.count, signature) == 1
    }
}
