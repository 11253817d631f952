import Synchronization

/// A number that goes up and down.
public final class Gauge: Sendable {
    private let bits = Atomic<UInt64>(0)

    init() {}

    /// Where the gauge stands.
    public var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

    /// Sets the gauge.
    public func set(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }

    /// Moves the gauge by `amount`, down when negative.
    public func add(_ amount: Double) { bits.addDouble(amount) }
}

extension Atomic where Value == UInt64 {
    /// Adds to a number that is stored as its bit pattern.
    func addDouble(_ amount: Double) {
        var current = load(ordering: .relaxed)
        while true {
            let sum = (Double(bitPattern: current) + amount).bitPattern
            let (exchanged, original) = weakCompareExchange(expected: current, desired: sum, ordering: .relaxed)
            if exchanged { return }
            current = original
        }
    }
}
