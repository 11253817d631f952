import Cryptography
import Testing

@Suite struct HMACTests {
    /// Cases 1, 2 and 6 of RFC 4231, section 4; the last has a key that is longer than a block.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0b, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xaa, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ])
    func `is what the standard's cases say`(_ key: [UInt8], _ message: String, _ code: String) {
        #expect(Hexadecimal.text(HMAC.sha256(message.utf8, key: key)) == code)
    }

    @Test func `an empty key and an empty message have a code too`() {
        #expect(
            Hexadecimal.text(HMAC.sha256([], key: []))
                == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
    }
}
