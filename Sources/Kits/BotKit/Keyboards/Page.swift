/// One page of a list, safe against a list that has changed since its buttons were made.
///
/// ```swift
/// struct ShowAlbums: CallbackPayload { var page: Int }
///
/// bot.press(ShowAlbums.self) { ctx, show in
///     let page = Page(of: albums, number: show.page, size: 6)
///     try await ctx.edit(page.title, keyboard: InlineKeyboard {
///         for album in page.items { Button(album.title, OpenAlbum(id: album.id)) }
///         page.navigation { ShowAlbums(page: $0) }
///     })
/// }
/// ```
public struct Page<Item: Sendable>: Sendable {
    /// The entries of this page.
    public let items: [Item]
    /// Which page, from 0; the last one where a later one was asked for.
    public let number: Int
    /// How many pages there are, at least 1.
    public let count: Int

    /// Page `number` of a list with `size` entries to a page.
    public init(of list: some RandomAccessCollection<Item>, number: Int, size: Int) {
        precondition(size > 0)
        self.init(total: list.count, number: number, size: size) { range in
            Array(list.dropFirst(range.lowerBound).prefix(range.count))
        }
    }

    /// Page `number` of a list of `total` entries, of which only those of the page are fetched.
    public init(total: Int, number: Int, size: Int, fetch: (Range<Int>) throws -> [Item]) rethrows {
        precondition(size > 0)
        count = max(1, (total + size - 1) / size)
        self.number = max(0, min(number, count - 1))
        let start = self.number * size
        items = try fetch(start..<max(start, min(start + size, total)))
    }

    /// Where one is: `2/7`; empty where there is only one page.
    public var position: String { count > 1 ? "\(number + 1)/\(count)" : "" }

    static func arrows(number: Int, count: Int, button: (_ title: String, _ page: Int) -> Button) -> Row {
        Row(buttons: [
            button("‹", (number + count - 1) % count),
            button("\(number + 1)/\(count)", number),
            button("›", (number + 1) % count),
        ])
    }

    /// A row with arrows and the position; no row where there is only one page.
    ///
    /// The list is a ring: before the first page comes the last one.
    public func navigation(_ payload: (_ page: Int) -> some CallbackPayload) -> Row {
        count > 1 ? Self.arrows(number: number, count: count) { Button($0, payload($1)) } : Row(buttons: [])
    }
}
