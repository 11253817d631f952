/// The updates that wait for a bot, oldest first.
///
/// Rules: an offset above zero forgets what lies before it; a negative one keeps only the last so many; zero
/// confirms nothing; an offset beyond the tail by more than ten counts as none.
struct UpdateQueue: Sendable {
    /// An update as it goes over the wire.
    struct Entry: Codable, Sendable {
        var id: Int64
        var body: [UInt8]
        var expires: Int64
        /// Updates of one lane are delivered to a webhook in order.
        var lane: String
    }

    static let maximumCount = 100_000
    static let maximumBytes = 128 << 20
    static let maximumUpdateBytes = 512 << 10
    static let maximumAnswerBytes = 4 << 20

    private var storage: [Entry] = []
    private var head = 0
    private var bytes = 0
    /// No update expires before this moment, so that most calls need not look.
    private var soonest = Int64.max

    var entries: ArraySlice<Entry> { storage[head...] }
    var count: Int { storage.count - head }
    var isEmpty: Bool { count == 0 }

    /// Adds an update; one that is too large or finds the queue full is dropped.
    mutating func append(_ entry: Entry) -> Bool {
        guard count < Self.maximumCount, bytes + entry.body.count <= Self.maximumBytes,
            entry.body.count <= Self.maximumUpdateBytes
        else { return false }
        storage.append(entry)
        bytes += entry.body.count
        soonest = min(soonest, entry.expires)
        return true
    }

    /// Applies an offset; answers the ids that are gone.
    ///
    /// - Parameter next: The number that the next update will have: the tail, though what was before it may be gone.
    mutating func confirm(_ offset: Int64, next: Int64) -> [Int64] {
        if offset < 0 { return drop(count - Int(min(offset.magnitude, UInt64(count)))) }
        guard offset > 0, offset <= next + 10 else { return [] }
        return drop(position(of: offset) - head)
    }

    private mutating func drop(_ number: Int) -> [Int64] {
        guard number > 0 else { return [] }
        let gone = storage[head..<head + number].map { entry in
            bytes -= entry.body.count
            return entry.id
        }
        head += number
        compact()
        return gone
    }

    private mutating func compact() {
        guard head == storage.count || (head > 1024 && head * 2 > storage.count) else { return }
        storage.removeFirst(head)
        head = 0
    }

    /// Removes what has waited too long; answers the ids that are gone.
    mutating func expire(now: Int64) -> [Int64] {
        guard soonest <= now else { return [] }
        let gone = entries.filter { $0.expires <= now }
        storage = entries.filter { $0.expires > now }
        soonest = storage.reduce(.max) { min($0, $1.expires) }
        head = 0
        bytes -= gone.reduce(0) { $0 + $1.body.count }
        return gone.map(\.id)
    }

    /// Removes one update that was delivered.
    mutating func remove(_ id: Int64) {
        var index = position(of: id)
        guard index < storage.count, storage[index].id == id else { return }
        // Deliveries are near the head: what lies before moves, not what lies behind.
        while index > head {
            storage.swapAt(index, index - 1)
            index -= 1
        }
        _ = drop(1)
    }

    /// Where an update is, or the next one after it.
    private func position(of id: Int64) -> Int {
        var low = head
        var high = storage.count
        while low < high {
            let middle = (low + high) / 2
            if storage[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low
    }

    mutating func removeAll() -> [Int64] { drop(count) }

    func entry(_ id: Int64) -> Entry? {
        let index = position(of: id)
        return index < storage.count && storage[index].id == id ? storage[index] : nil
    }

    /// The updates behind an id.
    func entries(after id: Int64) -> ArraySlice<Entry> {
        if let last = storage.last, last.id <= id { return [] }
        return storage[position(of: id &+ 1)...]
    }

    /// The first updates, as many as `limit` and the size of an answer allow.
    func first(_ limit: Int) -> [Entry] {
        var size = 0
        var result: [Entry] = []
        for entry in entries.prefix(limit) {
            size += entry.body.count
            if size > Self.maximumAnswerBytes, !result.isEmpty { break }
            result.append(entry)
        }
        return result
    }
}
