public import TelegramAPI

extension Routes {
    /// An album: the messages that somebody has sent as one, all together and in order.
    ///
    /// Telegram sends the parts one by one; they are gathered until nothing has come for `albumPause`, while other
    /// messages of the chat are handled as ever. With such a route no other one sees the parts of albums.
    public mutating func album(
        handler: @escaping @Sendable (_ ctx: Context, _ messages: [Message]) async throws -> Void
    ) {
        add(.album, [.message]) { ctx in try await handler(ctx, ctx.album) }
    }
}
