import HTTP
import JSON

extension TelegramError {
    /// Makes the error of an answer that does not say `"ok":true`.
    ///
    /// The body may be Telegram's JSON, a proxy's HTML, cut short or empty; then the status alone decides. The
    /// texts are those of tdlib/telegram-bot-api and of Telegram's cloud.
    package init(status: Int, retryAfterField: String?, body: [UInt8]) {
        guard let failure = Failure(body) else {
            self = Self.withoutJSON(status, retryAfterField)
            return
        }
        let code = failure.code ?? status
        let text = failure.description
        if let chat = failure.migrateTo {
            self = .migrated(to: chat)
            return
        }
        switch code {
        case 429:
            let seconds =
                failure.retryAfter ?? retryAfterField.flatMap { Int($0) }
                ?? Self.number(after: "retry after ", in: text)
            self = .retryAfter(Self.pause(seconds), description: text)
        case 401, 421: self = .unauthorized(description: text)
        case 404:
            self =
                text.lowercased().contains("method not found")
                ? .notFound(.method, description: text) : .unauthorized(description: text)
        case 403: self = .forbidden(Self.refusal(text.lowercased()), description: text)
        case 409: self = .conflict(Self.conflict(text.lowercased()), description: text)
        case 413: self = .tooLarge(description: text)
        case 500...: self = .server(status: code, description: text)
        default: self = Self.badRequest(text, code)
        }
    }

    private static func withoutJSON(_ status: Int, _ retryAfterField: String?) -> TelegramError {
        let reason = HTTPStatus(rawValue: status).reason
        switch status {
        case 429: return .retryAfter(pause(retryAfterField.flatMap { Int($0) }), description: reason)
        case 401: return .unauthorized(description: reason)
        case 413: return .tooLarge(description: reason)
        // Telegram always answers JSON to a method call, so a page without it is a proxy's or a wrong base URL's.
        default: return .server(status: status, description: "the answer is not Telegram's JSON")
        }
    }

    /// A pause that Telegram did not name is a second; none is longer than a day.
    private static func pause(_ seconds: Int?) -> Duration {
        .seconds(min(max(seconds ?? 1, 0), 86_400))
    }

    private static func refusal(_ text: String) -> Refusal {
        let reasons: [(String, Refusal)] = [
            ("blocked by the user", .blocked), ("user is deactivated", .deactivated), ("was kicked", .kicked),
            ("not a member", .notMember), ("can't initiate conversation", .notStarted),
            ("can't send messages to the bot", .toBot), ("can't send messages to bots", .toBot),
            ("chat was deleted", .chatDeleted), ("not enough rights", .missingRights),
            ("have no rights", .missingRights), ("administrator", .missingRights),
        ]
        return reasons.first { text.contains($0.0) }?.1 ?? .other
    }

    private static func conflict(_ text: String) -> Conflict {
        if text.contains("other getupdates") { return .otherPoller }
        return text.contains("webhook") ? .webhook : .other
    }

    private static func badRequest(_ text: String, _ code: Int) -> TelegramError {
        let lower = text.lowercased()
        let has = { (part: String) in lower.contains(part) }
        if has("message is not modified") { return .notModified }
        if has("can't parse entities") {
            return .unparsableEntities(offset: number(after: "byte offset ", in: lower), description: text)
        }
        if has("not found") {
            if has("replied") || has("reply message") { return .notFound(.repliedMessage, description: text) }
            if has("message thread") { return .notFound(.thread, description: text) }
            if has("message ") { return .notFound(.message, description: text) }
            if has("chat not found") { return .notFound(.chat, description: text) }
            if has("user not found") { return .notFound(.user, description: text) }
        }
        if has("peer_id_invalid") { return .notFound(.chat, description: text) }
        if has("user_id_invalid") { return .notFound(.user, description: text) }
        if has("message_id_invalid") { return .notFound(.message, description: text) }
        if has("query is too old") || has("query id is invalid") { return .queryExpired(description: text) }
        if has("can't be edited") || has("can't be deleted") { return .immutable(description: text) }
        if has("file is too big") { return .file(.tooBig, description: text) }
        if has("is too long") || has("message_too_long") { return .tooLarge(description: text) }
        if has("failed to get http url") || has("web page content") { return .file(.unfetchable, description: text) }
        if has("file_id") || has("file identifier") { return .file(.wrongID, description: text) }
        if has("in the request") && has("there is no") || has("must be uploaded") || has("photo_invalid_dimensions")
            || has("image_process_failed")
        {
            return .file(.unusable, description: text)
        }
        if has("not enough rights") || has("no write access") || has("chat_admin_required") || has("need administrator")
            || has("chat_write_forbidden")
        {
            return .forbidden(.missingRights, description: text)
        }
        return .badRequest(description: text, code: code)
    }

    private static func number(after prefix: String, in text: String) -> Int? {
        guard let start = text.firstRange(of: prefix)?.upperBound else { return nil }
        return Int(text[start...].prefix { $0.isASCII && $0.isNumber })
    }
}

/// The fields of an answer that says `"ok":false`.
struct Failure {
    var code: Int?
    var description = ""
    var retryAfter: Int?
    var migrateTo: ChatID?

    private static let keys = JSONKeyTable("ok error_code description parameters")
    private static let parameterKeys = JSONKeyTable("retry_after migrate_to_chat_id")

    /// Nil if the body is no such answer.
    init?(_ body: [UInt8]) {
        var reader = JSONReader(body)
        do {
            try read(&reader)
        } catch {
            return nil
        }
    }

    private mutating func read(_ reader: inout JSONReader) throws(JSONError) {
        try reader.beginObject()
        var isAnswer = false
        while let field = try reader.nextKey(in: Self.keys) {
            switch field {
            case 0: isAnswer = try !reader.readBool()
            case 1: code = try reader.readInt()
            case 2: description = try reader.readString()
            case 3: try readParameters(&reader)
            default: try reader.skipValue()
            }
        }
        if !isAnswer { throw reader.missing("ok") }
    }

    private mutating func readParameters(_ reader: inout JSONReader) throws(JSONError) {
        try reader.beginObject()
        while let field = try reader.nextKey(in: Self.parameterKeys) {
            switch field {
            case 0: retryAfter = try reader.readInt()
            case 1: migrateTo = try ChatID(from: &reader)
            default: try reader.skipValue()
            }
        }
    }
}
