/// A refusal, as the caller sees it.
struct APIError: Error, Equatable, Sendable {
    var code: Int
    var description: String
    var retryAfter: Int?
    var migrateTo: Int64?

    private init(code: Int, description: String) {
        self.code = code
        self.description = description
    }

    /// Makes an error from the inner message: a prefix by code, and the message's first letter in lower case,
    /// unless its second character shows a code such as `BUTTON_DATA_INVALID`.
    static func make(_ code: Int, _ message: String) -> Self {
        let isCode = message.utf8.dropFirst().first.map { $0 == "_" || ($0 >= 0x41 && $0 <= 0x5A) } ?? false
        let status = code == 404 || (code == 403 && isCode) ? 400 : code
        let prefix =
            switch status {
            case 400: "Bad Request"
            case 401: "Unauthorized"
            case 403: "Forbidden"
            case 409: "Conflict"
            case 429: "Too Many Requests"
            default: "Internal Server Error"
            }
        if message.isEmpty || message == prefix { return Self(code: status, description: prefix) }
        let text = isCode ? message : message.prefix(1).lowercased() + message.dropFirst()
        return Self(code: status, description: "\(prefix): \(text)")
    }

    /// An error whose description stands as it is.
    static func exact(_ code: Int, _ description: String) -> Self { Self(code: code, description: description) }

    static func badRequest(_ message: String) -> Self { make(400, message) }
    static func forbidden(_ message: String) -> Self { make(403, message) }

    static func flood(_ seconds: Int) -> Self {
        var error = exact(429, "Too Many Requests: retry after \(seconds)")
        error.retryAfter = seconds
        return error
    }

    static func migrated(to chat: Int64) -> Self {
        var error = badRequest("group chat was upgraded to a supergroup chat")
        error.migrateTo = chat
        return error
    }

    static let unauthorized = exact(401, "Unauthorized")
    static let notFound = exact(404, "Not Found")
    static let methodNotFound = exact(404, "Not Found: method not found")

    var body: [UInt8] {
        WireWriter.bytes { writer in
            writer.object { writer in
                writer.field("ok", false)
                writer.field("error_code", code)
                writer.field("description", description)
                if retryAfter != nil || migrateTo != nil {
                    writer.field(
                        "parameters",
                        object: { writer in
                            writer.field("migrate_to_chat_id", migrateTo)
                            writer.field("retry_after", retryAfter)
                        })
                }
            }
        }
    }
}
