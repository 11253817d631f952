public import JSON

/// A message that may be deleted or otherwise out of the bot's reach: then its date is 0.
public enum MaybeInaccessibleMessage: Sendable, TelegramDecodable {
    /// The message.
    case message(Message)
    /// What is left of a message that cannot be read.
    case inaccessible(InaccessibleMessage)

    private static let keys = JSONKeyTable("date")

    /// Reads either form.
    public init(from reader: inout JSONReader) throws(JSONError) {
        let start = reader.mark
        var date = 0
        try reader.beginObject()
        while let field = try reader.nextKey(in: Self.keys) {
            if field == 0 {
                date = try reader.readInt()
                break
            }
            try reader.skipValue()
        }
        reader.rewind(to: start)
        if date == 0 {
            self = .inaccessible(try InaccessibleMessage(from: &reader))
        } else {
            self = .message(try Message(from: &reader))
        }
    }

    /// The message, where it can be read.
    public var message: Message? {
        if case .message(let message) = self { message } else { nil }
    }

    /// The chat, in either form.
    public var chat: Chat {
        switch self {
        case .message(let message): message.chat
        case .inaccessible(let message): message.chat
        }
    }

    /// The message's number in its chat, in either form.
    public var messageID: Int {
        switch self {
        case .message(let message): message.messageID
        case .inaccessible(let message): message.messageID
        }
    }
}
