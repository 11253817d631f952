import Testing

@testable import Configuration

@Suite struct YAMLReaderTests {
    @Test func `reads values with their lines`() throws {
        let root = try #require(
            try read(
                """
                # comment
                log:
                  level: debug   # why
                ids: [1, "2"]
                text: |
                  two
                  lines
                empty:
                """))
        #expect(
            root
                == YAMLNode(
                    content: .mapping([
                        YAMLEntry(
                            key: "log", line: 2,
                            value: YAMLNode(
                                content: .mapping([
                                    YAMLEntry(key: "level", line: 3, value: scalar("debug", 3))
                                ]), line: 3)),
                        YAMLEntry(
                            key: "ids", line: 4,
                            value: YAMLNode(
                                content: .sequence([scalar("1", 4), scalar("2", 4, isPlain: false)]), line: 4)),
                        YAMLEntry(key: "text", line: 5, value: scalar("two\nlines\n", 5, isPlain: false)),
                        YAMLEntry(key: "empty", line: 8, value: scalar("", 8)),
                    ]), line: 2))
    }

    @Test func `follows anchors`() throws {
        let root = try #require(try read("a: &x {k: v}\nb: *x\n"))
        guard case .mapping(let entries) = root.content else { return #expect(Bool(false)) }
        #expect(entries[0].value.content == entries[1].value.content)
        #expect(entries[1].value.line == 2)
    }

    @Test(arguments: ["", "# only a comment\n", "---\n", "~ ".replacing("~ ", with: "\n\n")])
    func `an empty document is nothing`(_ text: String) throws {
        #expect(try read(text) == nil)
    }

    @Test(arguments: [
        ("a: 1\nb: 2\na: 3\n", 3, "the key “a” stands twice, first on line 1"),
        ("a: !!str 1\n", 1, "tags such as !!str are not supported; leave the tag out"),
        ("a: !!python/object:os.system x\n", 1, "tags such as !!str are not supported; leave the tag out"),
        ("a: 1\n---\nb: 2\n", 2, "a second document starts here; one file holds one"),
        ("x: &x {a: 1}\ny:\n  <<: *x\n", 3, "merge keys (<<) are not supported; repeat the keys"),
        ("a:\n  b: *nobody\n", 2, "*nobody is used before &nobody; quote a leading *"),
        ("[a]: 1\n", 1, "a key must be a single word"),
    ])
    func `refuses what could mislead`(_ text: String, _ line: Int, _ reason: String) {
        #expect(throws: YAMLFault(line: line, reason: reason)) { try read(text) }
    }

    @Test(arguments: [
        ("a: [1, 2\nb: 3\n", 2), ("a: b: c\n", 1), ("a: \"x\n", 2), ("cron: * * * * *\n", 1), ("\tb: 1\n", 1),
    ])
    func `names the line of a mistake`(_ text: String, _ line: Int) throws {
        let fault = try #require(throws: YAMLFault.self) { try read(text) }
        #expect(fault.line == line, "\(fault)")
    }

    @Test func `advises quotes for a schedule`() throws {
        let fault = try #require(throws: YAMLFault.self) { try read("cron: */5 * * * *\n") }
        #expect(fault.reason.contains("quote"), "\(fault)")
    }

    @Test func `refuses bytes that are not UTF-8`() throws {
        let fault = try #require(throws: YAMLFault.self) { try YAMLReader.read([0x61, 0x3A, 0x20, 0xFF, 0xFE, 0x0A]) }
        #expect(fault.reason.contains("UTF-8"))
    }

    @Test func `keeps within bounds`() {
        let deep = String(repeating: "[", count: 30) + String(repeating: "]", count: 30)
        #expect(throws: YAMLFault(line: 1, reason: "nested more than 16 levels deep")) { try read("a: \(deep)") }
        // Aliases of aliases: nine levels of ten would be a thousand million values.
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let items = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            bomb += "a\(level): &a\(level) [\(items)]\n"
        }
        #expect(throws: YAMLFault(line: 4, reason: "more than 10000 values")) { try read(bomb) }
        #expect(throws: YAMLFault.self) { try read("a: " + String(repeating: "x", count: 2 << 20)) }
    }

    private func read(_ text: String) throws(YAMLFault) -> YAMLNode? { try YAMLReader.read(Array(text.utf8)) }

    private func scalar(_ text: String, _ line: Int, isPlain: Bool = true) -> YAMLNode {
        YAMLNode(content: .scalar(text, isPlain: isPlain), line: line)
    }
}
