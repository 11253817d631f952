public import Storage
public import Support

/// Work that must not be lost: its values are stored, and it is done at least once.
///
/// ```swift
/// struct SendPhoto: Job {
///     static let kind = "send-photo"
///     var chat: Int64
/// }
/// ```
///
/// The stored form is JSON: a field added later must be optional or have a default in `init(from:)`.
public protocol Job: Codable, Sendable {
    /// The stable name under which the handler is found, also after a restart with newer code.
    static var kind: String { get }
}

/// The number of a stored job.
public struct JobID: RawRepresentable, Hashable, Comparable, Sendable, SQLBindable, SQLReadable {
    /// The number.
    public var rawValue: Int64

    /// Makes an id of a number.
    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// Older jobs come first.
    public static func < (left: JobID, right: JobID) -> Bool { left.rawValue < right.rawValue }
}

/// What a handler says about the run that it has finished.
public enum JobOutcome: Sendable, Equatable {
    /// The work is done.
    case done
    /// Not yet: run again after the delay. This is no attempt, however often it happens.
    case snooze(Duration)
    /// It failed; run again after the delay (nil: by the back-off), or discard it after the last attempt.
    case retry(after: Duration? = nil, reason: String)
    /// It shall not be done any more.
    case cancel(reason: String)
}

/// Where a job stands in its life.
public enum JobState: String, Sendable, CaseIterable, SQLBindable, SQLReadable {
    /// To be run now.
    case available
    /// To be run at a later time, by wish.
    case scheduled
    /// A runner holds the lease and works on it.
    case running
    /// To be run again after a failure.
    case retryable
    /// Done.
    case completed
    /// Called off.
    case cancelled
    /// Given up after the last attempt.
    case discarded

    /// Whether nothing more happens to it.
    public var isFinal: Bool {
        switch self {
        case .completed, .cancelled, .discarded: true
        case .available, .scheduled, .running, .retryable: false
        }
    }
}

/// How a job is to be run.
public struct JobOptions: Sendable {
    /// Not before this time; nil for at once.
    public var at: Timestamp?
    /// While a job with this key is not final, no second one is stored.
    public var uniqueKey: String?
    /// Higher runs first.
    public var priority = 0
    /// After how many failed runs it is discarded.
    public var maxAttempts = 10
    /// Jobs of one key, such as a chat, take turns with those of others.
    public var fairnessKey: String?
    /// A name that groups jobs for runners that take only some of them.
    public var queue = "default"

    /// The usual options.
    public init(
        at: Timestamp? = nil, uniqueKey: String? = nil, priority: Int = 0, maxAttempts: Int = 10,
        fairnessKey: String? = nil, queue: String = "default"
    ) {
        self.at = at
        self.uniqueKey = uniqueKey
        self.priority = priority
        self.maxAttempts = maxAttempts
        self.fairnessKey = fairnessKey
        self.queue = queue
    }
}
