public import JSON

/// The number of a chat: positive for a private chat, negative for groups and channels; at most 52 bits.
public struct ChatID: RawRepresentable, Hashable, Comparable, Sendable, ExpressibleByIntegerLiteral,
    CustomStringConvertible, LosslessStringConvertible, TelegramDecodable, TelegramEncodable
{
    /// The number on the wire.
    public let rawValue: Int64

    /// Makes an id from its number.
    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// Makes an id from its number.
    public init(_ rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// Makes an id from a literal.
    public init(integerLiteral value: Int64) {
        rawValue = value
    }

    /// The private chat with a user has the user's number.
    public init(_ user: UserID) {
        rawValue = user.rawValue
    }

    /// Makes an id from its decimal digits.
    public init?(_ description: String) {
        guard let value = Int64(description) else { return nil }
        rawValue = value
    }

    /// Reads the number.
    public init(from reader: inout JSONReader) throws(JSONError) {
        rawValue = try reader.readInt64()
    }

    /// Writes the number.
    public func encode(into writer: inout ParameterWriter) {
        writer.integer(rawValue)
    }

    /// The decimal digits.
    public var description: String { String(rawValue) }

    /// Orders by number.
    public static func < (left: ChatID, right: ChatID) -> Bool { left.rawValue < right.rawValue }
}

/// The number of a user or bot; positive, at most 52 bits.
public struct UserID: RawRepresentable, Hashable, Comparable, Sendable, ExpressibleByIntegerLiteral,
    CustomStringConvertible, LosslessStringConvertible, TelegramDecodable, TelegramEncodable
{
    /// The number on the wire.
    public let rawValue: Int64

    /// Makes an id from its number.
    public init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// Makes an id from its number.
    public init(_ rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// Makes an id from a literal.
    public init(integerLiteral value: Int64) {
        rawValue = value
    }

    /// Makes an id from its decimal digits.
    public init?(_ description: String) {
        guard let value = Int64(description) else { return nil }
        rawValue = value
    }

    /// Reads the number.
    public init(from reader: inout JSONReader) throws(JSONError) {
        rawValue = try reader.readInt64()
    }

    /// Writes the number.
    public func encode(into writer: inout ParameterWriter) {
        writer.integer(rawValue)
    }

    /// The decimal digits.
    public var description: String { String(rawValue) }

    /// Orders by number.
    public static func < (left: UserID, right: UserID) -> Bool { left.rawValue < right.rawValue }
}

/// Where to send: a chat's number, or the `@username` of a bot, supergroup or channel.
public enum ChatTarget: Hashable, Sendable, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
    TelegramEncodable, CustomStringConvertible
{
    /// A chat by number.
    case id(ChatID)
    /// A bot, supergroup or channel by name; the `@` is added where it is missing.
    case username(String)

    /// Makes a target from a chat's number.
    public init(_ id: ChatID) {
        self = .id(id)
    }

    /// Makes a target from a user's number.
    public init(_ user: UserID) {
        self = .id(ChatID(user))
    }

    /// Makes a target from a number.
    public init(integerLiteral value: Int64) {
        self = .id(ChatID(value))
    }

    /// Makes a target from a name.
    public init(stringLiteral value: String) {
        self = .username(value)
    }

    /// Writes the number or the name.
    public func encode(into writer: inout ParameterWriter) {
        switch self {
        case .id(let id): id.encode(into: &writer)
        case .username: writer.string(description)
        }
    }

    /// The number's digits, or the name with its `@`.
    public var description: String {
        switch self {
        case .id(let id): id.description
        case .username(let name): name.hasPrefix("@") ? name : "@" + name
        }
    }
}
