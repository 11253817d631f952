/// The loop's time, read once for each of its turns, so that callbacks need not ask the system.
///
/// Unchecked: only the loop's thread uses it.
final class LoopClock: @unchecked Sendable {
    /// Monotonic nanoseconds.
    var now: Int64 = 0
}
