import FoundationEssentials
import Glibc
import JSON
import Support
import TelegramAPI
import Testing

@testable import BotKit

/// What is recorded can be played again, and shows what a new version does otherwise.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct RecordingStory {
    struct Vote: CallbackPayload { var likes: Bool }

    static func declare(_ bot: inout Routes, greeting: String = "Hello", extra: Bool = false) {
        bot.command("start") { ctx in
            try await ctx.reply(
                "\(greeting), \(ctx.name)!",
                keyboard: InlineKeyboard {
                    Button("👍", Vote(likes: true))
                })
        }
        bot.press(Vote.self) { ctx, _ in try await ctx.edit("Liked") }
        bot.command("late") { ctx in
            try await ctx.reply("Wait…")
            try await ctx.time.sleep(for: .seconds(2))
            try await ctx.reply("It is \(ctx.time.now.seconds / 100_000)")
        }
        bot.conversation("order", on: .command("order")) { talk in
            let name = try await talk.ask("Your name?")
            if extra { try await talk.say("One more thing") }
            try await talk.say("Thanks, \(name)")
        }
        bot.command("web") { ctx in
            try await ctx.call(SetWebhook(url: "https://example.org", secretToken: "the-secret-of-the-webhook"))
        }
    }

    /// Plays a conversation and gives what was recorded of it.
    static func recorded(
        chats: [ChatID] = [], seed: UInt64? = 7, _ play: (Stage, Person) async throws -> Void
    ) async throws -> (bytes: [UInt8], mode: UInt32) {
        var bytes: [UInt8] = []
        var mode: UInt32 = 0
        try await Stage.play { stage in
            let folder = TemporaryFolder.make()
            let path = folder + "/talk.jsonl"
            try Data("".utf8).write(to: URL(filePath: path))
            let recorder = try Recorder(path: path, chats: chats, seed: seed)
            var configuration = stage.configuration
            configuration.recorder = recorder
            let alice = try await stage.person(501)
            try await stage.run(try stage.bot(configuration) { bot in declare(&bot) }) {
                try await play(stage, alice)
            }
            await recorder.close()
            #expect(!recorder.hasFailed)
            bytes = Array(try Data(contentsOf: URL(filePath: path)))
            var status = stat()
            try #require(unsafe stat(path, &status) == 0)
            mode = status.st_mode
            try FileManager.default.removeItem(atPath: folder)
        }
        return (bytes, mode)
    }

    static func conversation(_ alice: Person) async throws {
        try await alice.say("/start")
        let hello = try await alice.answer()
        try await alice.press(hello)
        _ = try await alice.next("edit")
        try await alice.say("/order")
        _ = try await alice.hears()
        try await alice.say("Ann")
        _ = try await alice.hears()
        try await alice.say("/late")
        _ = try await alice.hears()
        _ = try await alice.hears()
    }

    /// Runs a recording against a bot in a database of its own.
    static func replay(_ bytes: [UInt8], greeting: String = "Hello", extra: Bool = false) async throws -> ReplayReport {
        let recording = try Recording(parsing: bytes)
        var report: ReplayReport?
        try await Stage.play { stage in
            let time = ManualTime(now: recording.start)
            let telegram = ReplayTelegram(recording, time: time)
            var configuration = stage.configuration
            configuration.apiURL = "http://127.0.0.1:9"
            configuration.standIn = telegram
            let bot = try stage.bot(configuration, time: time) { bot in
                declare(&bot, greeting: greeting, extra: extra)
            }
            report = try await bot.replay(recording, telegram: telegram, time: time)
        }
        return try #require(report)
    }

    @Test func `the same code makes the same calls, with buttons, conversations and pauses`() async throws {
        let (bytes, mode) = try await Self.recorded { _, alice in try await Self.conversation(alice) }
        #expect(mode & 0o777 == 0o600)
        let recording = try Recording(parsing: bytes)
        #expect(recording.seed == 7)
        #expect(recording.identity.id == 7001)
        #expect(recording.updates.count == 5)
        let report = try await Self.replay(bytes)
        #expect(report.differences.isEmpty, "\(report.differences)")
        #expect(report.updates == 5)
        // Hello, edit and its answer, two questions, the two of /late.
        #expect(report.calls.recorded == 7)
    }

    @Test func `other texts and other calls are shown beside the update that leads to them`() async throws {
        let (bytes, _) = try await Self.recorded { _, alice in try await Self.conversation(alice) }
        let report = try await Self.replay(bytes, greeting: "Good day", extra: true)
        #expect(report.differences.count == 2)
        let first = try #require(report.differences.first)
        #expect(first.arrival?.json["message"]?["text"] == "/start")
        #expect(
            first.changes == [
                .changed(
                    method: "sendMessage", [.init(name: "text", before: "Hello, Alice!", after: "Good day, Alice!")])
            ])
        let second = try #require(report.differences.last)
        #expect(second.arrival?.json["message"]?["text"] == "Ann")
        guard case .added(let call)? = second.changes.first else { return #expect(Bool(false), "\(second.changes)") }
        #expect(call.parameters["text"] == "One more thing")
    }

    @Test func `secrets are in no line, and a line cut off by a kill does not matter`() async throws {
        let (bytes, _) = try await Self.recorded { _, alice in
            try await alice.say("/web my token is \(Stage.token.reveal())")
            try await alice.say("/start")
            _ = try await alice.hears()
        }
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("setWebhook"))
        #expect(!text.contains("the-secret-of-the-webhook"))
        #expect(!text.contains(Stage.token.reveal()))
        let whole = try Recording(parsing: bytes)
        let cut = try Recording(parsing: bytes.dropLast(10))
        #expect(whole.calls.count + whole.updates.count == cut.calls.count + cut.updates.count + 1)
        #expect(throws: RecordingError.self) { try Recording(parsing: Array("{}\n{}\n".utf8)) }
        #expect(throws: RecordingError(line: 1, reason: "no start")) { try Recording(parsing: []) }
    }

    @Test func `only the chats that are asked for are recorded`() async throws {
        let (bytes, _) = try await Self.recorded(chats: [501]) { stage, alice in
            let boris = try await stage.person(502)
            try await boris.say("/start")
            _ = try await boris.hears()
            try await alice.say("/start")
            _ = try await alice.hears()
        }
        let recording = try Recording(parsing: bytes)
        #expect(recording.updates.count == 1)
        #expect(recording.calls.map { $0.parameters["chat_id"] } == [501])
    }

    @Test func `refusals come again as they were`() throws {
        let errors: [TelegramError] = [
            .retryAfter(.seconds(7), description: "Too Many Requests: retry after 7"), .migrated(to: -1001),
            .forbidden(.blocked, description: "Forbidden: bot was blocked by the user"), .notModified,
            .notFound(.message, description: "Bad Request: message to edit not found"),
            .badRequest(description: "Bad Request: strange", code: 400), .server(status: 502, description: "x"),
        ]
        for error in errors {
            #expect(throws: error) { try RecordedCall.Outcome(error).answer() }
        }
    }
}
