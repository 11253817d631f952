internal import BotKit
internal import Support
internal import Synchronization
internal import TelegramAPI

/// Who administers a group, as Telegram says, remembered for five minutes.
final class Administrators: Sendable {
    /// How long an answer is taken for current.
    static let maximumAge = Duration.seconds(300)
    /// Answers that are kept at most.
    private static let limit = 1000

    private struct Key: Hashable {
        var user: UserID
        var chat: ChatID
    }

    private struct Answer {
        var isAdministrator: Bool
        var givenAt: Duration
    }

    private let time: any TimeSource
    private let answers = Mutex<[Key: Answer]>([:])

    init(time: any TimeSource) {
        self.time = time
    }

    /// Whether a person administers a group.
    func contains(_ user: UserID, of chat: ChatID, asking sender: Sender) async throws(TelegramError) -> Bool {
        let key = Key(user: user, chat: chat)
        if let answer = answers.withLock({ $0[key] }), time.uptime - answer.givenAt < Self.maximumAge {
            return answer.isAdministrator
        }
        let isAdministrator: Bool
        do {
            isAdministrator =
                switch try await sender.call(GetChatMember(chatID: ChatTarget(chat), userID: user)) {
                case .owner, .administrator: true
                default: false
                }
        } catch .notFound {
            isAdministrator = false
        } catch .badRequest {
            // Telegram does not tell a bot about somebody who has never been there.
            isAdministrator = false
        }
        answers.withLock { answers in
            if answers.count >= Self.limit { answers.removeAll() }
            answers[key] = Answer(isAdministrator: isAdministrator, givenAt: time.uptime)
        }
        return isAdministrator
    }
}
