/// Flood control over what bots send: token buckets per chat, per group and over all.
struct FloodLimiter: Sendable {
    /// What a profile allows; zero switches a limit off.
    struct Profile: Codable, Hashable, Sendable {
        var chatPerSecond = 0.0
        var chatBurst = 0.0
        var groupPerMinute = 0.0
        var overallPerSecond = 0.0

        static let off = Self()
        /// About what people see of the real service: 1 message a second in a chat with short bursts, 20 a minute in a
        /// group, 30 a second over all.
        static let realistic = Self(chatPerSecond: 1, chatBurst: 3, groupPerMinute: 20, overallPerSecond: 30)
    }

    private struct Bucket {
        var tokens: Double
        var at: Double
    }

    private struct BucketKey: Hashable {
        var bot: Int64
        var chat: ChatKey?
    }

    var profile = Profile.off
    private var buckets: [BucketKey: Bucket] = [:]

    /// Takes one message's worth; answers the seconds to wait where there is none.
    mutating func take(bot: Int64, chat: ChatKey, isGroup: Bool, now: Double) -> Int? {
        guard profile != .off else { return nil }
        if buckets.count > 100_000 { buckets.removeAll() }
        var wait = 0.0
        let perChat: (rate: Double, burst: Double) =
            isGroup
            ? (profile.groupPerMinute / 60, max(1, profile.groupPerMinute))
            : (profile.chatPerSecond, max(1, profile.chatBurst))
        let limits = [
            (BucketKey(bot: bot, chat: chat), perChat.rate, perChat.burst),
            (BucketKey(bot: bot, chat: nil), profile.overallPerSecond, max(1, profile.overallPerSecond)),
        ].filter { $0.1 > 0 }
        for (key, rate, burst) in limits {
            var bucket = buckets[key] ?? Bucket(tokens: burst, at: now)
            bucket.tokens = min(burst, bucket.tokens + max(0, now - bucket.at) * rate)
            bucket.at = now
            buckets[key] = bucket
            if bucket.tokens < 1 { wait = max(wait, (1 - bucket.tokens) / rate) }
        }
        guard wait == 0 else { return max(1, Int(wait.rounded(.up))) }
        for (key, _, _) in limits { buckets[key]?.tokens -= 1 }
        return nil
    }
}
