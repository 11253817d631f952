/// A moment in time, in whole microseconds since 1970-01-01T00:00:00Z (without leap seconds).
public struct Timestamp: Comparable, Hashable, Sendable {
    /// Microseconds since 1970 UTC.
    public var microseconds: Int64

    /// Makes a moment from microseconds since 1970 UTC.
    public init(microseconds: Int64) { self.microseconds = microseconds }

    /// Makes a moment from whole seconds since 1970 UTC (Unix time, as Telegram's `date` fields have it).
    public init(seconds: Int64) { self.microseconds = seconds * 1_000_000 }

    /// Whole seconds since 1970 UTC, rounded down.
    public var seconds: Int64 {
        let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// The moment `duration` later (earlier when negative), to the microsecond.
    public func adding(_ duration: Duration) -> Timestamp {
        Timestamp(microseconds: microseconds + duration.microseconds)
    }

    /// The time from `other` to this moment; negative when `other` is later.
    public func since(_ other: Timestamp) -> Duration {
        .microseconds(microseconds - other.microseconds)
    }

    /// The moment `duration` later.
    public static func + (moment: Timestamp, duration: Duration) -> Timestamp { moment.adding(duration) }

    /// The moment `duration` earlier.
    public static func - (moment: Timestamp, duration: Duration) -> Timestamp {
        Timestamp(microseconds: moment.microseconds - duration.microseconds)
    }

    /// Whether `left` comes before `right`.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.microseconds < right.microseconds }
}

extension Duration {
    /// The length in whole microseconds, cut towards zero.
    public var microseconds: Int64 {
        let parts = components
        return parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000
    }

    /// The length in seconds, as a floating-point number.
    public var inSeconds: Double {
        let parts = components
        return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
    }
}
