public import JSON

/// What editing gives back: the message, or `true` for an inline message, which the bot cannot see.
public enum MessageOrTrue: Sendable, TelegramDecodable {
    /// The message as it is now.
    case message(Message)
    /// The edit was done on a message that the bot cannot see.
    case done

    /// Reads either form.
    public init(from reader: inout JSONReader) throws(JSONError) {
        if try reader.peekKind() == .bool {
            _ = try reader.readBool()
            self = .done
        } else {
            self = .message(try Message(from: &reader))
        }
    }

    /// The message, where there is one.
    public var message: Message? {
        if case .message(let message) = self { message } else { nil }
    }
}
