import HTTP
import HTTPClient
import HTTPServer
import JSON
import Storage
import Support
import Synchronization
import TelegramAPI
import Testing

@testable import BotKit

@Suite(.timeLimit(.minutes(2)), .serialized)
struct WebhookTests {
    /// Plays with a bot whose webhook stands in a server.
    private func play(_ body: (Stage, Bot, _ url: String) async throws -> Void) async throws {
        try await Stage.play(local: true) { stage in
            let responder = Mutex<Webhook?>(nil)
            struct Late: Responder {
                let find: @Sendable () -> Webhook?
                func respond(to request: ServerRequest) async throws -> ServerResponse {
                    guard let webhook = find() else { return .empty(.serviceUnavailable) }
                    return try await webhook.respond(to: request)
                }
            }
            let server = HTTPServer(
                HTTPServer.Configuration(), responder: Late { responder.withLock(\.self) }, logger: .disabled)
            let address = try await server.start()
            var configuration = stage.configuration
            configuration.source = .webhook(
                WebhookConfiguration(
                    url: address.url + "/hook", secret: Secret("a-secret-word"), maximumBodyBytes: 2000))
            let bot = try stage.bot(configuration) { bot in bot.text { ctx, text in try await ctx.reply(text) } }
            responder.withLock { $0 = bot.webhook }
            do {
                try await stage.run(bot) {
                    try await until { bot.status.isTaking }
                    try await body(stage, bot, address.url + "/hook")
                }
            } catch {
                await server.stop(graceful: .seconds(1))
                throw error
            }
            await server.stop(graceful: .seconds(1))
        }
    }

    private func post(_ stage: Stage, _ url: String, secret: String?, _ body: [UInt8]) async throws -> Int {
        var fields: HTTPFields = ["Content-Type": "application/json"]
        if let secret { fields["X-Telegram-Bot-Api-Secret-Token"] = secret }
        return try await stage.http.send(ClientRequest(.post, url, fields: fields, body: .bytes(body))).status.rawValue
    }

    @Test func `Telegram calls, the bot answers`() async throws {
        try await play { stage, _, _ in
            let alice = try await stage.person(501)
            for text in ["1", "2", "3"] {
                try await alice.say(text)
                #expect(try await alice.hears() == text)
            }
        }
    }

    @Test func `without the secret nothing is taken, and an update counts once`() async throws {
        try await play { stage, bot, url in
            let alice = try await stage.person(501)
            try await stage.control("/sim/start", ["user": 501, "bot": 7001])
            let update = InboxTests.update(7, "forged").json
            #expect(try await post(stage, url, secret: nil, update) == 401)
            #expect(try await post(stage, url, secret: "a-secret-wore", update) == 401)
            #expect(try await post(stage, url, secret: "a-secret-word", Array("{}".utf8)) == 400)
            #expect(try await post(stage, url, secret: "a-secret-word", Array(repeating: 32, count: 3000)) == 413)
            let taken = try await bot.database.query("SELECT update_id FROM bot_updates WHERE update_id = 7")
            #expect(taken.isEmpty)
            let real = InboxTests.update(8, "real").json
            for _ in 0..<3 { #expect(try await post(stage, url, secret: "a-secret-word", real) == 200) }
            #expect(try await alice.answer { $0["text"] == "real" } != .null)
            try await alice.say("last")
            _ = try await alice.answer { $0["text"] == "last" }
            let messages = try await stage.control("/sim/chats/7001/messages?user=501")["messages"]?.arrayValue ?? []
            #expect(messages.filter { $0["text"] == "real" }.count == 1)
            #expect(!messages.contains { $0["text"] == "forged" })
        }
    }

    @Test(arguments: [("", "x", false), ("x", "x", true), ("xy", "x", false), ("x", "xy", false), ("", "", false)])
    func `secrets are equal or not`(given: String, secret: String, isEqual: Bool) {
        #expect(Webhook.isEqual(given, secret) == isEqual)
    }
}
