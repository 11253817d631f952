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
        let keys = try rows(
            node["keyboard"], "keyboard", "field \"keyboard\" must be an Array of Arrays"
        ) { (button) throws(APIError) in try self.button(button) }
        let inline = try rows(
            node["inline_keyboard"], "inline_keyboard",
            "field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array of Arrays"
        ) { (button) throws(APIError) in try inlineButton(button, isLocal: isLocal) }
        let isSelective = isSet(node, "selective", "personal_keyboard")
        if let keys {
            return keys.isEmpty ? nil : .keyboard(keyboard(node, keys), isSelective: isSelective)
        }
        if let inline {
            try checkSize(inline)
            return inline.isEmpty ? nil : .inline(inline)
        }
        if isSet(node, "remove_keyboard", "hide_keyboard") { return .remove(isSelective: isSelective) }
        if isSet(node, "force_reply", "force_reply_keyboard") {
            return .forceReply(placeholder: node["input_field_placeholder"]?.string, isSelective: isSelective)
        }
        return nil
    }

    /// Whether a field is true, under its name or that of old.
    private static func isSet(_ node: JSONNode, _ name: String, _ old: String) -> Bool {
        node[name]?.bool == true || node[old]?.bool == true
    }

    /// Reads all buttons of a keyboard and drops what is too much; nil where there is no row.
    private static func rows<Button>(
        _ list: JSONNode?, _ name: String, _ fault: String, _ read: (JSONNode) throws(APIError) -> Button
    ) throws(APIError) -> [[Button]]? {
        guard let list, !list.isNull else { return nil }
        guard let items = list.array else { throw .badRequest("field \"\(name)\" must be of type Array") }
        var result: [[Button]] = []
        var left = maximumButtons
        for item in items {
            guard let buttons = item.array else { throw .badRequest(fault) }
            var row: [Button] = []
            for node in buttons {
                let button = try read(node)
                guard row.count < maximumRow, left > 0 else { continue }
                row.append(button)
                left -= 1
            }
            if !row.isEmpty { result.append(row) }
        }
        return items.isEmpty ? nil : result
    }

    // MARK: Reply keyboards

    private static func keyboard(_ node: JSONNode, _ rows: [[KeyboardButton]]) -> ReplyKeyboard {
        var keyboard = ReplyKeyboard(message: 0)
        keyboard.rows = rows
        keyboard.resizes = node["resize_keyboard"]?.bool ?? false
        keyboard.isOneTime = node["one_time_keyboard"]?.bool ?? false
        keyboard.isPersistent = node["is_persistent"]?.bool ?? false
        keyboard.placeholder = node["input_field_placeholder"]?.string
        return keyboard
    }

    private static func button(_ node: JSONNode) throws(APIError) -> KeyboardButton {
        if let text = node.string { return KeyboardButton(text: try filled(text, "keyboard")) }
        guard node.isObject else {
            throw .badRequest("can't parse keyboard button: KeyboardButton must be a String or an Object")
        }
        guard let text = node["text"]?.scalar else {
            throw .badRequest("can't parse keyboard button: Can't find field \"text\"")
        }
        var button = KeyboardButton(text: try filled(text, "keyboard"), style: node["style"]?.string)
        if isSet(node, "request_contact", "request_phone_number") {
            button.request = "request_contact"
        } else if node["request_location"]?.bool == true {
            button.request = "request_location"
        }
        if node["request_managed_bot"]?.isObject == true { throw Unsimulated.refusal("request_managed_bot") }
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

    private static func filled(_ text: String, _ kind: String) throws(APIError) -> String {
        if text.isEmpty { throw .badRequest("\(kind) button text must be non-empty") }
        return text
    }

    // MARK: Inline keyboards

    /// About what a keyboard of one message may take: texts, data and links together.
    static let maximumInlineBytes = 10_240

    private static func checkSize(_ keyboard: InlineKeyboard) throws(APIError) {
        var size = 0
        for button in keyboard.joined() {
            size += button.text.utf8.count
            switch button.action {
            case .callback(let text), .url(let text), .webApp(let text), .switchInline(let text),
                .switchInlineCurrent(let text), .copy(let text):
                size += text.utf8.count
            case .login(_, let json), .switchInlineChosen(_, let json), .disabled(let json): size += json.count
            case .game, .pay: break
            }
        }
        if size > maximumInlineBytes { throw .badRequest("reply markup is too long") }
    }

    private static func inlineButton(_ node: JSONNode, isLocal: Bool) throws(APIError) -> InlineButton {
        guard node.isObject else {
            throw .badRequest("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
        }
        guard let text = node["text"]?.scalar else {
            throw .badRequest("can't parse inline keyboard button: Can't find field \"text\"")
        }
        let action = try action(node, isLocal: isLocal)
        if try filled(text, "inline keyboard").trimmingSpaces().isEmpty { throw .badRequest("BUTTON_TEXT_INVALID") }
        return InlineButton(
            text: text, action: action, style: node["style"]?.string, icon: node["icon_custom_emoji_id"]?.scalar)
    }

    private static func action(_ node: JSONNode, isLocal: Bool) throws(APIError) -> InlineButton.Action {
        // An empty link or datum is none: the button may be of another kind.
        if let url = node["url"]?.string, !url.isEmpty {
            if Links.user(in: url) != nil { return .url(url) }
            guard let checked = Links.checked(url) else {
                throw .badRequest("inline keyboard button URL '\(url)' is invalid: Wrong HTTP URL")
            }
            return .url(checked)
        }
        if let data = node["callback_data"]?.scalar, !data.isEmpty {
            guard data.utf8.count <= maximumCallbackData else { throw .badRequest("BUTTON_DATA_INVALID") }
            return .callback(data)
        }
        if node["callback_game"]?.isObject == true { return .game }
        if node["pay"]?.bool == true { return .pay }
        if let query = node["switch_inline_query"]?.string { return .switchInline(query) }
        if let chosen = node["switch_inline_query_chosen_chat"], chosen.isObject {
            guard ChosenChats(chosen).isAny else { throw .badRequest("at least one chat type must be allowed") }
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

/// The kinds of chat to which an inline result may go.
struct ChosenChats: Codable, Hashable, Sendable {
    var users: Bool
    var bots: Bool
    var groups: Bool
    var channels: Bool

    init(_ isSet: (String) -> Bool) {
        users = isSet("allow_user_chats")
        bots = isSet("allow_bot_chats")
        groups = isSet("allow_group_chats")
        channels = isSet("allow_channel_chats")
    }

    init(_ node: JSONNode) { self.init { node[$0]?.bool ?? false } }

    var isAny: Bool { users || bots || groups || channels }
}

/// Which links may open as a web app: HTTPS ones, and plain ones to this machine in local mode.
enum WebAppLink {
    static func isAllowed(_ url: String, isLocal: Bool) -> Bool {
        if url.lowercased().hasPrefix("https://") { return true }
        return isLocal && ["http://127.0.0.1", "http://localhost", "http://[::1]"].contains { url.hasPrefix($0) }
    }
}
