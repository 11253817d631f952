/// Flood control over what bots send: token buckets per chat, per group and over all.
struct FloodLimiter: Sendable {
    /// What a profile allows; zero switches a limit off.
    struct Profile: Codable, Hashable, Sendable {
        var chatPerSecond = 0.0
        var chatBurst = 0.0
        var groupPerMinute = 0.0
        var overallPerSecond = 0.0
        /// Edits of messages in a group or channel.
        var groupEditsPerMinute: Double?

        static let off = Self()
        /// About what people see of the real service: 1 message a second in a chat with short bursts, 20 a minute in a
        /// group, 30 a second over all.
        static let realistic = Self(
            chatPerSecond: 1, chatBurst: 3, groupPerMinute: 20, overallPerSecond: 30, groupEditsPerMinute: 20)
    }

    private struct Bucket {
        var tokens: Double
        var at: Double
    }

    private struct BucketKey: Hashable {
        var bot: Int64
        var chat: ChatKey?
        var isEdit = false
        var isPaid = false
    }

    private static let paidPerSecond = 1000.0

    var profile = Profile.off
    private var buckets: [BucketKey: Bucket] = [:]

    /// Takes an edit's worth.
    mutating func takeEdit(bot: Int64, chat: ChatKey, isGroup: Bool, now: Double) -> Int? {
        guard isGroup, let rate = profile.groupEditsPerMinute, rate > 0 else { return nil }
        return take([(BucketKey(bot: bot, chat: chat, isEdit: true), rate / 60, rate)], cost: 1, now)
    }

    /// Takes the worth of some messages; answers the seconds to wait where there is none.
    ///
    /// Who pays may send a thousand messages a second over all.
    mutating func take(
        bot: Int64, chat: ChatKey, isGroup: Bool, cost: Int = 1, isPaid: Bool = false, now: Double
    ) -> Int? {
        guard profile != .off else { return nil }
        let perChat: (rate: Double, burst: Double) =
            isGroup
            ? (profile.groupPerMinute / 60, max(1, profile.groupPerMinute))
            : (profile.chatPerSecond, max(1, profile.chatBurst))
        let overall = isPaid && profile.overallPerSecond > 0 ? Self.paidPerSecond : profile.overallPerSecond
        return take(
            [
                (BucketKey(bot: bot, chat: chat), perChat.rate, perChat.burst),
                (BucketKey(bot: bot, chat: nil, isPaid: isPaid), overall, max(1, overall)),
            ].filter { $0.1 > 0 }, cost: Double(cost), now)
    }

    private mutating func take(_ limits: [(BucketKey, Double, Double)], cost: Double, _ now: Double) -> Int? {
        if buckets.count > 100_000 { buckets.removeAll() }
        var wait = 0.0
        for (key, rate, burst) in limits {
            var bucket = buckets[key] ?? Bucket(tokens: burst, at: now)
            bucket.tokens = min(burst, bucket.tokens + max(0, now - bucket.at) * rate)
            bucket.at = now
            buckets[key] = bucket
            // An album larger than a burst goes out of a full one, and what follows waits the longer.
            let needed = min(cost, burst)
            if bucket.tokens < needed { wait = max(wait, (needed - bucket.tokens) / rate) }
        }
        guard wait == 0 else { return max(1, Int(wait.rounded(.up))) }
        for (key, _, _) in limits { buckets[key]?.tokens -= cost }
        return nil
    }
}
