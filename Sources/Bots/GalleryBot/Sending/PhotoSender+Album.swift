internal import BotKit
internal import PhotoLibraries
internal import TelegramAPI

extension PhotoSender {
    /// Which item of an album could not be loaded.
    private struct ItemFault: Error {
        let place: Int
        let reason: PhotoLibraryError
    }

    /// Sends photos as one album, and what cannot stand in an album singly behind it.
    ///
    /// One bad item does not stop the others: it goes down its ladder, travels alone, or is lost. Whatever goes wrong,
    /// the result says what was sent.
    func sendAlbum(
        _ photos: [AlbumPlan.Item], to recipient: Recipient, sender: Sender
    ) async -> AlbumDelivery {
        var delivery = AlbumDelivery()
        var plan = AlbumPlan(photos)
        do {
            try await sendTogether(&plan, into: &delivery, to: recipient, sender: sender)
            for item in plan.items { try await sendAlone(item, into: &delivery, to: recipient, sender: sender) }
        } catch {
            delivery.failure = error
        }
        return delivery
    }

    private func sendTogether(
        _ plan: inout AlbumPlan, into delivery: inout AlbumDelivery, to recipient: Recipient, sender: Sender
    ) async throws {
        let options = try await options(for: recipient)
        // Every turn sends, or brings something down its ladder or out of the plan.
        while true {
            let group = plan.group
            if group.isEmpty { return }
            do {
                let messages = try await sender.sendAlbum(
                    albumItems(group.map { plan.items[$0] }, recipient), to: recipient.chat, options: options)
                var numbers: [Int64] = []
                for (index, message) in zip(group, messages) {
                    let item = plan.items[index]
                    let number = try await number(of: item.photo)
                    numbers.append(number)
                    delivery.entries.append(
                        entry(item.photo, number: number, round: item.round, message: message, recipient: recipient))
                    if let rung = item.rung { pictures.remove(key(item.photo, rung.form)) }
                }
                if let first = messages.first { delivery.album = (MessageReference(first), numbers) }
                plan.remove(group)
                return
            } catch let fault as ItemFault {
                let index = group[fault.place]
                logger.notice(
                    "an album's photo cannot be had",
                    ["photo": .string(plan.items[index].photo.id), "error": .describing(fault.reason)])
                if fault.reason.isAboutTheForm, plan.stepDown(index) { continue }
                // A library that does not answer for one does not answer for the others either.
                guard fault.reason.isAboutOnePhoto else { throw PhotoFailure.library(fault.reason) }
                delivery.lost.append(plan.items[index].photo)
                plan.remove([index])
            } catch let error as TelegramError {
                try settle(error, group, in: &plan, &delivery)
            }
        }
    }

    /// Telegram refused an album: what it named, or everything that may be at fault, goes another way.
    private func settle(
        _ error: TelegramError, _ group: [Int], in plan: inout AlbumPlan, _ delivery: inout AlbumDelivery
    ) throws {
        if let number = error.albumItem, group.indices.contains(number - 1) {
            let index = group[number - 1]
            logger.notice(
                "Telegram refused a photo of an album",
                ["photo": .string(plan.items[index].photo.id), "error": "\(error)"])
            if !plan.stepDown(index) {
                delivery.lost.append(plan.items[index].photo)
                plan.remove([index])
            }
        } else if error.asksForAnotherForm {
            logger.notice("Telegram refused an album", ["error": "\(error)"])
            if !plan.stepDownOriginals(group) { plan.separate(group) }
        } else {
            throw error
        }
    }

    private func sendAlone(
        _ item: AlbumPlan.Item, into delivery: inout AlbumDelivery, to recipient: Recipient, sender: Sender
    ) async throws {
        do {
            delivery.entries.append(
                try await send(
                    item.photo, round: item.round, words: item.words, skipping: item.step, to: recipient,
                    sender: sender))
        } catch PhotoFailure.unsendable {
            delivery.lost.append(item.photo)
        } catch let error as PhotoLibraryError {
            guard error.isAboutOnePhoto else { throw PhotoFailure.library(error) }
            delivery.lost.append(item.photo)
        }
    }

    private func albumItems(_ items: [AlbumPlan.Item], _ recipient: Recipient) -> [AlbumItem] {
        let texts = GalleryTexts.all[recipient.language]
        return items.enumerated().compactMap { place, item in
            guard let rung = item.rung else { return nil }
            let media = Media(key: key(item.photo, rung.form)) { [self] in
                do throws(PhotoLibraryError) {
                    let content = try await content(of: item.photo, rung)
                    return .bytes(content.bytes, name: content.fileName)
                } catch {
                    throw ItemFault(place: place, reason: error)
                }
            }
            return AlbumItem(
                rung.kind, media,
                caption: Caption.text(
                    for: item.photo, in: texts, above: item.words.above, remark: item.words.remark),
                facts: rung == .video ? Self.facts(item.photo) : ClipFacts())
        }
    }
}

extension PhotoLibraryError {
    /// Says something of one photo, and nothing of the others.
    var isAboutOnePhoto: Bool {
        switch self {
        case .notFound, .tooLarge, .notAPicture, .unexpectedAnswer: true
        case .unavailable, .unauthorized, .needsOwner, .refused, .cancelled: false
        }
    }
}
