/// Signatures of Ed25519 (RFC 8032, section 5.1), as the service puts under what a Mini App is started with.
///
/// Made for a simulator: a secret's bits decide how long it takes, which no real key may allow.
struct Ed25519: Sendable {
    /// The 32 bytes that others check signatures with.
    let publicKey: [UInt8]
    private let scalar: [UInt64]
    private let prefix: [UInt8]

    /// The key of a secret of 32 bytes.
    init(secret: [UInt8]) {
        var hash = SHA512.hash(secret)
        prefix = Array(hash[32...])
        hash[0] &= 248
        hash[31] = hash[31] & 127 | 64
        scalar = Scalar.words(Array(hash[..<32]))
        publicKey = Point.base.times(scalar).bytes
    }

    /// The 64 bytes of the signature.
    func signature(of message: [UInt8]) -> [UInt8] {
        let nonce = Scalar.reduced(SHA512.hash(prefix + message))
        let point = Point.base.times(nonce).bytes
        let challenge = Scalar.reduced(SHA512.hash(point + publicKey + message))
        let sum = Scalar.sum(nonce, Scalar.product(challenge, scalar))
        return point + sum.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64($0 * 8)) } }
    }

    /// A point of the curve in extended coordinates (section 5.1.4).
    private struct Point {
        var x: FieldElement
        var y: FieldElement
        var z: FieldElement
        var t: FieldElement

        /// Twice the curve's constant −121665/121666.
        private static let twice: FieldElement = {
            let d = (FieldElement.zero - FieldElement(121_665)) * FieldElement(121_666).inverse
            return d + d
        }()

        static let base: Point = {
            let x = FieldElement(words: [
                0xC956_2D60_8F25_D51A, 0x692C_C760_9525_A7B2, 0xC0A4_E231_FDD6_DC5C, 0x2169_36D3_CD6E_53FE,
            ])
            let y = FieldElement(4) * FieldElement(5).inverse
            return Point(x: x, y: y, z: .one, t: x * y)
        }()

        static func + (p: Self, q: Self) -> Self {
            let a = (p.y - p.x) * (q.y - q.x)
            let b = (p.y + p.x) * (q.y + q.x)
            let c = p.t * twice * q.t
            let d = (p.z + p.z) * q.z
            let (e, f, g, h) = (b - a, d - c, d + c, b + a)
            return Self(x: e * f, y: g * h, z: f * g, t: e * h)
        }

        func times(_ scalar: [UInt64]) -> Self {
            var result = Self(x: .zero, y: .one, z: .one, t: .zero)
            for bit in stride(from: 255, through: 0, by: -1) {
                result = result + result
                if scalar[bit / 64] >> UInt64(bit % 64) & 1 == 1 { result = result + self }
            }
            return result
        }

        var bytes: [UInt8] {
            let inverse = z.inverse
            var bytes = (y * inverse).bytes
            bytes[31] |= ((x * inverse).bytes[0] & 1) << 7
            return bytes
        }
    }

    /// Numbers modulo the order of the base point, as four words, the lowest first.
    private enum Scalar {
        /// 2²⁵² + 27742317777372353535851937790883648493.
        private static let order: [UInt64] = [0x5812_631A_5CF5_D3ED, 0x14DE_F9DE_A2F7_9CD6, 0, 0x1000_0000_0000_0000]

        static func words(_ bytes: [UInt8]) -> [UInt64] {
            stride(from: 0, to: bytes.count, by: 8).map { start in
                bytes[start..<start + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
            }
        }

        static func reduced(_ bytes: [UInt8]) -> [UInt64] {
            var rest: [UInt64] = [0, 0, 0, 0]
            for byte in bytes.reversed() {
                for bit in stride(from: 7, through: 0, by: -1) {
                    rest = sum(rest, rest)
                    if byte >> UInt8(bit) & 1 == 1 { rest = sum(rest, [1, 0, 0, 0]) }
                }
            }
            return rest
        }

        static func product(_ x: [UInt64], _ y: [UInt64]) -> [UInt64] {
            let y = reduced(y.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64($0 * 8)) } })
            var result: [UInt64] = [0, 0, 0, 0]
            for bit in stride(from: 255, through: 0, by: -1) {
                result = sum(result, result)
                if x[bit / 64] >> UInt64(bit % 64) & 1 == 1 { result = sum(result, y) }
            }
            return result
        }

        /// The sum of two numbers below the order.
        static func sum(_ x: [UInt64], _ y: [UInt64]) -> [UInt64] {
            var sum = x
            var carry: UInt64 = 0
            for index in 0..<4 {
                let (first, one) = x[index].addingReportingOverflow(y[index])
                let (second, two) = first.addingReportingOverflow(carry)
                sum[index] = second
                carry = (one || two) ? 1 : 0
            }
            var less = sum
            var borrow: UInt64 = 0
            for index in 0..<4 {
                let (first, one) = sum[index].subtractingReportingOverflow(order[index])
                let (second, two) = first.subtractingReportingOverflow(borrow)
                less[index] = second
                borrow = (one || two) ? 1 : 0
            }
            return borrow == 1 ? sum : less
        }
    }
}
