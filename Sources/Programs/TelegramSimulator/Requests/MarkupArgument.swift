/// Reads `reply_markup`.
enum MarkupArgument {
    static let maximumCallbackData = 64
    /// The service keeps the first 12 buttons of a row and 300 of a keyboard, and drops the rest in silence.
    static let maximumRow = 12
    static let maximumButtons = 300

    static func parse(_ arguments: Arguments, isLocal: Bool) throws(APIError) -> ReplyMarkup? {
        let text = arguments["reply_markup"]
        if text.isEmpty { return nil }
        guard let node = JSONNode(text) else {
            throw .badRequest("can't parse reply keyboard markup JSON object")
        }
        return try parse(node, isLocal: isLocal)
    }

    /// The inline keyboard that an edit allows; other markup is refused.
    static func inline(_ arguments: Arguments, isLocal: Bool) throws(APIError) -> InlineKeyboard? {
        switch try parse(arguments, isLocal: isLocal) {
        case nil: return nil
        case .inline(let keyboard): return keyboard
        default: throw .badRequest("inline keyboard expected")
        }
    }

    static func parse(_ node: JSONNode, isLocal: Bool) throws(APIError) -> ReplyMarkup? {
        guard node.isObject else { throw .badRequest("object expected as reply markup") }
        let isSelective = node["selective"]?.bool ?? false
        if let rows = node["keyboard"] { return .keyboard(try keyboard(node, rows), isSelective: isSelective) }
        if let rows = node["inline_keyboard"] {
            let keyboard = try inline(rows, isLocal: isLocal)
            return .inline(keyboard)
        }
        if node["remove_keyboard"]?.bool == true { return .remove(isSelective: isSelective) }
        if node["force_reply"]?.bool == true {
            return .forceReply(placeholder: node["input_field_placeholder"]?.string, isSelective: isSelective)
        }
        return nil
    }

    // MARK: Reply keyboards

    private static func keyboard(_ node: JSONNode, _ rows: JSONNode) throws(APIError) -> ReplyKeyboard {
        guard let rows = rows.array else { throw .badRequest("field \"keyboard\" must be of type Array") }
        var keyboard = ReplyKeyboard(message: 0)
        keyboard.resizes = node["resize_keyboard"]?.bool ?? false
        keyboard.isOneTime = node["one_time_keyboard"]?.bool ?? false
        keyboard.isPersistent = node["is_persistent"]?.bool ?? false
        keyboard.placeholder = node["input_field_placeholder"]?.string
        var left = maximumButtons
        for row in rows {
            guard let buttons = row.array else {
                throw .badRequest("can't parse keyboard button: Array of Arrays expected")
            }
            var kept: [KeyboardButton] = []
            for button in buttons where kept.count < maximumRow && left > 0 {
                kept.append(try self.button(button))
                left -= 1
            }
            if !kept.isEmpty { keyboard.rows.append(kept) }
        }
        return keyboard
    }

    private static func button(_ node: JSONNode) throws(APIError) -> KeyboardButton {
        if let text = node.string { return KeyboardButton(text: text) }
        guard node.isObject else {
            throw .badRequest("can't parse keyboard button: KeyboardButton must be an Object")
        }
        guard let text = node["text"]?.scalar, !text.isEmpty else {
            throw .badRequest("can't parse keyboard button: Field \"text\" must be of type String")
        }
        var button = KeyboardButton(text: text, style: node["style"]?.string)
        for name in ["request_contact", "request_location"] where node[name]?.bool == true { button.request = name }
        for name in ["request_poll", "request_users", "request_chat"] where node[name]?.isObject == true {
            button.request = name
            button.wish = node[name]?.bytes
        }
        if let app = node["web_app"] {
            button.request = "web_app"
            button.url = app["url"]?.string
        }
        return button
    }

    // MARK: Inline keyboards

    static func inline(_ rows: JSONNode, isLocal: Bool) throws(APIError) -> InlineKeyboard {
        guard let rows = rows.array else { throw .badRequest("field \"inline_keyboard\" must be of type Array") }
        var keyboard: InlineKeyboard = []
        var left = maximumButtons
        for row in rows {
            guard let buttons = row.array else {
                throw .badRequest("can't parse inline keyboard button: Array of Arrays expected")
            }
            var kept: [InlineButton] = []
            for button in buttons where kept.count < maximumRow && left > 0 {
                kept.append(try inlineButton(button, isLocal: isLocal))
                left -= 1
            }
            if !kept.isEmpty { keyboard.append(kept) }
        }
        return keyboard
    }

    private static func inlineButton(_ node: JSONNode, isLocal: Bool) throws(APIError) -> InlineButton {
        guard node.isObject else {
            throw .badRequest("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
        }
        guard let text = node["text"]?.scalar else {
            throw .badRequest("can't parse inline keyboard button: Can't find field \"text\"")
        }
        if text.trimmingSpaces().isEmpty { throw .badRequest("BUTTON_TEXT_INVALID") }
        return InlineButton(
            text: text, action: try action(node, isLocal: isLocal), style: node["style"]?.string,
            icon: node["icon_custom_emoji_id"]?.scalar)
    }

    private static func action(_ node: JSONNode, isLocal: Bool) throws(APIError) -> InlineButton.Action {
        if let url = node["url"]?.string {
            if Links.user(in: url) != nil { return .url(url) }
            guard let checked = Links.checked(url) else {
                throw .badRequest("inline keyboard button URL '\(url)' is invalid: Wrong HTTP URL")
            }
            return .url(checked)
        }
        if let data = node["callback_data"]?.scalar {
            guard (1...maximumCallbackData).contains(data.utf8.count) else { throw .badRequest("BUTTON_DATA_INVALID") }
            return .callback(data)
        }
        if node["callback_game"]?.isObject == true { return .game }
        if node["pay"]?.bool == true { return .pay }
        if let query = node["switch_inline_query"]?.string { return .switchInline(query) }
        if let chosen = node["switch_inline_query_chosen_chat"], chosen.isObject {
            return .switchInlineChosen(query: chosen["query"]?.string ?? "", json: chosen.bytes)
        }
        if let query = node["switch_inline_query_current_chat"]?.string { return .switchInlineCurrent(query) }
        if let login = node["login_url"], let url = login["url"]?.string { return .login(url: url, json: login.bytes) }
        if let url = node["web_app"]?["url"]?.string {
            guard WebAppLink.isAllowed(url, isLocal: isLocal) else {
                throw .badRequest(
                    "inline keyboard button Web App URL '\(url)' is invalid: Only HTTPS links are allowed")
            }
            return .webApp(url)
        }
        if let copied = node["copy_text"]?["text"]?.string {
            guard (1...256).contains(copied.unicodeScalars.count) else { throw .badRequest("BUTTON_COPY_TEXT_INVALID") }
            return .copy(copied)
        }
        if let disabled = node["disabled"], disabled.isObject { return .disabled(json: disabled.bytes) }
        throw .badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    }
}

/// Which links may open as a web app: HTTPS ones, and plain ones to this machine in local mode.
enum WebAppLink {
    static func isAllowed(_ url: String, isLocal: Bool) -> Bool {
        if url.lowercased().hasPrefix("https://") { return true }
        return isLocal && ["http://127.0.0.1", "http://localhost", "http://[::1]"].contains { url.hasPrefix($0) }
    }
}
