import HTTPClient
import Support
import TelegramAPI

/// What came of sending a broadcast's message to one chat.
enum BroadcastVerdict: Equatable, Sendable {
    case sent
    /// The bot cannot write there any more.
    case unreachable(TelegramError.Refusal)
    /// It cannot be sent to this chat. What is wrong with the message itself is wrong for all.
    case failed(String, isForAll: Bool)
    /// Try again later; in doubt, the message may have arrived.
    case later(Duration, isAttempt: Bool, inDoubt: Bool)
    /// Nothing can be sent until somebody does something about it.
    case halted(String)

    /// After so many tries it is given up.
    static let attempts = 8

    /// Judges an error.
    ///
    /// - Parameters:
    ///   - hasLeft: whether the call went out.
    ///   - attempts: how often it was tried in vain before.
    init(_ error: TelegramError, to chat: Int64, hasLeft: Bool, attempts: Int) {
        switch error {
        case .network(.cancelled): self = .later(.zero, isAttempt: false, inDoubt: hasLeft)
        case .undecodable, .notModified: self = .sent
        case .retryAfter(let pause, _): self = .later(pause, isAttempt: false, inDoubt: false)
        case .forbidden(let refusal, _) where refusal.isLasting: self = .unreachable(refusal)
        case .notFound(.chat, _): self = .unreachable(chat < 0 ? .notMember : .notStarted)
        case .unauthorized, .notFound(.method, _): self = .halted("\(error)")
        case .forbidden, .migrated, .notFound: self = .failed("\(error)", isForAll: false)
        default:
            guard error.isTransient else {
                self = .failed("\(error)", isForAll: true)
                return
            }
            if attempts + 1 >= Self.attempts {
                self = .failed("\(error)", isForAll: false)
            } else {
                let pause = min(Duration.seconds(30) * (1 << attempts), .seconds(3600))
                self = .later(pause, isAttempt: true, inDoubt: error.isAmbiguous)
            }
        }
    }
}

/// Notices when a broadcast goes wrong as a whole, rather than for single chats; pure.
struct BroadcastTroubles: Sendable {
    /// Messages that Telegram refused in a row, for each broadcast, though nothing was wrong with the chats.
    private var refused: [Int64: Int] = [:]
    /// Calls in a row that got no proper answer.
    private var faults = 0
    /// Nothing is begun before this time.
    private(set) var restsUntil: Duration = .zero

    /// After so many refusals in a row a broadcast is paused: the rest would be refused too.
    private static let refusals = 20
    /// So many faults in a row are an outage, of the network or of Telegram.
    private static let outage = 8

    /// Notes what came of a call; gives the reason where its broadcast is to be paused.
    mutating func note(_ verdict: BroadcastVerdict, of broadcast: Int64, at now: Duration) -> String? {
        switch verdict {
        case .halted(let reason): return reason
        case .failed(let reason, isForAll: true):
            faults = 0
            refused[broadcast, default: 0] += 1
            guard refused[broadcast] == Self.refusals else { return nil }
            refused[broadcast] = nil
            return reason
        case .later(_, isAttempt: true, _):
            faults += 1
            guard faults.isMultiple(of: Self.outage) else { return nil }
            restsUntil = now + .seconds(min(60, 1 << (faults / Self.outage)))
        case .sent:
            faults = 0
            refused[broadcast] = nil
        case .unreachable, .failed, .later: faults = 0
        }
        return nil
    }
}
