internal import BotKit
internal import Support
internal import TelegramAPI

/// Keeps everything that the bot says away from chats that are not allowed, whatever a handler or a job tries.
///
/// The gate decides who is served. This is the wall behind it: a photo, a title or a figure that some path forgot to
/// check for still does not leave. What is meant for strangers is said within `speakingPublicly`.
struct LeakGuard: TelegramInterceptor {
    @TaskLocal private static var isPublic = false

    let access: GalleryAccess
    let logger: Logger

    /// Sends words that anybody may read: a refusal, a question to the owner.
    static func speakingPublicly<Result: Sendable>(_ body: () async throws -> Result) async rethrows -> Result {
        try await $isPublic.withValue(true) { try await body() }
    }

    func intercept(
        _ request: TelegramRequest, next: TelegramHandler
    ) async throws(TelegramError) -> TelegramReply {
        guard Self.carriesContent(request.method), !Self.isPublic else { return try await next(request) }
        switch request.chat {
        case .id(let chat) where access.isOpen(chat): return try await next(request)
        case nil:
            // Nothing else than a message inside a chat is ever edited, so there is nothing without one.
            break
        default: break
        }
        logger.error("kept from a chat that is not allowed", ["method": .string(request.method)])
        throw .forbidden(.other, description: "this chat is not allowed to receive anything")
    }

    /// Whether a method brings words or files to a chat; deleting and taking buttons away is always right.
    static func carriesContent(_ method: String) -> Bool {
        if method == "sendChatAction" || method == "editMessageReplyMarkup" { return false }
        return ["send", "copy", "forward", "edit", "post", "answerInline", "answerWebApp", "savePrepared"]
            .contains { method.hasPrefix($0) }
    }
}
