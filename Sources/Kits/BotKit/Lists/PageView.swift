public import Markup

/// Which page of a list is to be shown.
public struct PageRequest: Sendable {
    /// What the list was opened with, such as words to search for.
    public let argument: String
    /// Which page, from 0; the list may have become shorter since its button was made.
    public let number: Int
    /// Entries to a page.
    public let size: Int

    /// The page of a list that is at hand.
    public func page<Item: Sendable>(of list: some RandomAccessCollection<Item>) -> Page<Item> {
        Page(of: list, number: number, size: size)
    }

    /// The page of a list of `total` entries, of which only those of the page are fetched.
    public func page<Item: Sendable>(total: Int, fetch: (Range<Int>) throws -> [Item]) rethrows -> Page<Item> {
        try Page(total: total, number: number, size: size, fetch: fetch)
    }
}

/// How a page of a list looks.
public struct PageView: Sendable {
    let text: FormattedText
    let rows: [Row]
    let number: Int
    let count: Int

    /// A text, with buttons for the entries where they have some; the arrows are added below.
    public init(
        _ page: Page<some Sendable>, _ text: FormattedText, @InlineKeyboardBuilder buttons: () -> [Row] = { [] }
    ) {
        self.text = text
        rows = buttons()
        number = page.number
        count = page.count
    }
}

/// Who may turn the pages of a list in a group.
public enum PageReaders: Sendable {
    /// Only who asked for it.
    case asker
    /// Everybody in the chat.
    case everyone
}
