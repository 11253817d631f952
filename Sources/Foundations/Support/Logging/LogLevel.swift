/// How much a log record matters, from the least to the most.
public enum LogLevel: Int, Sendable, Comparable, CaseIterable {
    /// Detail for whoever looks for a fault.
    case debug
    /// What happens in the normal course.
    case info
    /// What happens seldom and is worth knowing: a start, a stop, a changed setting.
    case notice
    /// What was not right and was dealt with.
    case warning
    /// What failed.
    case error

    /// The name as it stands in logs and in the configuration.
    public var name: String {
        switch self {
        case .debug: "debug"
        case .info: "info"
        case .notice: "notice"
        case .warning: "warning"
        case .error: "error"
        }
    }

    /// Reads a level's name, in any case.
    public init?(name: String) {
        guard let level = LogLevel.allCases.first(where: { $0.name == name.lowercased() }) else { return nil }
        self = level
    }

    /// Whether `left` matters less than `right`.
    public static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }
}
