import HTTP
public import HTTPClient
import JSON
public import Support

/// Calls the Bot API as one bot.
///
///     let me = try await client(GetMe())
///     try await client(SendMessage(chatID: 42, text: "hi"))
///
/// Nothing is retried here: interceptors decide that, who know what may be sent twice.
public final class TelegramClient: Sendable {
    private let token: Secret
    let baseURL: String
    let http: HTTPClient
    private let handler: TelegramHandler

    /// The time that an ordinary call may take.
    static let callTimeout = Duration.seconds(60)
    /// What a long poll may take beyond its own timeout before it counts as wedged.
    static let pollMargin = Duration.seconds(15)

    /// Makes a client.
    ///
    /// - Parameters:
    ///   - baseURL: the server: Telegram's cloud, a local Bot API server or a simulator.
    ///   - interceptors: from the outermost, which sees a call first, to the innermost.
    public init(
        token: Secret, baseURL: String = "https://api.telegram.org", http: HTTPClient,
        interceptors: [any TelegramInterceptor] = [], logger: Logger = .disabled, metrics: Metrics? = nil
    ) {
        var base = baseURL
        while base.hasSuffix("/") { base.removeLast() }
        self.token = token
        self.baseURL = base
        self.http = http
        let wire = WireHandler(token: token, baseURL: base, http: http, logger: logger, metrics: metrics)
        var handler = TelegramHandler { (request) async throws(TelegramError) in try await wire.send(request) }
        for interceptor in interceptors.reversed() {
            let next = handler
            handler = TelegramHandler { (request) async throws(TelegramError) in
                try await interceptor.intercept(request, next: next)
            }
        }
        self.handler = handler
    }

    /// Calls a method and reads its result.
    @discardableResult
    public func call<M: TelegramMethod>(_ method: M) async throws(TelegramError) -> M.Result {
        let reply = try await send(TelegramRequest(method))
        do {
            return try reply.decode(M.Result.self)
        } catch {
            throw .undecodable(error, method: M.name)
        }
    }

    /// Calls a method and reads its result.
    @discardableResult
    public func callAsFunction<M: TelegramMethod>(_ method: M) async throws(TelegramError) -> M.Result {
        try await call(method)
    }

    /// Sends a request through the interceptors.
    public func send(_ request: TelegramRequest) async throws(TelegramError) -> TelegramReply {
        try await handler(request)
    }

    /// Polls for updates and gives each with its own text, so that it can be stored before it is read.
    ///
    /// The whole call may take the poll's timeout and 15 seconds more; then the connection counts as wedged.
    public func poll(_ method: GetUpdates) async throws(TelegramError) -> [RawUpdate] {
        let reply = try await send(TelegramRequest(method))
        do {
            return try RawUpdate.split(reply)
        } catch {
            throw .undecodable(error, method: GetUpdates.name)
        }
    }

    /// The URL of a file; it carries the token.
    func fileURL(_ filePath: String) -> String {
        "\(baseURL)/file/bot\(token.reveal())/\(Percent.encode(filePath, for: .path))"
    }
}
