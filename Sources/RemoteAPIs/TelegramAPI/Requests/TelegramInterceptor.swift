/// Stands between callers and the wire: sees every call, and may change, delay, repeat, record or answer it.
public protocol TelegramInterceptor: Sendable {
    /// Handles a call; `next` passes it on towards Telegram.
    func intercept(
        _ request: TelegramRequest, next: TelegramHandler
    ) async throws(TelegramError) -> TelegramReply
}

/// What comes after an interceptor.
public struct TelegramHandler: Sendable {
    private let body: @Sendable (TelegramRequest) async throws(TelegramError) -> TelegramReply

    /// Makes a handler from a function.
    public init(_ body: @escaping @Sendable (TelegramRequest) async throws(TelegramError) -> TelegramReply) {
        self.body = body
    }

    /// Passes a call on.
    public func callAsFunction(_ request: TelegramRequest) async throws(TelegramError) -> TelegramReply {
        try await body(request)
    }
}
