import TelegramAPI
import Testing

@testable import BotKit

struct KeyboardTests {
    struct Open: CallbackPayload { var page: Int }
    struct Long: CallbackPayload { var text: String }

    @Test func `rows are listed with conditions and loops`() throws {
        let isAdmin = false
        let keyboard = InlineKeyboard {
            Row {
                for page in 1...3 { Button("\(page)", Open(page: page)) }
            }
            Button("Web", url: "https://example.org")
            if isAdmin { Button("Delete", Open(page: 0)) }
            Row {}
        }
        let markup = try keyboard.inlineMarkup()
        #expect(markup.inlineKeyboard.map { $0.map(\.text) } == [["1", "2", "3"], ["Web"]])
        #expect(markup.inlineKeyboard[0][1].callbackData == "Open:2")
        #expect(markup.inlineKeyboard[1][0].url == "https://example.org")
    }

    @Test func `buttons flow into columns`() throws {
        let keyboard = InlineKeyboard((1...5).map { Button("\($0)", Open(page: $0)) }, columns: 2)
        #expect(keyboard.rows.map(\.buttons.count) == [2, 2, 1])
    }

    @Test func `what Telegram would refuse or cut is refused here`() {
        let wide = InlineKeyboard(rows: [Row(buttons: (0..<9).map { Button("\($0)", Open(page: $0)) })])
        #expect(throws: LimitError.tooManyButtonsInRow(9, limit: 8)) { try wide.markup() }
        let large = InlineKeyboard((0..<101).map { Button("\($0)", Open(page: $0)) }, columns: 5)
        #expect(throws: LimitError.tooManyButtons(101, limit: 100)) { try large.markup() }
        #expect(throws: LimitError.emptyButton) { try InlineKeyboard { Button("", Open(page: 1)) }.markup() }
        let long = InlineKeyboard { Button("x", Long(text: String(repeating: "x", count: 60))) }
        #expect(throws: CallbackPayloadError.tooLong(type: "Long", bytes: 65)) { try long.markup() }
    }

    @Test(arguments: [
        (0, [0, 1, 2], "1/3"), (1, [3, 4, 5], "2/3"), (2, [6], "3/3"), (9, [6], "3/3"), (-1, [0, 1, 2], "1/3"),
    ])
    func `a page is safe against a list that has changed`(number: Int, items: [Int], position: String) {
        let page = Page(of: 0..<7, number: number, size: 3)
        #expect(page.items == items)
        #expect(page.position == position)
    }

    @Test func `pages are a ring, and a single one has no arrows`() throws {
        let row = Page(of: 0..<7, number: 0, size: 3).navigation { Open(page: $0) }
        let data = try InlineKeyboard(rows: [row]).inlineMarkup().inlineKeyboard[0].map(\.callbackData)
        #expect(data == ["Open:2", "Open:0", "Open:1"])
        #expect(Page(of: 0..<2, number: 0, size: 3).navigation { Open(page: $0) }.buttons.isEmpty)
        #expect(Page(of: [Int](), number: 4, size: 3).items.isEmpty)
    }
}
