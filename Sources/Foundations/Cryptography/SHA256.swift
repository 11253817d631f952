internal import COpenSSL

/// The hash function SHA-256 (FIPS 180-4).
public enum SHA256 {
    /// How many bytes a hash has.
    public static let byteCount = 32

    /// The 32 bytes of the hash.
    public static func hash(_ message: some Sequence<UInt8>) -> [UInt8] {
        let message = Array(message)
        var hash = [UInt8](repeating: 0, count: byteCount)
        let isDone = unsafe EVP_Digest(message, message.count, &hash, nil, EVP_sha256(), nil)
        precondition(isDone == 1, "libcrypto has no memory left for SHA-256")
        return hash
    }

    /// The hash of a text's UTF-8 bytes as 64 small hexadecimal digits.
    public static func hexadecimal(_ text: String) -> String { Hexadecimal.text(hash(text.utf8)) }
}
