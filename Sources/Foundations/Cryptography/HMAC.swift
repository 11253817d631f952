internal import COpenSSL

/// Keyed hashes (RFC 2104).
public enum HMAC {
    /// The 32 bytes of HMAC-SHA-256: only who knows the key can make them.
    ///
    /// - Parameter key: Of any length; FIPS 198-1 wants 32 bytes or more where it is drawn.
    public static func sha256(_ message: some Sequence<UInt8>, key: [UInt8]) -> [UInt8] {
        let message = Array(message)
        var code = [UInt8](repeating: 0, count: SHA256.byteCount)
        let end = unsafe quartet_hmac_sha256(key, key.count, message, message.count, &code)
        precondition(end == 1, "libcrypto has no memory left for HMAC")
        return code
    }
}
