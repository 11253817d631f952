import Synchronization

/// Updates whose handlers were given up but may still run: whatever these do now must not count.
final class GivenUp: Sendable {
    private let updates = Mutex<Set<Int64>>([])

    func contains(_ update: Int64) -> Bool { updates.withLock { $0.contains(update) } }

    /// Throws where the handler of one of these was given up.
    func check(_ updates: [Int64]) throws(HandlerGivenUp) {
        let isGivenUp = self.updates.withLock { given in !given.isEmpty && updates.contains { given.contains($0) } }
        if isGivenUp { throw HandlerGivenUp() }
    }

    func insert(_ update: Int64) { updates.withLock { _ = $0.insert(update) } }
    func remove(_ update: Int64) { updates.withLock { _ = $0.remove(update) } }
}

/// What a handler that was given up meets when it tries to write.
struct HandlerGivenUp: Error, CustomStringConvertible {
    var description: String { "the handler took too long and was given up" }
}
