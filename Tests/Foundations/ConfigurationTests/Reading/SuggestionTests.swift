import Testing

@testable import Configuration

@Suite struct SuggestionTests {
    @Test(arguments: [
        ("", "", 0), ("abc", "abc", 0), ("abc", "abd", 1), ("corn", "cron", 1), ("a", "abc", 2),
        ("kitten", "sitting", 3),
    ])
    func `counts edits`(_ left: String, _ right: String, _ edits: Int) {
        #expect(Suggestion.distance(Array(left.utf8), Array(right.utf8)) == edits)
        #expect(Suggestion.distance(Array(right.utf8), Array(left.utf8)) == edits)
    }

    @Test func `finds only what is close`() {
        #expect(Suggestion.closest(to: "timezome", among: ["timezone", "enabled"]) == "timezone")
        #expect(Suggestion.closest(to: "zzz", among: ["cron", "enabled"]) == nil)
    }
}
