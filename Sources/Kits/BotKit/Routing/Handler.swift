/// What is done with an update.
public typealias Handler = @Sendable (_ ctx: Context) async throws -> Void

/// Something around the handlers that are declared after it: checks, measures, catches.
public protocol BotMiddleware: Sendable {
    /// Handles the update itself or passes it on with `next`, and may do something before and after.
    func handle(_ ctx: Context, next: Handler) async throws
}

/// A middleware from a closure.
struct ClosureMiddleware: BotMiddleware {
    let body: @Sendable (_ ctx: Context, _ next: Handler) async throws -> Void

    func handle(_ ctx: Context, next: Handler) async throws {
        try await body(ctx, next)
    }
}
