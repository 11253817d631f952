import FoundationEssentials
import Testing
import generate_telegram_api

/// The repository's root, from this file's place in it.
let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")

func contents(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: root + "/" + path)))
}

@Suite struct `Generated sources` {
    @Test func `are what the generator makes of the schema`() throws {
        let files = try Generator.files(
            schema: contents("Schema/telegram-bot-api.json"), overrides: contents("Schema/overrides.json"))
        #expect(files.count > 20)
        for file in files {
            #expect(
                try contents(file.path) == Array(file.text.utf8), "\(file.path): run `swift run generate-telegram-api`")
        }
        let folder = root + "/Sources/RemoteAPIs/TelegramAPI/Generated"
        let present = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".swift") }
        #expect(present.count == files.filter { $0.path.hasPrefix("Sources/") }.count, "a file is left over")
    }

    @Test(arguments: [
        ("{}", "{}"),
        (#"{"version":"1","types":{"A":{"b":"X | Y"}},"unions":{},"methods":{}}"#, #"{"files":{"Types/A":["*"]}}"#),
        (#"{"version":"1","types":{"A":{"b":5}},"unions":{},"methods":{}}"#, #"{"files":{"Types/A":["*"]}}"#),
        (#"{"version":"1","types":{"A":{}},"unions":{},"methods":{}}"#, #"{"files":{"Types/A":["B"]}}"#),
    ]) func `a schema that makes no sense is refused`(_ schema: String, _ overrides: String) {
        #expect(throws: GeneratorError.self) {
            try Generator.files(schema: Array(schema.utf8), overrides: Array(overrides.utf8))
        }
    }
}
