/// Why a time zone cannot be used.
public enum TimeZoneError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The text cannot be the name of a zone.
    case invalidName(String)
    /// The system has no zone of this name.
    case unknown(String)
    /// The zone's file is damaged.
    case unreadable(String, reason: String)

    /// What to say in English.
    public var description: String {
        switch self {
        case .invalidName(let name), .unknown(let name):
            "unknown time zone “\(name)”; write a name such as Europe/Berlin or UTC"
        case .unreadable(let name, let reason): "the time zone file of \(name) cannot be read: \(reason)"
        }
    }

    /// What to say in Russian.
    public var russian: String {
        switch self {
        case .invalidName(let name), .unknown(let name):
            "Неизвестный часовой пояс «\(name)». Напишите название вроде Europe/Moscow или UTC."
        case .unreadable(let name, _): "Не удалось прочитать данные часового пояса «\(name)»."
        }
    }
}
