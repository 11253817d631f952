extension TelegramError {
    /// What to do about it, where that is known.
    public var hint: String? {
        switch self {
        case .unauthorized: "check the bot's token; @BotFather shows and renews it"
        case .conflict(.otherPoller, _): "another process runs with this token; stop it or use a token of its own"
        case .conflict(.webhook, _): "delete the webhook before polling"
        case .forbidden(.blocked, _), .forbidden(.deactivated, _): "stop sending to this user"
        case .forbidden(.notStarted, _): "the person has to press Start first"
        case .forbidden(.kicked, _), .forbidden(.notMember, _), .forbidden(.chatDeleted, _):
            "stop sending to this chat until the bot is added again"
        case .forbidden(.missingRights, _): "give the bot the right in the chat's administrator settings"
        case .notFound(.chat, _): "check the chat's id; the bot must have met the chat, and channels need membership"
        case .notFound(.method, _): "the server is older than this Bot API version"
        case .unparsableEntities: "escape the text for its parse mode, or send entities instead"
        case .tooLarge: "split the text, or send a smaller file; a local Bot API server takes up to 2000 MB"
        case .queryExpired: "answer callback queries at once, pre-checkout queries within 10 seconds"
        case .file(.wrongID, _): "file ids belong to one bot and one kind of file; upload the file again"
        case .file(.unfetchable, _): "upload the file instead of sending its URL"
        case .file(.tooBig, _): "bots download up to 20 MB and upload up to 50 MB without a local Bot API server"
        case .badRequest(let description, _): Self.hint(for: description)
        default: nil
        }
    }

    private static func hint(for description: String) -> String? {
        let hints = [
            ("BUTTON_DATA_INVALID", "callback data has 1 to 64 bytes"),
            ("BUTTON_URL_INVALID", "a button's URL must be http, https or tg"),
            ("inline keyboard", "a button needs a text and exactly one action"),
            ("TOPIC_CLOSED", "reopen the topic or send to another one"),
            ("bad webhook", "webhooks need HTTPS on port 443, 80, 88 or 8443"),
            ("CURRENCY_INVALID", "use an ISO 4217 code, or XTR for Stars"),
        ]
        return hints.first { description.contains($0.0) }?.1
    }
}
