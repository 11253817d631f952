import FoundationEssentials
import JSON
import Support
import Testing

@testable import BotKit

/// The bot of `docs/your-first-bot.md`, as its reader builds and runs it.
@Suite(.timeLimit(.minutes(2)))
struct FirstBotTests {
    private static func read(_ path: String) throws -> String {
        var root = #filePath
        for _ in 0..<5 { root = String(root[..<(root.lastIndex(of: "/") ?? root.startIndex)]) }
        return try String(contentsOfFile: root + "/" + path, encoding: .utf8)
    }

    @Test func `the page shows the program as it is`() throws {
        let page = try Self.read("docs/your-first-bot.md")
        let block = try #require(page.split(separator: "```swift\n", maxSplits: 1).last?.split(separator: "```").first)
        let program = try Self.read("Examples/first-bot/main.swift")
        #expect(block == program)
    }

    @Test func `the program does what the page says, and a kill loses nothing`() async throws {
        try await Stage.play { stage in
            let folder = TemporaryFolder.make()
            let environment = ["BOT_TOKEN": Stage.token.reveal(), "BOT_API_URL": stage.url]
            let alice = try await stage.person(501)

            let first = try RunningProgram("first-bot", in: folder, environment: environment)
            do {
                try await alice.say("/start")
                #expect(try await alice.hears() == "Hello, Alice! Send /roll 20, or just talk to me.")
                try await alice.say("/roll 1000")
                let roll = try await alice.answer()
                #expect(roll["text"]?.stringValue?.hasSuffix(" of 1000") == true)
                #expect(
                    roll["keyboard"]?[0]?.arrayValue?.compactMap { $0["text"]?.stringValue } == ["d6", "d12", "d20"])
                try await alice.press(roll, column: 2)
                let edit = try await alice.next("edit")
                #expect(edit["message"]?["text"]?.stringValue?.hasSuffix(" of 20") == true)
                try await alice.say("/roll many")
                #expect(try await alice.hears() == "Please write it like this: /roll 20")
            } catch {
                first.kill()
                throw error
            }
            first.kill()

            try await alice.say("nice")
            let second = try RunningProgram("first-bot", in: folder, environment: environment)
            do {
                var answer = try await alice.answer()
                // A kill in the moment before the last update is marked has its answer repeated; none is lost.
                if answer["text"] == "Please write it like this: /roll 20" { answer = try await alice.answer() }
                #expect(answer["text"] == "You said: nice")
                #expect(answer["reply"]?["text"] == "nice")
            } catch {
                second.kill()
                throw error
            }
            #expect(second.end() == 0, "asked to end, it ends well")
            try FileManager.default.removeItem(atPath: folder)
        }
    }

    @Test func `without a token the program says what to do`() throws {
        #expect(BotError.missingToken.description.contains("BOT_TOKEN"))
    }
}
