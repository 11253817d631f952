import FoundationEssentials
import Glibc
import HTTPClient
import Testing

@Suite(.timeLimit(.minutes(2))) struct ProgramTests {
    @Test(arguments: [(["--version"], "quartet 0."), ([], "usage: quartet"), (["demo", "--help"], "--photos DIR")])
    func `tells about itself`(_ arguments: [String], _ expected: String) async throws {
        try await withTemporaryFolder { folder in
            let result = try await run(arguments, in: folder)
            #expect(result.code == 0)
            #expect(result.output.contains(expected))
        }
    }

    @Test(
        arguments: [
            (["dmeo"], 64, "did you mean demo?"), (["demo", "--prot", "1"], 64, "did you mean --port?"),
            (["simulate"], 64, "telegram, stash or immich"), (["serve", "flick"], 64, "expected gallery"),
            (["serve"], 78, "gallery.telegram.bot_token"),
            (["serve", "--config", "no.yml"], 78, "no.yml: cannot be read"),
        ] as [([String], Int32, String)])
    func `ends with the code of what is wrong`(_ arguments: [String], _ code: Int32, _ words: String) async throws {
        try await withTemporaryFolder { folder in
            let result = try await run(arguments, in: folder)
            #expect(result.code == code)
            #expect(result.output.isEmpty)
            #expect(result.errors.contains(words))
        }
    }

    @Test func `a mistake in the file is named with its line`() async throws {
        try await withTemporaryFolder { folder in
            try Data("gallery:\n  stash:\n    api_kye: x\n".utf8).write(to: URL(filePath: "\(folder)/quartet.yml"))
            let result = try await run(["check"], in: folder)
            #expect(result.code == 78)
            #expect(
                result.errors.contains(
                    "quartet.yml:3: gallery.stash.api_kye: unknown key; did you mean gallery.stash.api_key?"))
        }
    }

    @Test func `info shows values and hides secrets`() async throws {
        try await withTemporaryFolder { folder in
            let result = try await run(
                ["info"], in: folder, variables: ["TELEGRAM_BOT_TOKEN": "123:very-secret", "LOG_LEVEL": "debug"])
            #expect(result.code == 0)
            #expect(result.output.contains("log.level = debug  (LOG_LEVEL)"))
            #expect(result.output.contains("gallery.telegram.bot_token = ***  (TELEGRAM_BOT_TOKEN)"))
            #expect(!result.output.contains("very-secret"))
        }
    }

    @Test func `the tour meets every expectation`() async throws {
        try await withTemporaryFolder { folder in
            let result = try await run(["tour"], in: folder)
            #expect(result.code == 0, "\(result.output)")
            for words in ["Hello, Alice!", "Здравствуйте, Борис!", "You have seen every photo", "✓ All"] {
                #expect(result.output.contains(words))
            }
        }
    }
}
