internal import BotKit
internal import Markup
internal import Storage
internal import Support
internal import TelegramAPI

/// Tells owners what concerns them, in their private chats.
struct OwnerDesk: Sendable {
    /// How long an owner is not told of the same trouble again.
    static let silence = Duration.seconds(86_400)

    let access: GalleryAccess
    let languages: PeopleLanguages
    let defaultLanguage: Language
    let database: any Database
    let time: any TimeSource
    let logger: Logger

    /// The language to speak to somebody who has not caused the present update.
    func language(of person: UserID) -> Language { languages.language(of: person) ?? defaultLanguage }

    /// Tells every owner, or one of them; true where at least one could be reached.
    @discardableResult
    func tell(
        _ owner: UserID? = nil, by sender: Sender, keyboard: @Sendable (AccessTexts) -> InlineKeyboard? = { _ in nil },
        _ text: @Sendable (AccessTexts) -> FormattedText
    ) async throws -> Bool {
        var isReached = false
        for owner in owner.map({ [$0] }) ?? access.owners where access.isOwner(owner) {
            let texts = AccessTexts.all[language(of: owner)]
            do {
                try await sender.send(text(texts), to: ChatID(owner), keyboard: keyboard(texts))
                isReached = true
            } catch let error as TelegramError {
                switch error {
                case .forbidden, .notFound:
                    logger.warning("an owner cannot be told", ["owner": .integer(owner.rawValue), "error": "\(error)"])
                default: throw error
                }
            }
        }
        return isReached
    }

    /// Whether a trouble is to be told now, which is at most once a day each; it counts as told then.
    func isDue(_ problem: String) async throws -> Bool {
        let now = time.now
        return try await database.execute(
            """
            INSERT INTO gallery_notices (problem, told_at) VALUES (\(problem), \(now))
            ON CONFLICT (problem) DO UPDATE SET told_at = excluded.told_at
            WHERE gallery_notices.told_at <= \(now.adding(.zero - Self.silence))
            """) > 0
    }
}
