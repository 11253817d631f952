import Testing

@testable import BotKit

struct BotWideSuspicionTests {
    struct Refusal: Sendable {
        let chat: Int64
        let isQuiet: Bool
        let second: Double
    }

    static let stories: [(String, [Refusal], [Int64])] = [
        ("one chat", [.init(chat: 1, isQuiet: true, second: 0)], []),
        ("one chat twice", [.init(chat: 1, isQuiet: true, second: 0), .init(chat: 1, isQuiet: true, second: 1)], []),
        (
            "two quiet ones", [.init(chat: 1, isQuiet: true, second: 0), .init(chat: 2, isQuiet: true, second: 1)],
            [1, 2]
        ),
        ("two far apart", [.init(chat: 1, isQuiet: true, second: 0), .init(chat: 2, isQuiet: true, second: 6)], []),
        ("two busy ones", [.init(chat: 1, isQuiet: false, second: 0), .init(chat: 2, isQuiet: false, second: 0)], []),
        ("four busy ones", (1...4).map { .init(chat: $0, isQuiet: false, second: 0) }, [1, 2, 3, 4]),
    ]

    @Test(arguments: stories)
    func `refusals without a reason of their own are about the bot`(
        name: String, refusals: [Refusal], blamed: [Int64]
    ) {
        var suspicion = BotWideSuspicion()
        var found: [FloodDestination] = []
        for refusal in refusals {
            found = suspicion.note(
                FloodDestination(chat: refusal.chat), isQuiet: refusal.isQuiet, at: .seconds(refusal.second))
        }
        #expect(found.map(\.chat) == blamed, "\(name)")
    }
}
