import Synchronization

/// A number that only goes up.
public final class Counter: Sendable {
    private let count = Atomic<Int>(0)

    init() {}

    /// Adds `amount`, which must not be negative.
    public func increment(by amount: Int = 1) {
        precondition(amount >= 0, "a counter only goes up")
        count.wrappingAdd(amount, ordering: .relaxed)
    }

    /// What has been counted so far.
    public var value: Int { count.load(ordering: .relaxed) }
}
