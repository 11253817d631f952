public import TelegramAPI

/// What stands below a message or in place of the person's keyboard.
public protocol Keyboard: Sendable {
    /// The keyboard as Telegram takes it, checked against its limits.
    ///
    /// - Throws: `LimitError`, or `CallbackPayloadError` where a button's value does not fit.
    func markup() throws -> ReplyMarkup
}

/// Takes a reply keyboard away.
public struct KeyboardRemoval: Keyboard {
    /// Asks Telegram to remove it.
    public func markup() -> ReplyMarkup { .removeKeyboard(ReplyKeyboardRemove(removeKeyboard: true)) }
}

/// Opens the reply field, so that the person only has to write.
public struct ReplyPrompt: Keyboard {
    let placeholder: String?
    /// Only for the person whose message is replied to.
    var isSelective = false

    /// Asks for the reply, with a hint in the empty field (64 characters).
    public func markup() -> ReplyMarkup {
        .forceReply(
            ForceReply(
                forceReply: true, inputFieldPlaceholder: placeholder, selective: isSelective ? true : nil))
    }
}

extension Keyboard where Self == KeyboardRemoval {
    /// Takes the reply keyboard away.
    public static var removed: KeyboardRemoval { KeyboardRemoval() }
}

extension Keyboard where Self == ReplyPrompt {
    /// Opens the reply field with a hint.
    public static func prompt(_ placeholder: String? = nil) -> ReplyPrompt { ReplyPrompt(placeholder: placeholder) }
}
