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
