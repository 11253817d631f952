internal import BotKit
internal import Storage
internal import TelegramAPI

/// A press on 👍 or 👎.
struct VotePress: CallbackPayload {
    static let tag = "v"

    /// The photo's number in `gallery_photos`.
    var photo: Int64
    /// 1 or -1.
    var value: Int
    /// The serial of the state that the button shows.
    var seen: Int64
}

/// A press on what hides a photo's gallery.
struct HidePress: CallbackPayload {
    static let tag = "h"

    enum Step: Int, Codable, Sendable {
        /// Opens the question.
        case ask
        /// The question itself, which does nothing.
        case question
        /// Hides.
        case hide
        /// Closes the question.
        case keep
    }

    var photo: Int64
    var step: Step
}

/// The buttons for votes below a photo, or below an album's row of them.
///
/// In a private chat the own vote is marked, in a group the votes are counted. `rows` goes into the keyboard of a
/// photo that is sent; a press redraws only these buttons and leaves the others as they are.
struct VoteKeyboard: Sendable {
    let database: any Database
    let votes = Votes()

    /// The buttons for one photo, or for 2 to 10 of an album in its order; each by its number in `gallery_photos`.
    func rows(for photos: [Int64], in chat: ChatID) async throws -> [BotKit.Row] {
        let scope = TasteScope(chat)
        return Self.rows(
            try await database.read { [votes] connection in
                try photos.map { try votes.state(of: $0, in: scope, connection) }
            })
    }

    /// What stands below the votes about hiding a photo's gallery.
    enum Hiding: Equatable, Sendable {
        /// Nothing.
        case none
        /// What stands there already.
        case asBefore
        /// A button that opens the question.
        case offered(photo: Int64, gallery: String)
        /// The question with its two answers.
        case asked(photo: Int64, gallery: String)
    }

    /// The photos whose votes stand below a message, in their order.
    static func photos(in markup: InlineKeyboardMarkup?) -> [Int64] {
        var photos: [Int64] = []
        for button in (markup?.inlineKeyboard ?? []).joined() {
            guard let press = votePress(button), photos.last != press.photo else { continue }
            photos.append(press.photo)
        }
        return photos
    }

    /// The keyboard with votes and question drawn anew; rows of others stay.
    static func redrawn(
        _ markup: InlineKeyboardMarkup?, states: [Votes.State], hiding: Hiding, in language: Language
    ) throws -> InlineKeyboardMarkup {
        let old = markup?.inlineKeyboard ?? []
        let others = old.filter { row in !row.contains { isTagged($0, VotePress.tag) || isTagged($0, HidePress.tag) } }
        let question: [[InlineKeyboardButton]] =
            switch hiding {
            case .asBefore: old.filter { row in row.contains { isTagged($0, HidePress.tag) } }
            default: try InlineKeyboard(rows: rows(hiding, in: language)).inlineMarkup().inlineKeyboard
            }
        let votes = try InlineKeyboard(rows: rows(states)).inlineMarkup().inlineKeyboard
        return InlineKeyboardMarkup(inlineKeyboard: votes + others + question)
    }

    private static func rows(_ hiding: Hiding, in language: Language) -> [BotKit.Row] {
        let texts = VoteTexts.all[language]
        switch hiding {
        case .none, .asBefore: return []
        case .offered(let photo, let gallery):
            return [BotKit.Row { Button(texts.hideOffer(gallery), HidePress(photo: photo, step: .ask)) }]
        case .asked(let photo, let gallery):
            return [
                BotKit.Row { Button(texts.hideQuestion(gallery), HidePress(photo: photo, step: .question)) },
                BotKit.Row {
                    Button(texts.hide, HidePress(photo: photo, step: .hide))
                    Button(texts.keep, HidePress(photo: photo, step: .keep))
                },
            ]
        }
    }

    private static func isTagged(_ button: InlineKeyboardButton, _ tag: String) -> Bool {
        button.callbackData?.hasPrefix(tag + ":") ?? false
    }

    private static func votePress(_ button: InlineKeyboardButton) -> VotePress? {
        // A button of an older version shows no photo that could be drawn anew.
        do { return try button.callbackData.flatMap { try VotePress(callbackData: $0) } } catch { return nil }
    }

    /// The buttons for photos in these states.
    static func rows(_ states: [Votes.State]) -> [BotKit.Row] {
        guard states.count > 1 else { return states.map { BotKit.Row(buttons: buttons($0, number: nil)) } }
        // Two photos side by side: ten are five rows, and each button can still be hit.
        return stride(from: 0, to: states.count, by: 2).map { start in
            BotKit.Row(
                buttons: (start..<min(start + 2, states.count)).flatMap {
                    buttons(states[$0], number: $0 + 1)
                })
        }
    }

    private static func buttons(_ state: Votes.State, number: Int?) -> [Button] {
        Votes.Value.allCases.map { value in
            let sign = value == .up ? "👍" : "👎"
            let parts = [
                state.own == value ? "✅" : nil, number.map(String.init), sign,
                state.tally.map { value == .up ? $0.up : $0.down }.flatMap { $0 > 0 ? String($0) : nil },
            ]
            return Button(
                parts.compactMap(\.self).joined(separator: " "),
                VotePress(photo: state.photo, value: value.rawValue, seen: state.serial))
        }
    }
}
