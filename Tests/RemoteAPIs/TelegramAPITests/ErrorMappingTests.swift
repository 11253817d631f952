import HTTPClient
import Testing

@testable import TelegramAPI

@Suite struct `Errors of Telegram` {

    static let rows: [(Int, String, String)] = [
        (401, "Unauthorized", "unauthorized"), (401, "Unauthorized: invalid token specified", "unauthorized"),
        (404, "Not Found", "unauthorized"), (404, "Not Found: method not found", "method_not_found"),
        (421, "Misdirected Request: unallowed token specified", "unauthorized"),
        (
            409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            "conflict_other_poller"
        ),
        (
            409,
            "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            "conflict_webhook"
        ),
        (409, "Conflict: terminated by setWebhook request", "conflict_webhook"),
        (409, "Conflict: terminated by other setWebhook", "conflict_webhook"), (409, "Conflict", "conflict_other"),
        (429, "Too Many Requests: retry after 7", "retry_after"),
        (400, "Bad Request: chat_id is empty", "bad_request"), (400, "Bad Request: chat not found", "chat_not_found"),
        (400, "Bad Request: user not found", "user_not_found"),
        (400, "Bad Request: PEER_ID_INVALID", "chat_not_found"),
        (400, "Bad Request: USER_ID_INVALID", "user_not_found"),
        (400, "Bad Request: MESSAGE_ID_INVALID", "message_not_found"),
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN", "forbidden_missing_rights"),
        (400, "Bad Request: message text is empty", "bad_request"),
        (400, "Bad Request: message is too long", "too_large"), (400, "Bad Request: MESSAGE_TOO_LONG", "too_large"),
        (400, "Bad Request: message caption is too long", "too_large"),
        (400, "Bad Request: text is too long", "too_large"),
        (
            400,
            "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
            "not_modified"
        ),
        (400, "Bad Request: message to edit not found", "message_not_found"),
        (400, "Bad Request: message to delete not found", "message_not_found"),
        (400, "Bad Request: message to be replied not found", "replied_message_not_found"),
        (400, "Bad Request: message to forward not found", "message_not_found"),
        (400, "Bad Request: message to copy not found", "message_not_found"),
        (400, "Bad Request: message to pin not found", "message_not_found"),
        (400, "Bad Request: message to react not found", "message_not_found"),
        (400, "Bad Request: message with poll to stop not found", "message_not_found"),
        (400, "Bad Request: message thread not found", "thread_not_found"),
        (400, "Bad Request: message can't be edited", "immutable"),
        (400, "Bad Request: message can't be deleted for everyone", "immutable"),
        (400, "Bad Request: query is too old and response timeout expired or query ID is invalid", "query_expired"),
        (400, "Bad Request: BUTTON_DATA_INVALID", "bad_request"),
        (
            400, "Bad Request: can't parse entities: Can't find end of Bold entity at byte offset 12",
            "unparsable_entities"
        ),
        (400, "Bad Request: file is too big", "file_too_big"),
        (400, "Bad Request: wrong file_id or the file is temporarily unavailable", "file_wrong_id"),
        (400, "Bad Request: invalid file_id", "file_wrong_id"),
        (400, "Bad Request: file_id not specified", "file_wrong_id"),
        (400, "Bad Request: wrong file identifier/HTTP URL specified", "file_wrong_id"),
        (400, "Bad Request: wrong remote file identifier specified: Wrong string length", "file_wrong_id"),
        (400, "Bad Request: failed to get HTTP URL content", "file_unfetchable"),
        (400, "Bad Request: wrong type of the web page content", "file_unfetchable"),
        (400, "Bad Request: there is no photo in the request", "file_unusable"),
        (400, "Bad Request: photo must be uploaded as an InputFile", "file_unusable"),
        (400, "Bad Request: PHOTO_INVALID_DIMENSIONS", "file_unusable"),
        (400, "Bad Request: not enough rights to send text messages to the chat", "forbidden_missing_rights"),
        (400, "Bad Request: have no write access to the chat", "forbidden_missing_rights"),
        (400, "Bad Request: CHAT_ADMIN_REQUIRED", "forbidden_missing_rights"),
        (403, "Forbidden: bot was blocked by the user", "forbidden_blocked"),
        (403, "Forbidden: user is deactivated", "forbidden_deactivated"),
        (403, "Forbidden: bot can't initiate conversation with a user", "forbidden_not_started"),
        (403, "Forbidden: the bot can't send messages to the bot", "forbidden_to_bot"),
        (403, "Forbidden: bot was kicked from the supergroup chat", "forbidden_kicked"),
        (403, "Forbidden: bot is not a member of the channel chat", "forbidden_not_member"),
        (403, "Forbidden: the group chat was deleted", "forbidden_chat_deleted"),
        (403, "Forbidden: something new", "forbidden_other"), (413, "Request Entity Too Large", "too_large"),
        (500, "Internal Server Error: restart", "server"), (502, "Bad Gateway", "server"),
        (418, "I am a teapot", "bad_request"),
    ]

    @Test(arguments: rows) func `are told apart by their texts`(_ code: Int, _ text: String, _ label: String) {
        let body = #"{"ok":false,"error_code":\#(code),"description":"\#(text)"}"#
        let error = TelegramError(status: code, retryAfterField: nil, body: Array(body.utf8))
        #expect(error.label == label)
    }

    @Test(
        arguments: [
            (
                #"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 5","parameters":{"retry_after":9}}"#,
                "3", 9
            ),
            (#"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 5"}"#, "3", 3),
            (#"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 5"}"#, nil, 5),
            (#"{"ok":false,"error_code":429,"description":"Too Many Requests"}"#, nil, 1),
            ("<html>slow down</html>", "4", 4), ("", nil, 1), ("", "-5", 0), ("", "99999999", 86_400),
        ] as [(String, String?, Int)])
    func `the pause comes from parameters, header or text`(_ body: String, _ field: String?, _ seconds: Int) {
        let error = TelegramError(status: 429, retryAfterField: field, body: Array(body.utf8))
        guard case .retryAfter(let pause, _) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(pause == .seconds(seconds))
        #expect(error.isTransient)
    }

    @Test func `a migration names the new chat`() {
        let body =
            #"{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-1001234567890}}"#
        #expect(
            TelegramError(status: 400, retryAfterField: nil, body: Array(body.utf8))
                == .migrated(to: -1_001_234_567_890))
    }

    @Test func `broken markup names its byte`() {
        let body =
            #"{"ok":false,"error_code":400,"description":"Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 31"}"#
        guard
            case .unparsableEntities(let offset, _) = TelegramError(
                status: 400, retryAfterField: nil, body: Array(body.utf8))
        else { return #expect(Bool(false)) }
        #expect(offset == 31)
    }

    @Test(arguments: [
        (502, "<html><body><h1>502 Bad Gateway</h1></body></html>", "server"), (500, "", "server"), (501, "", "server"),
        (413, "<html>413 Request Entity Too Large</html>", "too_large"), (413, "", "too_large"),
        (401, "", "unauthorized"),
        (400, #"{"ok":false,"error_code":400,"descr"#, "server"), (200, #"{"ok":true,"result":{"mess"#, "server"),
        (200, "", "server"), (200, "<html>captive portal</html>", "server"), (404, "<html>nginx</html>", "server"),
        (
            200, #"{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}"#,
            "forbidden_blocked"
        ),
        (400, #"[1,2]"#, "server"), (400, #"{"error":"x"}"#, "server"),
    ]) func `bodies that are not Telegram's JSON are judged by status`(_ status: Int, _ body: String, _ label: String) {
        #expect(TelegramError(status: status, retryAfterField: nil, body: Array(body.utf8)).label == label)
    }

    @Test func `only what may work later by itself is transient`() {
        let at = { (code: Int, text: String) in
            TelegramError(
                status: code, retryAfterField: nil,
                body: Array(#"{"ok":false,"error_code":\#(code),"description":"\#(text)"}"#.utf8))
        }
        #expect(at(500, "x").isTransient)
        #expect(at(502, "x").isAmbiguous)
        #expect(!at(400, "x").isTransient)
        #expect(!at(401, "Unauthorized").isTransient)
        #expect(TelegramError.network(.connectionLost(host: "h")).isTransient)
        #expect(TelegramError.network(.connectionLost(host: "h")).isAmbiguous)
        #expect(!TelegramError.network(.connectionFailed(host: "h", reason: "r")).isAmbiguous)
        #expect(!TelegramError.network(.cancelled).isTransient)
    }

    @Test func `known faults carry their remedy`() {
        let error = TelegramError(
            status: 400, retryAfterField: nil,
            body: Array(#"{"ok":false,"error_code":400,"description":"Bad Request: BUTTON_DATA_INVALID"}"#.utf8))
        #expect(error.hint == "callback data has 1 to 64 bytes")
        #expect(error.description == "Bad Request: BUTTON_DATA_INVALID (callback data has 1 to 64 bytes)")
        #expect(TelegramError.notModified.hint == nil)
        #expect(TelegramError.unauthorized(description: "Unauthorized").hint?.contains("@BotFather") == true)
    }
}
