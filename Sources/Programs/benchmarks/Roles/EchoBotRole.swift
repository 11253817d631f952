import BotKit
import HTTP
import HTTPServer
import Jobs
import SQLiteStorage
import Storage
import Support
import TelegramAPI

/// A bot that says again what it was told, with its updates in a database as every bot has them.
struct EchoBotRole {
    let token: Secret
    let url: String
    let path: String
    let way: EchoWay
    /// Where Telegram calls, for a webhook.
    let port: Int

    func play() async throws {
        let database = try await SQLiteDatabase.open(path: path)
        switch way {
        case .polling: try await bot(database) { try await $0.reply($1) }.run()
        case .webhook: try await playCalled(database)
        case .durable: try await playDurable(database)
        }
        await database.close()
    }

    private func bot(
        _ database: SQLiteDatabase, _ configuration: BotConfiguration = BotConfiguration(),
        answer: @escaping @Sendable (Context, String) async throws -> Void
    ) throws -> Bot {
        var configuration = configuration
        configuration.apiURL = url
        return try Bot(token: token, database: database, configuration: configuration) { bot in
            bot.text { ctx, text in try await answer(ctx, text) }
        }
    }

    // MARK: By webhook

    private func playCalled(_ database: SQLiteDatabase) async throws {
        var configuration = BotConfiguration()
        configuration.source = .webhook(
            WebhookConfiguration(url: SimulatorRole.publicURL, secret: Secret("an-echo-that-nobody-guesses")))
        let bot = try bot(database, configuration) { try await $0.reply($1) }
        var router = Router()
        if let webhook = bot.webhook { router.on(.post, "/", to: webhook) }
        let server = HTTPServer(HTTPServer.Configuration(port: port), responder: router)
        _ = try await server.start()
        try await bot.run()
        await server.stop(graceful: .zero)
    }

    // MARK: With state and jobs

    /// How often somebody has written.
    struct Count: DialogueState {
        var messages: Int
    }

    /// An answer that is still to be sent.
    private struct Answer: Job {
        static let kind = "answer"
        var chat: Int64
        var text: String
    }

    private func playDurable(_ database: SQLiteDatabase) async throws {
        let queue = JobQueue(database: database)
        try await queue.migrate()
        var configuration = BotConfiguration()
        configuration.apiURL = url
        // What a job sends is a push, and pushes keep to Telegram's thirty a second.
        configuration.sending.budgets = .unlimited
        let bot = try Bot(token: token, database: database, configuration: configuration) { bot in
            let note = { @Sendable (ctx: Context, messages: Int) async throws in
                guard let chat = ctx.chat?.id.rawValue, let text = ctx.text else { return }
                ctx.go(to: Count(messages: messages))
                try await ctx.commit { try queue.enqueue(Answer(chat: chat, text: text), in: $0) }
            }
            bot.dialogue(Count.self) { ctx, count in try await note(ctx, count.messages + 1) }
            bot.text { ctx, _ in try await note(ctx, 1) }
        }
        var handlers = JobHandlers()
        let sender = bot.sender
        handlers.on(Answer.self, policy: JobPolicy(concurrency: 50)) { answer, _ in
            try await sender.send(FormattedText(answer.text), to: ChatID(answer.chat))
            return .done
        }
        var limits = JobRunner.Configuration()
        limits.concurrency = 50
        let runner = JobRunner(queue, handlers: handlers, configuration: limits)
        try await ServiceGroup([bot, runner]).run(until: Shutdown())
    }
}
