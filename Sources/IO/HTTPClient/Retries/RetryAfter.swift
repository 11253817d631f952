import HTTP
import Support

/// The pause that an answer asks for (`Retry-After`, RFC 9110 section 10.2.3).
enum RetryAfter {
    /// Reads seconds or a date.
    ///
    /// Nothing if it is neither; a date that has passed means no pause.
    static func parse(_ value: String, now: Timestamp) -> Duration? {
        if !value.isEmpty, value.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
            // More digits than a number holds are more seconds than anybody waits.
            return .seconds(min(Int64(value) ?? .max, 1 << 40))
        }
        guard let date = HTTPDate.parse(value) else { return nil }
        return max(.zero, .seconds(date - now.microseconds / 1_000_000))
    }
}
