import Synchronization

/// Something that is to go wrong.
struct Fault: Sendable {
    enum Kind: String, Sendable, CaseIterable { case flood, error, html, empty, garbled, cut, slow, lost }

    /// In lower case; `*` is any.
    var method: String
    var kind: Kind
    /// How many calls it hits.
    var count: Int
    /// How many calls that it might hit are let through first.
    var skip = 0
    var seconds: Double
    var code: Int
    var description: String
    var bot: Int64?
    /// The chat that a call has to name, as it names it.
    var chat: String?

    func concerns(_ method: String, bot: Int64, chat: String) -> Bool {
        (self.method == "*" || self.method == method) && (self.bot == nil || self.bot == bot)
            && (self.chat == nil || self.chat == chat)
    }
}

/// The faults that wait for calls to hit.
final class FaultPlans: Sendable {
    private let faults = Mutex<[Fault]>([])

    var waiting: [Fault] { faults.withLock(\.self) }

    func add(_ fault: Fault) { faults.withLock { $0.append(fault) } }

    func clear() { faults.withLock { $0 = [] } }

    /// The fault that a call meets, counted down; every plan that concerns the call and still lets calls through
    /// counts it.
    func take(_ method: String, bot: Int64, chat: String = "") -> Fault? {
        faults.withLock { faults in
            guard !faults.isEmpty else { return nil }
            for index in faults.indices where faults[index].concerns(method, bot: bot, chat: chat) {
                if faults[index].skip > 0 {
                    faults[index].skip -= 1
                    continue
                }
                let fault = faults[index]
                faults[index].count -= 1
                if faults[index].count <= 0 { faults.remove(at: index) }
                return fault
            }
            return nil
        }
    }
}
