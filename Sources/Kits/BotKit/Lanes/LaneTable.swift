/// Which piece of work may run next: one at a time in a lane, lanes side by side up to a width.
///
/// Pure: workers ask it for work and tell it what they finished; a lane without work takes no memory.
struct LaneTable<Item> {
    /// Most lanes that run at once.
    let width: Int
    /// Pieces that wait or run.
    private(set) var count = 0
    /// Workers that hold a piece of work.
    private(set) var workers = 0
    private var lanes: [LaneKey: FIFO<Item>] = [:]
    private var ready = FIFO<LaneKey>()

    init(width: Int) {
        precondition(width > 0)
        self.width = width
    }

    /// Adds a piece at the end of its lane; true asks for one more worker, which then calls `start`.
    mutating func add(_ item: Item, to key: LaneKey) -> Bool {
        count += 1
        let wasIdle = lanes[key] == nil
        lanes[key, default: FIFO()].append(item)
        guard wasIdle else { return false }
        ready.append(key)
        guard workers < width else { return false }
        workers += 1
        return true
    }

    /// The first work of a new worker; nil when others took it, and then the worker ends.
    mutating func start() -> (key: LaneKey, item: Item)? {
        if let next = takeReady() { return next }
        workers -= 1
        return nil
    }

    /// Ends a worker's piece and gives it the next one; nil when there is none, and then the worker ends.
    ///
    /// Lanes take turns: one with more work goes behind those that wait. Once closed, nothing more is given out.
    mutating func finish(_ key: LaneKey, isClosed: Bool = false) -> (key: LaneKey, item: Item)? {
        count -= 1
        if lanes[key]?.isEmpty == true {
            lanes[key] = nil
        } else {
            ready.append(key)
        }
        if isClosed {
            workers -= 1
            return nil
        }
        return start()
    }

    /// Lets a lane go on without the worker that holds its piece; true asks for one more worker, which calls `start`.
    mutating func abandon(_ key: LaneKey, isClosed: Bool) -> Bool {
        count -= 1
        workers -= 1
        if lanes[key]?.isEmpty == true {
            lanes[key] = nil
        } else {
            ready.append(key)
        }
        guard !isClosed, !ready.isEmpty else { return false }
        workers += 1
        return true
    }

    private mutating func takeReady() -> (key: LaneKey, item: Item)? {
        guard let key = ready.popFirst(), let item = lanes[key]?.popFirst() else { return nil }
        return (key, item)
    }
}
