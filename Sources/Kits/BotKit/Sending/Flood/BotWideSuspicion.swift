/// Tells from refusals that come together whether the whole bot has sent too much.
///
/// A chat that was sent hardly anything cannot have reached a limit of its own, so two such chats are enough; busy
/// ones may be refused at the same time by chance, so it takes four.
struct BotWideSuspicion: Sendable {
    private struct Refusal: Sendable {
        let chat: FloodDestination
        let isQuiet: Bool
        let time: Duration
    }

    /// How long a refusal counts.
    private static let memory = Duration.seconds(5)
    private static let proof = 4

    private var refusals: [Refusal] = []

    /// Notes a chat's refusal; gives the chats that were refused without reason, once that is clear, else none.
    mutating func note(_ chat: FloodDestination, isQuiet: Bool, at now: Duration) -> [FloodDestination] {
        refusals.removeAll { $0.time < now - Self.memory || $0.chat == chat }
        refusals.append(Refusal(chat: chat, isQuiet: isQuiet, time: now))
        guard refusals.reduce(0, { $0 + ($1.isQuiet ? 2 : 1) }) >= Self.proof else { return [] }
        defer { refusals = [] }
        return refusals.map(\.chat)
    }
}
