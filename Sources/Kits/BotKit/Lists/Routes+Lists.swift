import TelegramAPI

extension Routes {
    /// A list that is shown page by page, with arrows below it.
    ///
    /// ```swift
    /// bot.pages("films", size: 6) { ctx, request in
    ///     let page = request.page(of: films.search(request.argument))
    ///     return PageView(page, "Films") {
    ///         for film in page.items { Button(film.title, OpenFilm(id: film.id)) }
    ///     }
    /// }
    /// bot.command("films") { ctx, words: String? in try await ctx.showPages("films", words ?? "") }
    /// ```
    ///
    /// A press makes the page anew and puts it in place of the one that is shown. The buttons carry all that this
    /// takes, so they work as long as the list is declared; those of a list that is not are answered as stale.
    ///
    /// - Parameters:
    ///   - name: What tells it from the bot's others; at most 20 bytes.
    ///   - size: Entries to a page.
    ///   - readers: Who may press the arrows in a group.
    public mutating func pages(
        _ name: String, size: Int = 8, for readers: PageReaders = .asker,
        view: @escaping @Sendable (_ ctx: Context, _ request: PageRequest) async throws -> PageView
    ) {
        precondition(size > 0, "a page has entries")
        precondition(
            !name.isEmpty && name.utf8.count <= ListDefinition.nameLimit && !name.contains(":"),
            "a list's name is 1 to \(ListDefinition.nameLimit) bytes without colon: \(name)")
        precondition(lists[name] == nil, "two lists with the name \(name)")
        let definition = ListDefinition(name: name, size: size, readers: readers, view: view)
        lists[name] = definition
        let tag = definition.tag
        add(.payload(tag), [.callbackQuery]) { ctx in
            guard let data = ctx.update.callbackQuery?.data,
                let press = try CallbackCoding.decode(PagePress.self, tag: tag, from: data)
            else { throw CallbackPayloadError.stale(type: tag) }
            try await definition.turn(press, ctx)
        }
    }
}

extension Context {
    /// Shows a page of a declared list: as a new message, or in place of the one under which a button was pressed.
    ///
    /// - Parameters:
    ///   - argument: What the list's code is given with each page, of any length.
    ///   - page: The first one shown, from 0.
    public func showPages(
        _ list: String, _ argument: String = "", page: Int = 0, inPlace: Bool = false
    ) async throws {
        guard let definition = core.lists[list] else {
            preconditionFailure("no list is declared with the name \(list)")
        }
        // In a private chat there is nobody else.
        let isShared = chat.map { $0.type != .private } ?? false
        let person = isShared && definition.readers == .asker ? user?.id.rawValue ?? 0 : 0
        let (view, keyboard) = try await definition.page(page, argument, person: person, self)
        if inPlace {
            try await edit(view.text, keyboard: keyboard)
        } else {
            try await reply(view.text, keyboard: keyboard.rows.isEmpty ? nil : keyboard)
        }
    }
}
