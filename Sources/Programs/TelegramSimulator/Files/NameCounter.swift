import Glibc
import Synchronization

/// Deals names that no file of a store has yet.
final class NameCounter: Sendable {
    private let start: UInt64
    private let count = Atomic<UInt64>(0)

    init() {
        // The time of the start tells this run's files from those of earlier ones.
        start = UInt64(bitPattern: Int64(time(nil)))
    }

    func next() -> String {
        "\(String(start, radix: 36))-\(count.wrappingAdd(1, ordering: .relaxed).newValue)"
    }
}
