/// A number modulo 2²⁵⁵ − 19, as five limbs of 51 bits (RFC 8032, section 5.1.1).
struct FieldElement: Sendable {
    private var a: UInt64
    private var b: UInt64
    private var c: UInt64
    private var d: UInt64
    private var e: UInt64

    private static let mask: UInt64 = (1 << 51) - 1

    static let zero = FieldElement(0)
    static let one = FieldElement(1)

    init(_ small: UInt64) { (a, b, c, d, e) = (small & Self.mask, small >> 51, 0, 0, 0) }

    private init(_ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64, _ e: UInt64) {
        (self.a, self.b, self.c, self.d, self.e) = (a, b, c, d, e)
    }

    /// Four words of 64 bits, the lowest first.
    init(words w: [UInt64]) {
        a = w[0] & Self.mask
        b = (w[0] >> 51 | w[1] << 13) & Self.mask
        c = (w[1] >> 38 | w[2] << 26) & Self.mask
        d = (w[2] >> 25 | w[3] << 39) & Self.mask
        e = w[3] >> 12 & Self.mask
    }

    static func + (x: Self, y: Self) -> Self {
        Self(x.a + y.a, x.b + y.b, x.c + y.c, x.d + y.d, x.e + y.e).carried()
    }

    /// Four times the modulus is added first, so that no limb falls below zero.
    static func - (x: Self, y: Self) -> Self {
        let low = 4 * (mask - 18)
        let high = 4 * mask
        return Self(x.a + low - y.a, x.b + high - y.b, x.c + high - y.c, x.d + high - y.d, x.e + high - y.e).carried()
    }

    static func * (x: Self, y: Self) -> Self {
        func product(_ x: UInt64, _ y: UInt64) -> UInt128 { UInt128(x) * UInt128(y) }
        let (b19, c19, d19, e19) = (19 * y.b, 19 * y.c, 19 * y.d, 19 * y.e)
        var r0 = product(x.a, y.a) + product(x.b, e19) + product(x.c, d19)
        r0 += product(x.d, c19) + product(x.e, b19)
        var r1 = product(x.a, y.b) + product(x.b, y.a) + product(x.c, e19)
        r1 += product(x.d, d19) + product(x.e, c19)
        var r2 = product(x.a, y.c) + product(x.b, y.b) + product(x.c, y.a)
        r2 += product(x.d, e19) + product(x.e, d19)
        var r3 = product(x.a, y.d) + product(x.b, y.c) + product(x.c, y.b)
        r3 += product(x.d, y.a) + product(x.e, e19)
        var r4 = product(x.a, y.e) + product(x.b, y.d) + product(x.c, y.c)
        r4 += product(x.d, y.b) + product(x.e, y.a)
        func low(_ value: UInt128) -> UInt64 { UInt64(truncatingIfNeeded: value) & mask }
        r1 += r0 >> 51
        r2 += r1 >> 51
        r3 += r2 >> 51
        r4 += r3 >> 51
        let over = UInt64(truncatingIfNeeded: r4 >> 51)
        return Self(low(r0) + 19 * over, low(r1), low(r2), low(r3), low(r4)).carried()
    }

    private func carried() -> Self {
        var r = self
        r.b += r.a >> 51
        r.a &= Self.mask
        r.c += r.b >> 51
        r.b &= Self.mask
        r.d += r.c >> 51
        r.c &= Self.mask
        r.e += r.d >> 51
        r.d &= Self.mask
        r.a += 19 * (r.e >> 51)
        r.e &= Self.mask
        return r
    }

    /// The inverse: the power to the modulus less two.
    var inverse: Self {
        // 2²⁵⁵ − 21 has all its 255 bits set but 2 and 4.
        var result = Self.one
        for bit in stride(from: 254, through: 0, by: -1) {
            result = result * result
            if bit != 2, bit != 4 { result = result * self }
        }
        return result
    }

    /// The 32 bytes of the number itself, the lowest first.
    var bytes: [UInt8] {
        // Adding 19 carries out of the top exactly where the number is not below the modulus.
        var r = carried().carried()
        var over = (r.a + 19) >> 51
        over = (r.b + over) >> 51
        over = (r.c + over) >> 51
        over = (r.d + over) >> 51
        over = (r.e + over) >> 51
        r.a += 19 * over
        r.b += r.a >> 51
        r.c += r.b >> 51
        r.d += r.c >> 51
        r.e += r.d >> 51
        let limbs = [r.a, r.b, r.c, r.d, r.e].map { $0 & Self.mask }
        var bytes: [UInt8] = []
        var held: UInt128 = 0
        var bits = 0
        for limb in limbs {
            held |= UInt128(limb) << UInt128(bits)
            bits += 51
            while bits >= 8 {
                bytes.append(UInt8(truncatingIfNeeded: held))
                held >>= 8
                bits -= 8
            }
        }
        bytes.append(UInt8(truncatingIfNeeded: held))
        return bytes
    }
}
