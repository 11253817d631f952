public import TelegramAPI

/// Buttons in place of the person's keyboard; a press sends the button's text as a message.
public struct ReplyKeyboard: Keyboard, Equatable {
    /// A button of a reply keyboard.
    public struct Button: Sendable, Equatable, ExpressibleByStringLiteral {
        enum Request: Sendable, Equatable {
            case contact
            case location
            case person(Int)
        }

        let title: String
        let request: Request?

        /// A button that sends its title.
        public init(_ title: String) {
            self.title = title
            request = nil
        }

        /// A button that sends its title.
        public init(stringLiteral title: String) {
            self.init(title)
        }

        private init(_ title: String, _ request: Request) {
            self.title = title
            self.request = request
        }

        /// A button that sends the person's phone number, in private chats.
        public static func contact(_ title: String) -> Button { Button(title, .contact) }
        /// A button that sends the person's location, in private chats.
        public static func location(_ title: String) -> Button { Button(title, .location) }
        /// A button that lets the person choose another one, whose number and name come as `message.usersShared`.
        public static func person(_ title: String, request: Int) -> Button { Button(title, .person(request)) }
    }

    private let rows: [[Button]]
    private let isPersistent: Bool
    private let isOneTime: Bool
    private let placeholder: String?

    /// Rows of buttons, as low as they fit; `persistent` keeps them open, `oneTime` hides them after a press.
    public init(_ rows: [[Button]], persistent: Bool = false, oneTime: Bool = false, placeholder: String? = nil) {
        self.rows = rows
        isPersistent = persistent
        isOneTime = oneTime
        self.placeholder = placeholder
    }

    /// The keyboard as Telegram takes it.
    public func markup() throws -> ReplyMarkup {
        let count = rows.reduce(0) { $0 + $1.count }
        guard count <= 300 else { throw LimitError.tooManyButtons(count, limit: 300) }
        return .replyKeyboard(
            ReplyKeyboardMarkup(
                keyboard: try rows.filter { !$0.isEmpty }.map { row in
                    guard row.count <= 12 else { throw LimitError.tooManyButtonsInRow(row.count, limit: 12) }
                    return try row.map { button in
                        guard !button.title.isEmpty else { throw LimitError.emptyButton }
                        return button.telegramButton
                    }
                }, isPersistent: isPersistent ? true : nil, resizeKeyboard: true,
                oneTimeKeyboard: isOneTime ? true : nil, inputFieldPlaceholder: placeholder))
    }
}

extension ReplyKeyboard.Button {
    fileprivate var telegramButton: KeyboardButton {
        var button = KeyboardButton(text: title)
        switch request {
        case .contact: button.requestContact = true
        case .location: button.requestLocation = true
        case .person(let id):
            button.requestUsers = KeyboardButtonRequestUsers(
                requestID: id, userIsBot: false, requestName: true, requestUsername: true)
        case nil: break
        }
        return button
    }
}
