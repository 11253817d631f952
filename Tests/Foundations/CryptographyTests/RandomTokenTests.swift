import Cryptography
import Testing

@Suite struct RandomTokenTests {
    @Test func `a token is long, differs each time, and is found by its hash`() {
        let tokens = (0..<100).map { _ in RandomToken() }
        #expect(Set(tokens).count == 100)
        #expect(tokens.allSatisfy { $0.text.count == 22 && $0.hash == RandomToken.hash(of: $0.text) })
        #expect(
            Set(tokens.flatMap(\.text)).isSubset(
                of: Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")))
    }
}
