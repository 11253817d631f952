import BotKit
import JSON
import Jobs
import PhotoLibraries
import SQLiteStorage
import Storage
import Support
import TelegramAPI
import TelegramSimulator
import Testing

@testable import GalleryBot

/// Photos with vote buttons, shown without the rest of sending.
extension GalleryScene {
    /// A photo of a gallery, under a number of the simulated library.
    static func photo(
        _ id: Int, gallery: String? = "Summer & <Fun>", performers: [String] = [], title: String? = nil
    ) -> Photo {
        Photo(
            id: "\(id)", title: title, fileName: "\(id).jpg",
            galleries: gallery.map { [.init(id: "gallery \($0)", name: $0)] } ?? [],
            performers: performers.map { .init(id: "person \($0)", name: $0) }, fingerprint: "\(id)")
    }

    /// Shows photos to a chat, several as an album's row, and gives the message with their buttons as a person sees it.
    func show(_ photos: [Photo], to chat: Int64, seenBy person: SimulatedPerson) async throws -> SimulatedMessage {
        if chat == Self.botID { try await meet(person) }
        // A private chat has the bot's number for the person and the person's number for the bot.
        let destination = ChatID(chat == Self.botID ? person.id : chat)
        let numbers = try await database.write { connection in
            try photos.map { photo in
                let number = try KnownPhotos().note(photo, library: "stash", in: connection)
                try SentPhotos().add(
                    SentPhotos.Entry(
                        imageID: photo.id, chatID: destination.rawValue, userID: person.id, title: photo.title,
                        round: 1, sentAt: Timestamp(seconds: 1_700_000_000), photoNumber: number),
                    in: connection)
                return number
            }
        }
        let rows = try await VoteKeyboard(database: database).rows(for: numbers, in: destination)
        try await gallery.bot.sender.send(
            "A photo", to: destination,
            keyboard: InlineKeyboard(rows: rows + [BotKit.Row { Button("ℹ️", InfoPress(photo: numbers[0])) }]))
        return try await person.next(from: chat)
    }

    /// A bot may write to nobody who has not written to it.
    private func meet(_ person: SimulatedPerson) async throws {
        let isKnown = try await database.read { connection in
            try connection.one("SELECT 1 FROM gallery_people WHERE user_id = \(person.id)") != nil
        }
        guard !isKnown else { return }
        try await person.say("/start", to: Self.botID)
        _ = try await person.next(from: Self.botID)
    }

    /// Presses a button and waits for the answer and for the buttons that stand there afterwards.
    func press(
        _ label: String, on message: SimulatedMessage, in chat: Int64, by person: SimulatedPerson
    ) async throws -> (answer: String?, message: SimulatedMessage) {
        let answer = try await person.press(label, on: message, in: chat)
        return (answer.text, try await person.nextEdit(in: chat))
    }

    /// A group in which the bot may show photos, with Alice, who is its owner, and Boris.
    func openGroup() async throws -> Int64 {
        try await meet(alice)
        let chat = try await alice.act(
            "chats", ["type": "supergroup", "title": "Party", "members": [502, .integer(Self.botID)]])
        let group = try #require(chat["chat"]?["id"]?.integerValue)
        let question = try await alice.next(from: Self.botID)
        let allow = try #require(question.buttons.first?.first)
        try await alice.press(allow, on: question, in: Self.botID)
        _ = try await alice.nextEdit(in: Self.botID)
        // From here on both see what happens there.
        try await boris.say("Hi", to: group)
        _ = try await alice.next(from: group)
        return group
    }

    /// Waits until no job about votes is left.
    func votesAreWritten() async throws {
        while true {
            let open: JobID? = try await database.read { connection in
                try connection.value(
                    """
                    SELECT id FROM jobs WHERE kind = \(WriteVotes.kind)
                    AND state NOT IN ('completed', 'cancelled', 'discarded')
                    """)
            }
            guard let open else { return }
            await jobs.end(of: open)
        }
    }

    /// The votes as they are stored: person, photo and value.
    func storedVotes() async throws -> [[Int64]] {
        try await database.read { connection in
            try connection.query("SELECT user_id, photo_number, value FROM votes ORDER BY user_id, photo_number").map {
                [try $0.get("user_id"), try $0.get("photo_number"), try $0.get("value")]
            }
        }
    }
}
