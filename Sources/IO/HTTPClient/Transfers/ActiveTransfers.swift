/// The transfers that a loop runs, and when to look at their deadlines next.
///
/// The deadlines are not kept in order: the earliest is a lower bound, and all are looked at when
/// it is reached. Transfers come and go far more often than they expire.
struct ActiveTransfers {
    private var transfers: [ObjectIdentifier: Transfer] = [:]
    private(set) var nextCheck = Int64.max

    var isEmpty: Bool { transfers.isEmpty }
    var all: [Transfer] { Array(transfers.values) }

    mutating func insert(_ transfer: Transfer) {
        transfer.isActive = true
        transfers[ObjectIdentifier(transfer)] = transfer
        if let next = transfer.deadlines.next { nextCheck = min(nextCheck, next) }
    }

    mutating func remove(_ transfer: Transfer) {
        transfer.isActive = false
        transfers[ObjectIdentifier(transfer)] = nil
    }

    /// The transfers whose time is over.
    mutating func takeExpired(at now: Int64) -> [(Transfer, HTTPClientError.Limit)] {
        guard now >= nextCheck else { return [] }
        var expired: [(Transfer, HTTPClientError.Limit)] = []
        nextCheck = .max
        for transfer in transfers.values {
            // A silence that is ours is not the server's.
            if transfer.waitsForUs { transfer.deadlines.noteActivity(at: now) }
            if let limit = transfer.deadlines.expired(at: now) {
                expired.append((transfer, limit))
            } else if let next = transfer.deadlines.next {
                nextCheck = min(nextCheck, next)
            }
        }
        return expired
    }
}
