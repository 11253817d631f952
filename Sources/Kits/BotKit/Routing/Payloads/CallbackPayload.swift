/// A value that a button carries and that comes back when somebody presses it.
///
/// ```swift
/// struct Vote: CallbackPayload { var photo: Int; var likes: Bool }
///
/// routes.press(Vote.self) { ctx, vote in … }
/// keyboard.button("👍", Vote(photo: 7, likes: true))
/// ```
///
/// Telegram gives a button 64 bytes. The value is written compactly, property after property in the order of their
/// declaration, after the tag. Changing the properties makes old buttons stale; a stale button answers politely.
public protocol CallbackPayload: Codable, Sendable {
    /// What tells this type from the bot's other payloads: short, unique within the bot, without `:`.
    static var tag: String { get }
}

extension CallbackPayload {
    /// The type's name.
    public static var tag: String { String(describing: Self.self) }

    /// The data of a button.
    ///
    /// - Throws: `CallbackPayloadError` where it does not fit or cannot be written.
    public func callbackData() throws(CallbackPayloadError) -> String {
        try CallbackCoding.encode(self, tag: Self.tag)
    }

    /// Reads the data of a button; nil where the data belong to another type.
    ///
    /// - Throws: `CallbackPayloadError.stale` where the type has changed since the button was made.
    public init?(callbackData: String) throws(CallbackPayloadError) {
        guard let value = try CallbackCoding.decode(Self.self, tag: Self.tag, from: callbackData) else { return nil }
        self = value
    }
}

/// Why a payload cannot be written on a button or read from one.
public enum CallbackPayloadError: Error, Equatable, CustomStringConvertible {
    /// More than 64 bytes of UTF-8.
    case tooLong(type: String, bytes: Int)
    /// The type has a shape that cannot be written.
    case unsupported(type: String, String)
    /// The data were written by another version of the type.
    case stale(type: String)

    /// The fault in one line, without the payload's contents.
    public var description: String {
        switch self {
        case .tooLong(let type, let bytes):
            "a button's \(type) takes \(bytes) bytes of at most \(CallbackCoding.limit): shorten the tag or its texts, "
                + "or carry an id and look the rest up"
        case .unsupported(let type, let reason): "\(type) cannot be written on a button: \(reason)"
        case .stale(let type): "a button carries an outdated \(type)"
        }
    }
}
