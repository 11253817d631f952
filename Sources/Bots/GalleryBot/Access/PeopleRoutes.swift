internal import BotKit
internal import Markup
internal import Storage
internal import Support
internal import TelegramAPI

/// `/users`: everybody who may use the bot or was turned away, with buttons.
struct PeopleRoutes: Sendable {
    let desk: OwnerDesk
    let timetable: TimetableText
    private var access: GalleryAccess { desk.access }
    private static let size = 6

    func declare(in bot: inout Routes) {
        bot.command("users", AccessTexts.all.map(\.menu.users), scope: .owners) { ctx in
            let (text, keyboard) = try await list(0, ctx)
            try await ctx.reply(text, keyboard: keyboard)
        }
        bot.press(ShowPeople.self) { ctx, press in
            let (text, keyboard) = try await list(press.page, ctx)
            try await ctx.edit(text, keyboard: keyboard)
        }
        bot.press(ConfirmPerson.self) { ctx, press in
            let texts = AccessTexts.all[ctx]
            let person = acquaintance(UserID(press.user))
            let shown = texts.person(person.name, person.username, press.user)
            try await ctx.edit(
                press.allows ? texts.confirmRestore(shown) : texts.confirmBlock(shown),
                keyboard: InlineKeyboard {
                    Row {
                        Button(texts.yes, DecidePerson(user: press.user, allows: press.allows, page: press.page))
                        Button(texts.no, ShowPeople(page: press.page))
                    }
                })
        }
    }

    /// The confirmed answer; the list is shown again.
    func decide(_ ctx: Context, _ press: DecidePerson) async throws {
        let said = try await desk.decide(press.allows, about: acquaintance(UserID(press.user)), ctx)
        try await ctx.answer(said.text)
        let (text, keyboard) = try await list(press.page ?? 0, ctx)
        try await ctx.edit(text, keyboard: keyboard)
    }

    private func list(_ number: Int, _ ctx: Context) async throws -> (FormattedText, InlineKeyboard) {
        let texts = AccessTexts.all[ctx]
        let page = Page(of: lines(ctx.language), number: number, size: Self.size)
        let ids = page.items.map(\.id)
        let counts = try await ctx.database.read { connection in
            var counts: [Int64: Int] = [:]
            for id in ids {
                counts[id] = try connection.value("SELECT COUNT(*) FROM sent_photos WHERE chat_id = \(id)")
            }
            return counts
        }
        var text = texts.users(lines(ctx.language).count, page.position)
        for var line in page.items {
            line.photos = counts[line.id] ?? 0
            text += "\n\n" + texts.user(line)
        }
        let keyboard = InlineKeyboard {
            for line in page.items where line.status == .allowed || line.status == .denied {
                let allows = line.status == .denied
                let name = String(line.name.prefix(24))
                Button(
                    allows ? texts.restoreButton(name) : texts.blockButton(name),
                    ConfirmPerson(user: line.id, allows: allows, page: page.number))
            }
            page.navigation { ShowPeople(page: $0) }
        }
        return (text, keyboard)
    }

    /// Owners, then those of the configuration, then those let in, the latest first, then those turned away.
    private func lines(_ language: Language) -> [AccessTexts.UserLine] {
        let configured = access.owners + access.configuredUsers.subtracting(access.owners).sorted()
        var lines = configured.map { id in
            line(acquaintance(id), access.isOwner(id) ? .owner : .configured, nil, language)
        }
        let people = access.people.filter { !access.configuredUsers.contains($0.id) }
        for status in [Person.Status.allowed, .denied] {
            lines += people.filter { $0.status == status }
                .map { line(acquaintance($0.id), status == .allowed ? .allowed : .denied, $0.since, language) }
        }
        return lines
    }

    private func line(
        _ person: Acquaintance, _ status: AccessTexts.UserLine.Status, _ since: Timestamp?, _ language: Language
    ) -> AccessTexts.UserLine {
        AccessTexts.UserLine(
            name: person.name, username: person.username, id: person.id.rawValue, status: status,
            since: since.map { timetable.day($0, in: language) },
            seen: desk.languages.lastSeen(person.id).map { timetable.moment($0, in: language) }, photos: 0)
    }

    /// The name that somebody has now, else the one that they had when it was decided about them.
    private func acquaintance(_ id: UserID) -> Acquaintance {
        desk.languages.acquaintance(id) ?? access.person(id).map(Acquaintance.init)
            ?? Acquaintance(id: id, name: "\(id)", username: nil)
    }
}

extension TimetableText {
    /// A day as people of the language write it.
    func day(_ moment: Timestamp, in language: Language) -> String {
        String(self.moment(moment, in: language).prefix(10))
    }
}
