/// Which updates may be delivered to a webhook now: one of a lane at a time, lanes side by side.
///
/// A failed update holds up its lane only: the first repetition follows at once, later ones after 2, 4, 8 … seconds up to
/// a limit. An answer's `Retry-After` is kept, up to an hour.
struct WebhookSchedule: Sendable {
    private struct Lane {
        /// Updates that wait, oldest first; the first of them is the one under way.
        var waiting: [Int64] = []
        var taken = 0
        var isBusy = false
        var failures = 0
        var until: Int64 = 0

        var first: Int64? { taken < waiting.count ? waiting[taken] : nil }

        mutating func drop() {
            taken += 1
            guard taken > 64, taken * 2 > waiting.count else { return }
            waiting.removeFirst(taken)
            taken = 0
        }
    }

    private var lanes: [String: Lane] = [:]
    /// Lanes that may go on, the one with the oldest update first.
    private var ready = LaneOrder()
    /// Lanes that wait for a moment, each with it.
    private var resting: [String: Int64] = [:]
    /// The last update that was looked at.
    private var last = Int64.min
    private(set) var busy = 0

    /// The next deliveries in the order of the queue; they count as begun.
    mutating func begin(_ queue: UpdateQueue, limit: Int, now: Int64) -> [UpdateQueue.Entry] {
        for entry in queue.entries(after: last) {
            last = entry.id
            lanes[entry.lane, default: Lane()].waiting.append(entry.id)
            if let lane = lanes[entry.lane], lane.first == entry.id, !lane.isBusy, lane.until <= now {
                ready.insert(entry.lane, at: entry.id)
            }
        }
        for (name, until) in resting where until <= now {
            resting[name] = nil
            if let first = lanes[name]?.first { ready.insert(name, at: first) }
        }
        var result: [UpdateQueue.Entry] = []
        while busy < limit, let name = ready.removeFirst() {
            guard let entry = next(of: name, in: queue) else { continue }
            lanes[name]?.isBusy = true
            busy += 1
            result.append(entry)
        }
        return result
    }

    /// The first update of a lane that is still in the queue; a lane without one is forgotten.
    private mutating func next(of name: String, in queue: UpdateQueue) -> UpdateQueue.Entry? {
        while let first = lanes[name]?.first {
            if let entry = queue.entry(first) { return entry }
            lanes[name]?.drop()
        }
        lanes[name] = nil
        return nil
    }

    /// The lane's update was taken.
    mutating func succeeded(_ name: String) {
        guard var lane = lanes[name], lane.isBusy else { return }
        busy -= 1
        lane.drop()
        lane.isBusy = false
        lane.failures = 0
        lane.until = 0
        lanes[name] = lane.first == nil ? nil : lane
        if let first = lane.first { ready.insert(name, at: first) }
    }

    /// The lane's update, which has failed, is given up: what came after it need not wait.
    mutating func gaveUp(_ name: String) {
        guard var lane = lanes[name], !lane.isBusy, resting.removeValue(forKey: name) != nil else { return }
        lane.drop()
        lane.failures = 0
        lane.until = 0
        lanes[name] = lane.first == nil ? nil : lane
        if let first = lane.first { ready.insert(name, at: first) }
    }

    /// Notes a failure; answers the milliseconds until the lane may go on.
    mutating func failed(_ name: String, retryAfter: Int64?, ceiling: Int64, now: Int64) -> Int64 {
        guard var lane = lanes[name], lane.isBusy else { return 0 }
        busy -= 1
        lane.isBusy = false
        lane.failures += 1
        var wait: Int64 = lane.failures == 1 ? 0 : min(ceiling, 1 << Int64(min(lane.failures - 1, 20)))
        if let retryAfter, retryAfter > 0 { wait = min(3600, retryAfter) }
        lane.until = now + wait * 1000
        lanes[name] = lane
        if wait > 0 { resting[name] = lane.until } else if let first = lane.first { ready.insert(name, at: first) }
        return wait * 1000
    }
}

/// Names in the order of their numbers: a binary heap.
private struct LaneOrder: Sendable {
    private var items: [(number: Int64, name: String)] = []

    mutating func insert(_ name: String, at number: Int64) {
        items.append((number, name))
        var index = items.count - 1
        while index > 0, items[index].number < items[(index - 1) / 2].number {
            items.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    mutating func removeFirst() -> String? {
        guard let first = items.first else { return nil }
        items.swapAt(0, items.count - 1)
        items.removeLast()
        var index = 0
        while true {
            var least = index
            for child in [index * 2 + 1, index * 2 + 2]
            where child < items.count && items[child].number < items[least].number {
                least = child
            }
            if least == index { return first.name }
            items.swapAt(index, least)
            index = least
        }
    }
}
