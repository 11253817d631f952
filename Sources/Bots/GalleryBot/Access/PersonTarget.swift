internal import TelegramAPI

/// Whom an owner means: by number, username, reply, forwarded message, contact or the picker.
enum PersonTarget: Equatable, Sendable {
    case person(Acquaintance)
    case number(UserID)
    /// Without `@`.
    case username(String)
    /// Telegram does not tell whose message or contact it is.
    case hidden
    case bot
    /// The message names nobody.
    case nobody

    /// Reads a message; `argument` is what follows the command, or the whole text inside the dialogue.
    init(_ message: Message, argument: String?) {
        if let shared = message.usersShared?.users.first {
            let name = [shared.firstName, shared.lastName].compactMap(\.self).joined(separator: " ")
            self =
                name.isEmpty
                ? .number(shared.userID)
                : .person(Acquaintance(id: shared.userID, name: name, username: shared.username))
            return
        }
        if let own = Self.carried(by: message) {
            self = own
            return
        }
        if let mention = message.entities?.compactMap(\.user).first {
            self = Self(mention)
            return
        }
        if let argument, !argument.isEmpty {
            self = Self(text: argument)
            return
        }
        self = message.replyToMessage.flatMap(Self.carried) ?? .nobody
    }

    private init(_ user: User) {
        self = user.isBot ? .bot : .person(Acquaintance(user))
    }

    private init(text: String) {
        if text.hasPrefix("@") {
            let name = text.dropFirst()
            let isName = !name.isEmpty && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
            self = isName ? .username(String(name)) : .nobody
        } else if let number = Int64(text), number > 0, number < 1 << 52 {
            self = .number(UserID(number))
        } else {
            self = .nobody
        }
    }

    /// The person whom a forwarded message or a contact brings; nil where the message is neither.
    private static func carried(by message: Message) -> Self? {
        if let contact = message.contact {
            guard let id = contact.userID else { return .hidden }
            let name = [contact.firstName, contact.lastName].compactMap(\.self).joined(separator: " ")
            return .person(Acquaintance(id: id, name: name, username: nil))
        }
        switch message.forwardOrigin {
        case .user(let origin): return Self(origin.senderUser)
        case nil: return nil
        default: return .hidden
        }
    }
}
