internal import BotKit
internal import PhotoLibraries
internal import Storage
internal import Support
internal import TelegramAPI

/// `/random`, the keyboard's button and ➡️: photos now, one or an album.
struct RandomRoute: Sendable {
    let show: PhotoShow
    private let sent = SentPhotos()
    private let known = KnownPhotos()

    init(show: PhotoShow) {
        self.show = show
    }

    func declare(in bot: inout Routes) {
        bot.command(
            "random", GalleryTexts.all.map(\.menu.random), usage: SendingTexts.all.map(\.randomUsage),
            handler: { (ctx: Context, words: String?) in try await random(ctx, words: words ?? "") })
        bot.press(NextPress.self, handler: next)
    }

    /// The keyboard's button.
    func handle(_ ctx: Context) async throws {
        try await random(ctx, words: "")
    }

    /// The command with what stands behind it.
    func random(_ ctx: Context, words: String) async throws {
        let request: RandomRequest
        do throws(RandomRequest.Fault) {
            request = try RandomRequest(parsing: words)
        } catch {
            switch error {
            case .filter(let fault): try await ctx.reply(fault.text(in: ctx.language))
            case .noPhotos: try await ctx.reply(SendingTexts.all[ctx].noPhotosAsked)
            }
            return
        }
        if request.granted == 1 {
            try await one(ctx, request.filter)
        } else {
            try await several(ctx, request)
        }
    }

    /// ➡️ below a photo that this chat was shown.
    func next(_ ctx: Context, _ press: NextPress) async throws {
        guard let chat = ctx.chat else { return }
        let photo = try await ctx.database.read { [known] in
            try known.find(press.photo, shownIn: chat.id.rawValue, in: $0)
        }
        guard photo != nil else { return try await ctx.answer(SendingTexts.all[ctx].notShownHere, alert: true) }
        // At once: a photo may take longer than a button blinks.
        try await ctx.answer()
        try await one(ctx, .none)
    }

    // MARK: One

    private func one(_ ctx: Context, _ filter: PhotoFilter) async throws {
        guard let recipient = Recipient(ctx, source: .asked) else { return }
        var chosen: [PhotoShow.Prepared] = []
        // Until the end, so that one which cannot be sent is not chosen again at once.
        defer { for prepared in chosen { show.finish(prepared, for: recipient.chat) } }
        do {
            try await ctx.typing(.uploadPhoto) {
                var failure = PhotoFailure.library(.notFound)
                for _ in 0..<3 {
                    do {
                        let prepared = try await show.prepare(for: recipient.chat, filter: filter)
                        chosen.append(prepared)
                        guard let entry = try await send(prepared, ctx, recipient) else { continue }
                        try await ctx.commit { [sent] in try sent.add(entry, in: $0) }
                        return
                    } catch PhotoFailure.unsendable {
                        ctx.logger.warning("Telegram takes a photo in no form", Self.fields(chosen.last))
                        failure = .unsendable
                    } catch PhotoFailure.library(let error) where error.isAboutOnePhoto {
                        ctx.logger.warning("a photo cannot be had: \(error)", Self.fields(chosen.last))
                        failure = .library(error)
                    } catch PhotoFailure.emptyLibrary where !chosen.isEmpty {
                        break
                    }
                }
                throw failure
            }
        } catch let failure as PhotoFailure {
            return try await SendingTrouble(failure, filter: filter).tell(ctx)
        }
        if filter.isEmpty { show.ahead.want(for: recipient.chat, sender: ctx.sender) }
    }

    private static func fields(_ prepared: PhotoShow.Prepared?) -> [String: LogValue] {
        prepared.map { ["photo": .string($0.photo.id)] } ?? [:]
    }

    private func send(
        _ prepared: PhotoShow.Prepared, _ ctx: Context, _ recipient: Recipient
    ) async throws -> SentPhotos.Entry? {
        guard SendingLadder(for: prepared.photo).rungs.first == .video else {
            return try await show.send(prepared, to: recipient, sender: ctx.sender)
        }
        return try await ctx.typing(.uploadVideo) {
            try await show.send(prepared, to: recipient, sender: ctx.sender)
        }
    }

    // MARK: Several

    private func several(_ ctx: Context, _ request: RandomRequest) async throws {
        guard let recipient = Recipient(ctx, source: .album) else { return }
        let chat = recipient.chat
        let texts = SendingTexts.all[ctx]
        var chosen: [PhotoShow.Choice] = []
        defer { for choice in chosen { show.chooser.finish(choice, for: chat) } }
        var delivery: AlbumDelivery
        do {
            delivery = try await ctx.typing(.uploadPhoto) {
                chosen = try await show.choose(for: chat, filter: request.filter, count: request.granted)
                let asked = chosen.count
                var delivery = await show.sendAlbum(chosen, to: recipient, sender: ctx.sender)
                // What has gone or cannot be sent is replaced, as far as there is more to choose from.
                var tries = 0
                while delivery.failure == nil, delivery.entries.count < asked, tries < 3 {
                    tries += 1
                    let more = await others(asked - delivery.entries.count, for: chat, request.filter)
                    guard !more.isEmpty else { break }
                    chosen += more
                    let further = await show.sendAlbum(more, to: recipient, sender: ctx.sender)
                    delivery.add(further)
                }
                return delivery
            }
        } catch let failure as PhotoFailure {
            return try await SendingTrouble(failure, filter: request.filter).tell(ctx)
        }
        // Everything that was sent and the end of this request stand in one transaction.
        if !delivery.entries.isEmpty {
            try await ctx.commit { [sent, entries = delivery.entries] connection in
                for entry in entries { try sent.add(entry, in: connection) }
            }
        }
        let remark = chosen.lazy.compactMap(\.remark).first.flatMap { show.remark($0, ctx.language) }
        let notes = [
            request.count > RandomRequest.most ? texts.atMost(RandomRequest.most) : nil,
            delivery.failure == nil && delivery.entries.count < request.granted
                ? texts.fewer(delivery.entries.count, request.granted) : nil, remark,
        ].compactMap(\.self)
        try await finish(ctx, delivery, notes: notes, recipient, request.filter)
    }

    private func finish(
        _ ctx: Context, _ delivery: AlbumDelivery, notes: [String], _ recipient: Recipient, _ filter: PhotoFilter
    ) async throws {
        if delivery.album != nil {
            let count = delivery.album?.numbers.count ?? 0
            try await show.sendVotes(
                for: delivery, text: ([SendingTexts.all[ctx].albumVotes(count)] + notes).joined(separator: "\n"),
                to: recipient, sender: ctx.sender)
        } else if !notes.isEmpty, !delivery.entries.isEmpty {
            try await ctx.reply(notes.joined(separator: "\n"))
        }
        if let failure = delivery.failure {
            guard let failure = failure as? PhotoFailure else { throw failure }
            try await SendingTrouble(failure, filter: filter).tell(ctx)
        } else if delivery.entries.isEmpty {
            try await SendingTrouble(.unsendable, filter: filter).tell(ctx)
        } else if filter.isEmpty {
            show.ahead.want(for: recipient.chat, sender: ctx.sender)
        }
    }

    /// More photos in place of lost ones; none where there are no others.
    private func others(_ count: Int, for chat: ChatID, _ filter: PhotoFilter) async -> [PhotoShow.Choice] {
        do {
            let choices = try await show.choose(for: chat, filter: filter, count: count)
            // Photos that come again are no replacement: the album may hold them.
            let repeats = choices.filter { $0.remark == .repeated }
            for choice in repeats { show.chooser.finish(choice, for: chat) }
            return choices.filter { $0.remark != .repeated }
        } catch {
            return []
        }
    }
}

extension AlbumDelivery {
    /// Adds what was sent in place of lost photos; the first album keeps its votes.
    mutating func add(_ other: AlbumDelivery) {
        entries += other.entries
        lost += other.lost
        failure = other.failure
        if album == nil { album = other.album }
    }
}
