public import TelegramAPI

/// Buttons under a message.
///
/// ```swift
/// InlineKeyboard {
///     Row {
///         Button("👍", Vote(photo: 7, likes: true))
///         Button("👎", Vote(photo: 7, likes: false))
///     }
///     Button("Open the album", url: album)
/// }
/// ```
public struct InlineKeyboard: Keyboard, Equatable {
    /// Most buttons in a row that Telegram shows.
    public static let rowLimit = 8
    /// Most buttons altogether.
    public static let limit = 100

    /// The rows from top to bottom; empty ones are left out.
    public var rows: [Row]

    /// Rows one below the other; a button outside a row has one of its own.
    public init(@InlineKeyboardBuilder _ rows: () -> [Row]) {
        self.rows = rows()
    }

    /// Rows one below the other.
    public init(rows: [Row]) {
        self.rows = rows
    }

    /// Buttons from left to right, then down, so many to a row.
    public init(_ buttons: some Sequence<Button>, columns: Int) {
        precondition((1...Self.rowLimit).contains(columns), "1 to \(Self.rowLimit) columns")
        rows = []
        for (index, button) in buttons.enumerated() {
            if index % columns == 0 { rows.append(Row(buttons: [])) }
            rows[rows.count - 1].buttons.append(button)
        }
    }

    /// The keyboard for methods that take no other kind.
    ///
    /// - Throws: `LimitError`, or `CallbackPayloadError` where a button's value does not fit.
    public func inlineMarkup() throws -> InlineKeyboardMarkup {
        let rows = rows.filter { !$0.buttons.isEmpty }
        let count = rows.reduce(0) { $0 + $1.buttons.count }
        guard count <= Self.limit else { throw LimitError.tooManyButtons(count, limit: Self.limit) }
        return InlineKeyboardMarkup(
            inlineKeyboard: try rows.map { row in
                guard row.buttons.count <= Self.rowLimit else {
                    throw LimitError.tooManyButtonsInRow(row.buttons.count, limit: Self.rowLimit)
                }
                return try row.buttons.map { try $0.telegramButton() }
            })
    }

    /// The keyboard as Telegram takes it.
    public func markup() throws -> ReplyMarkup { .inlineKeyboard(try inlineMarkup()) }
}

/// Buttons side by side.
public struct Row: Sendable, Equatable {
    /// The buttons from left to right.
    public var buttons: [Button]

    /// Buttons side by side.
    public init(buttons: [Button]) {
        self.buttons = buttons
    }

    /// Buttons side by side.
    public init(@RowBuilder _ buttons: () -> [Button]) {
        self.buttons = buttons()
    }
}

/// A button of an inline keyboard.
public struct Button: Sendable, Equatable {
    private enum Action: Sendable, Equatable {
        case payload(Result<String, CallbackPayloadError>)
        case url(String)
        case webApp(String)
        case copy(String)
        case inlineHere(String)
        case inlineElsewhere(String)
        case pay
    }

    /// What stands on the button.
    public var title: String
    private var action: Action

    /// A button whose value goes under a tag that its type does not know.
    init(_ title: String, data tag: String, _ value: some Codable) {
        self.title = title
        action = .payload(Result { () throws(CallbackPayloadError) in try CallbackCoding.encode(value, tag: tag) })
    }

    /// A button that carries a value to the route `press`; a value that does not fit is reported when it is sent.
    public init(_ title: String, _ payload: some CallbackPayload) {
        self.title = title
        action = .payload(Result { () throws(CallbackPayloadError) in try payload.callbackData() })
    }

    /// A button that opens a URL.
    public init(_ title: String, url: String) {
        self.title = title
        action = .url(url)
    }

    /// A button that opens a Mini App.
    public init(_ title: String, webApp url: String) {
        self.title = title
        action = .webApp(url)
    }

    /// A button that copies a text of at most 256 characters.
    public init(_ title: String, copying text: String) {
        self.title = title
        action = .copy(text)
    }

    /// A button that begins an inline query in this chat.
    public init(_ title: String, inlineQuery query: String) {
        self.title = title
        action = .inlineHere(query)
    }

    /// A button that lets the person choose a chat and begins an inline query there.
    public init(_ title: String, inlineQueryElsewhere query: String) {
        self.title = title
        action = .inlineElsewhere(query)
    }

    /// The pay button of an invoice; it must be the first one.
    public static func pay(_ title: String) -> Button { Button(title: title, action: .pay) }

    private init(title: String, action: Action) {
        self.title = title
        self.action = action
    }

    func telegramButton() throws -> InlineKeyboardButton {
        guard !title.isEmpty else { throw LimitError.emptyButton }
        var button = InlineKeyboardButton(text: title)
        switch action {
        case .payload(let data): button.callbackData = try data.get()
        case .url(let url): button.url = url
        case .webApp(let url): button.webApp = WebAppInfo(url: url)
        case .copy(let text): button.copyText = CopyTextButton(text: text)
        case .inlineHere(let query): button.switchInlineQueryCurrentChat = query
        case .inlineElsewhere(let query): button.switchInlineQuery = query
        case .pay: button.pay = true
        }
        return button
    }
}
