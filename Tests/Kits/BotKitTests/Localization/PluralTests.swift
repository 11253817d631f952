import Testing

@testable import BotKit

struct PluralTests {
    @Test(arguments: [
        (0, "снимков"), (1, "снимок"), (2, "снимка"), (4, "снимка"), (5, "снимков"), (11, "снимков"), (12, "снимков"),
        (14, "снимков"), (20, "снимков"), (21, "снимок"), (22, "снимка"), (25, "снимков"), (101, "снимок"),
        (111, "снимков"), (112, "снимков"), (1002, "снимка"), (-21, "снимок"),
    ])
    func `Russian has three forms`(number: Int, word: String) {
        #expect(Plural.russian(number, one: "снимок", few: "снимка", many: "снимков") == word)
    }

    @Test(arguments: [(0, "photos"), (1, "photo"), (-1, "photo"), (2, "photos"), (11, "photos"), (21, "photos")])
    func `English has two forms`(number: Int, word: String) {
        #expect(Plural.english(number, one: "photo", other: "photos") == word)
    }

    @Test(arguments: [
        ("ru", Language.russian), ("ru-RU", .russian), ("en-GB", .english), ("EN_us", .english), ("de", nil), ("", nil),
    ])
    func `languages are known by their tags`(tag: String, language: Language?) {
        #expect(Language(tag: tag) == language)
    }
}
