import Testing

@testable import Configuration

@Suite struct OptionsTests {
    @Test func `keys, aliases and variables are unique`() {
        let options = Options.all
        let keys = options.flatMap { [$0.key] + $0.aliases } + Options.retired.keys
        #expect(Set(keys).count == keys.count)
        let variables = options.flatMap(\.environment)
        #expect(Set(variables).count == variables.count)
    }

    @Test(arguments: Options.all.map(\.key))
    func `is described and can be written as its example`(_ key: String) throws {
        let option = try #require(Options.all.first { $0.key == key } as? any ReadableOption)
        #expect(!option.summary.isEmpty && option.summary.utf8.count <= 100 && !option.summary.hasSuffix("."))
        #expect(option.environment[0] == "QUARTET_" + key.uppercased().replacing(".", with: "_"))
        guard !option.isSecret, !option.example.hasPrefix("[") else { return }
        _ = try option.value(of: option.example)
        // No key may be a section of another.
        #expect(!Options.all.contains { $0.key.hasPrefix(key + ".") })
    }
}
