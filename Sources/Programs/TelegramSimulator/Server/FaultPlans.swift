import Synchronization

/// Something that is to go wrong.
struct Fault: Sendable {
    enum Kind: String, Sendable { case flood, error, html, empty, cut, slow, lost }

    /// In lower case; `*` is any.
    var method: String
    var kind: Kind
    var count: Int
    var seconds: Double
    var code: Int
    var description: String
    var bot: Int64?
}

/// The faults that wait for calls to hit.
final class FaultPlans: Sendable {
    private let faults = Mutex<[Fault]>([])

    func add(_ fault: Fault) { faults.withLock { $0.append(fault) } }

    func clear() { faults.withLock { $0 = [] } }

    /// The fault that a call meets, counted down.
    func take(_ method: String, bot: Int64) -> Fault? {
        faults.withLock { faults in
            guard !faults.isEmpty,
                let index = faults.firstIndex(where: { fault in
                    (fault.method == "*" || fault.method == method) && (fault.bot == nil || fault.bot == bot)
                })
            else { return nil }
            let fault = faults[index]
            faults[index].count -= 1
            if faults[index].count <= 0 { faults.remove(at: index) }
            return fault
        }
    }
}
