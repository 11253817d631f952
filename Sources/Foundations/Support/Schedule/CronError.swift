/// Why a schedule was refused.
public enum CronError: Error, Equatable, Sendable {
    /// Nothing but white space.
    case empty
}
