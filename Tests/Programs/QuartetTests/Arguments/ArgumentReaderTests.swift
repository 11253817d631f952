import Testing

@testable import quartet

@Suite struct ArgumentReaderTests {
    @Test(arguments: [["--port", "5"], ["--port=5"]])
    func `a value stands behind a space or an equals sign`(_ words: [String]) throws {
        var reader = ArgumentReader(words, command: "demo")
        let port = try reader.integer("--port", in: 0...9)
        #expect(port == 5)
        try reader.finish()
    }

    @Test func `flags, values and words in any order`() throws {
        var reader = ArgumentReader(["a", "--fresh", "--state", "dir", "b", "--", "--c"], command: "serve")
        let (isFresh, isVerbose) = (reader.flag("--fresh"), reader.flag("--verbose"))
        let (state, photos) = (try reader.value("--state"), try reader.value("--photos"))
        let words = reader.allWords()
        #expect(isFresh && !isVerbose)
        #expect(state == "dir" && photos == nil)
        #expect(words == ["a", "b", "--c"])
        try reader.finish()
    }

    @Test(arguments: [
        (["--prot", "5"], UsageError.unknownOption("--prot", command: "demo", suggestion: "--port")),
        (["--zzz"], .unknownOption("--zzz", command: "demo", suggestion: nil)),
        (["--zzz=1"], .unknownOption("--zzz", command: "demo", suggestion: nil)),
        (["--port", "1", "--port", "2"], .repeatedOption("--port")),
        (["extra"], .unexpectedWord("extra", command: "demo")),
        (["--port"], .missingValue("--port")), (["--port", "--fresh"], .missingValue("--port")),
        (["--port", "x"], .badValue("--port", "x", expected: "a whole number from 0 to 9")),
        (["--port", "10"], .badValue("--port", "10", expected: "a whole number from 0 to 9")),
        (["--port="], .badValue("--port", "", expected: "a whole number from 0 to 9")),
    ])
    func `mistakes are named`(_ words: [String], _ expected: UsageError) {
        #expect(throws: expected) {
            var reader = ArgumentReader(words, command: "demo")
            _ = try reader.integer("--port", in: 0...9)
            try reader.finish()
        }
        #expect(!expected.description.isEmpty)
    }

    @Test func `every command has help and reads its own options`() throws {
        for command in Quartet.commands {
            let help = Help.text(of: command.name)
            #expect(help.contains("usage: quartet \(command.name)"))
            for option in command.options { #expect(help.contains(option.meaning)) }
            #expect(Help.text(of: nil).contains(command.summary))
        }
    }
}
