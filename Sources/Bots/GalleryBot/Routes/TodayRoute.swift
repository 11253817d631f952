internal import BotKit
internal import Markup
internal import PhotoLibraries
internal import Storage
internal import Support
internal import TelegramAPI

/// `/today`: this day in other years, as an album with the years in its captions.
struct TodayRoute: Sendable {
    let show: PhotoShow
    /// The galleries that a chat does not want to see.
    let hidden: @Sendable (ChatID) async throws -> Set<String>
    /// The time zone of chats that have not set one.
    let defaultZone: String
    private let sent = SentPhotos()
    private let settings = ChatSettingsStore()

    /// How many days around today the button takes in.
    static let reach = 3

    init(
        show: PhotoShow, defaultZone: String, hidden: @escaping @Sendable (ChatID) async throws -> Set<String>
    ) {
        self.show = show
        self.defaultZone = defaultZone
        self.hidden = hidden
    }

    func declare(in bot: inout Routes) {
        bot.command("today", SendingTexts.all.map(\.todayMenu), handler: handle)
        bot.press(TodayPress.self, handler: more)
    }

    func handle(_ ctx: Context) async throws {
        guard let chat = ctx.chat else { return }
        try await send(ctx, day: try await today(in: chat.id, ctx), reach: 0, offset: 0)
    }

    /// The next ones, or those of the days around.
    func more(_ ctx: Context, _ press: TodayPress) async throws {
        guard let chat = ctx.chat else { return }
        try await ctx.answer()
        var day = try await today(in: chat.id, ctx)
        (day.month, day.day) = (press.month, press.day)
        try await send(ctx, day: day, reach: min(max(press.reach, 0), Self.reach), offset: max(press.offset, 0))
    }

    private func today(in chat: ChatID, _ ctx: Context) async throws -> CivilDate {
        let zone = try await ctx.database.read { [settings] in try settings.settings(of: chat, in: $0) }.zone
        let rules: TimeZoneRules
        do {
            rules = try .named(zone ?? defaultZone)
        } catch {
            // A zone was checked when it was set; the machine's list may have lost it since.
            ctx.logger.warning("a chat's time zone is not known", ["zone": .string(zone ?? defaultZone)])
            rules = try .named("UTC")
        }
        return rules.localTime(at: ctx.time.now).date
    }

    private func send(_ ctx: Context, day: CivilDate, reach: Int, offset: Int) async throws {
        guard let recipient = Recipient(ctx, source: .today) else { return }
        let texts = SendingTexts.all[ctx]
        let delivery: AlbumDelivery
        let found: DayInYears
        do {
            (found, delivery) = try await ctx.typing(.uploadPhoto) {
                let found = DayInYears(
                    around: day, reach: reach, in: try await snapshot(), hidden: try await hidden(recipient.chat))
                let page = found.photos.dropFirst(offset).prefix(RandomRequest.most)
                let items = try await items(Array(page), day: day, recipient)
                return (found, await show.photos.sendAlbum(items, to: recipient, sender: ctx.sender))
            }
        } catch let failure as PhotoFailure {
            return try await SendingTrouble(failure).tell(ctx)
        }
        if !delivery.entries.isEmpty {
            try await ctx.commit { [sent, entries = delivery.entries] connection in
                for entry in entries { try sent.add(entry, in: connection) }
            }
        }
        let left = found.photos.count - offset - RandomRequest.most
        var buttons: [Button] = []
        if left > 0 {
            buttons.append(
                Button(
                    texts.moreButton(left),
                    TodayPress(month: day.month, day: day.day, reach: reach, offset: offset + RandomRequest.most)))
        } else if reach == 0 {
            buttons.append(
                Button(
                    texts.nearButton(Self.reach),
                    TodayPress(month: day.month, day: day.day, reach: Self.reach, offset: 0)))
        }
        try await conclude(ctx, delivery, found, day: day, reach: reach, buttons: buttons, recipient)
        if let failure = delivery.failure {
            guard let failure = failure as? PhotoFailure else { throw failure }
            try await SendingTrouble(failure).tell(ctx)
        }
    }

    /// The words below: votes for the album, the years, and the way to more.
    private func conclude(
        _ ctx: Context, _ delivery: AlbumDelivery, _ found: DayInYears, day: CivilDate, reach: Int,
        buttons: [Button], _ recipient: Recipient
    ) async throws {
        let texts = SendingTexts.all[ctx]
        let row = Row(buttons: buttons)
        guard !found.photos.isEmpty else {
            try await ctx.reply(
                reach == 0 ? texts.nothingToday : texts.nothingNear(reach), keyboard: InlineKeyboard(rows: [row]))
            return
        }
        var years: [Int: Int] = [:]
        for photo in found.photos { years[photo.date.year, default: 0] += 1 }
        let text = texts.years(years.sorted { $0.key > $1.key }.map { ($0.key, $0.value) }, reach)
        guard let (message, numbers) = delivery.album else {
            if !buttons.isEmpty { try await ctx.reply(text, keyboard: InlineKeyboard(rows: [row])) }
            return
        }
        var options = try await show.photos.options(for: recipient)
        options.replyTo = message
        options.hasSpoiler = false
        var keyboard = try await show.photos.albumKeyboard(numbers, for: recipient)
        keyboard.rows.append(row)
        try await ctx.sender.send(text, to: message.chatID, keyboard: keyboard, options: options)
    }

    private func snapshot() async throws -> Catalogue.Snapshot {
        let snapshot: Catalogue.Snapshot
        do throws(PhotoLibraryError) {
            snapshot = try await show.catalogue.snapshot()
        } catch {
            throw PhotoFailure.library(error)
        }
        guard snapshot.index.count > 0 else { throw PhotoFailure.emptyLibrary }
        return snapshot
    }

    /// What the library knows of the photos, each with the years that have gone by.
    private func items(
        _ found: [DayInYears.Found], day: CivilDate, _ recipient: Recipient
    ) async throws -> [AlbumPlan.Item] {
        let texts = SendingTexts.all[recipient.language]
        let round = try await show.photos.round(of: recipient.chat)
        var items: [AlbumPlan.Item] = []
        for photo in found.sorted(by: { $0.date > $1.date }) {
            let looked: Photo?
            do throws(PhotoLibraryError) {
                looked = try await show.catalogue.library.photo(id: photo.photoID)
            } catch {
                throw PhotoFailure.library(error)
            }
            guard let looked else {
                show.catalogue.remove(photo.photoID)
                continue
            }
            let isSameDay = (photo.date.month, photo.date.day) == (day.month, day.day)
            let line = texts.yearsAgo(day.year - photo.date.year, isSameDay ? nil : photo.date)
            items.append(AlbumPlan.Item(looked, round: round, words: .init(above: "🗓 \(bold: line)")))
        }
        return items
    }
}
