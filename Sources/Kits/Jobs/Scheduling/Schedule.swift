import Storage
public import Support

/// A named, stored rule that makes a job at certain times.
public struct Schedule: Sendable, Equatable {
    /// The name under which it is changed and removed.
    public var name: String
    /// The times, in the five fields of cron; several expressions are separated by `;`.
    public var cron: String
    /// The IANA name of the time zone that they are in.
    public var zone: String
    /// The kind of the jobs it makes.
    public var kind: String
    /// Whether it makes any.
    public var isEnabled: Bool
    /// How late a job may still be made, after the program did not run.
    public var grace: Duration
    /// When it makes the next job; nil where that is never.
    public var nextRun: Timestamp?
    /// The time of the last job it has made.
    public var lastRun: Timestamp?

    var arguments: String

    init(_ row: Row) throws {
        name = try row.get("name")
        cron = try row.get("cron")
        zone = try row.get("zone")
        kind = try row.get("kind")
        isEnabled = try row.get("enabled")
        grace = .microseconds(try row.get("grace", as: Int64.self))
        nextRun = try row.get("next_run")
        lastRun = try row.get("last_run")
        arguments = try row.get("args")
    }
}
