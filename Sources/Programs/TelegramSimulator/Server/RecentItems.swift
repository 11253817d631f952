/// The last things of a kind, bounded by their number and their bytes.
///
/// Adding one costs the same however many there are.
struct RecentItems<Element: Sendable>: Sendable {
    private struct Slot {
        var element: Element
        var size: Int
    }

    private let maximumCount: Int
    private let maximumBytes: Int
    /// Slots before `head` are empty; they go when they are the larger part.
    private var slots: [Slot?] = []
    private var head = 0
    private(set) var bytes = 0

    init(maximumCount: Int, maximumBytes: Int) {
        self.maximumCount = maximumCount
        self.maximumBytes = maximumBytes
    }

    var count: Int { slots.count - head }

    mutating func append(_ element: Element, size: Int) {
        slots.append(Slot(element: element, size: size))
        bytes += size
        while count > maximumCount || (bytes > maximumBytes && count > 1) {
            bytes -= slots[head]?.size ?? 0
            slots[head] = nil
            head += 1
        }
        if head > 64, head * 2 > slots.count {
            slots.removeFirst(head)
            head = 0
        }
    }

    /// All but the oldest `number`, oldest first.
    func dropping(_ number: Int) -> [Element] {
        slots[(head + min(max(0, number), count))...].compactMap { $0?.element }
    }

    mutating func removeAll() {
        slots = []
        head = 0
        bytes = 0
    }
}
