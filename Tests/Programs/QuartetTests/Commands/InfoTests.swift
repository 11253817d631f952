import FoundationEssentials
import Testing

@testable import quartet

@Suite struct InfoTests {
    @Test func `the documentation's table is the table of options`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../..")
        let page = try String(contentsOf: root.appending(path: "docs/configuration.md"), encoding: .utf8)
        #expect(
            page.hasSuffix("## All options\n\n\(InfoCommand.markdown)\n"),
            "write the output of quartet info --markdown to the end of docs/configuration.md")
    }
}
