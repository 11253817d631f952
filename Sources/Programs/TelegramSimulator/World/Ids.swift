/// Names a chat within the world.
///
/// A private chat belongs to a bot and a person; others are shared by their members.
enum ChatKey: Hashable, Codable, Sendable {
    case dialog(bot: Int64, user: Int64)
    case shared(Int64)

    var isDialog: Bool { if case .dialog = self { true } else { false } }
}

/// Deterministic numbers that look random: the same seed and counter give the same one.
struct Dealer: Codable, Sendable {
    var seed: UInt64
    private var count: UInt64 = 0

    init(seed: UInt64) { self.seed = seed }

    /// splitmix64 over seed and counter.
    mutating func next() -> UInt64 {
        count &+= 1
        return Self.mix(seed &+ count &* 0x9E37_79B9_7F4A_7C15)
    }

    mutating func next(in range: ClosedRange<Int64>) -> Int64 {
        range.lowerBound + Int64(next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    static func mix(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// A text of URL-safe characters made from words.
    static func text(_ words: [UInt64]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var bytes: [UInt8] = []
        for word in words {
            for shift in stride(from: 0, to: 60, by: 6) { bytes.append(alphabet[Int((word >> UInt64(shift)) & 63)]) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
