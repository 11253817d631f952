/// Which updates may be delivered to a webhook now: one of a lane at a time, lanes side by side.
///
/// A failed update holds up its lane only: the first repetition follows at once, later ones after 2, 4, 8 … seconds up to
/// a limit. An answer's `Retry-After` is kept, up to an hour.
struct WebhookSchedule: Sendable {
    static let scanned = 2000

    private struct Lane {
        var isBusy = false
        var failures = 0
        var until: Int64 = 0
    }

    private var lanes: [String: Lane] = [:]
    private(set) var busy = 0

    /// The next deliveries in the order of the queue; they count as begun.
    mutating func begin(_ entries: ArraySlice<UpdateQueue.Entry>, limit: Int, now: Int64) -> [UpdateQueue.Entry] {
        var seen: Set<String> = []
        var result: [UpdateQueue.Entry] = []
        for entry in entries.prefix(Self.scanned) {
            if busy >= limit { break }
            guard seen.insert(entry.lane).inserted else { continue }
            var lane = lanes[entry.lane] ?? Lane()
            guard !lane.isBusy, lane.until <= now else { continue }
            lane.isBusy = true
            lanes[entry.lane] = lane
            busy += 1
            result.append(entry)
        }
        return result
    }

    mutating func succeeded(_ lane: String) {
        if lanes.removeValue(forKey: lane)?.isBusy == true { busy -= 1 }
    }

    /// Notes a failure; answers the milliseconds until the lane may go on.
    mutating func failed(_ name: String, retryAfter: Int64?, ceiling: Int64, now: Int64) -> Int64 {
        var lane = lanes[name] ?? Lane()
        if lane.isBusy { busy -= 1 }
        lane.isBusy = false
        lane.failures += 1
        var wait: Int64 = lane.failures == 1 ? 0 : min(ceiling, 1 << Int64(min(lane.failures - 1, 20)))
        if let retryAfter { wait = min(3600, max(0, retryAfter)) }
        lane.until = now + wait * 1000
        lanes[name] = lane
        return wait * 1000
    }

    /// Forgets what it knew, as for a new address.
    mutating func reset() { self = Self() }
}
