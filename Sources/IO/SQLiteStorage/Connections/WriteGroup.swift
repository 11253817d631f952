import Storage

/// Several write bodies in one transaction.
struct WriteGroup {
    let connection: SQLiteConnection
    /// The most that a commit is to survive.
    let highest: Durability

    /// Runs the bodies in order, commits once, and only then answers their callers.
    ///
    /// A body that throws is undone alone. If the transaction itself fails, nothing of any body was
    /// written and all of them get that error.
    func run(_ calls: [PendingCall]) {
        var rest = calls[...]
        while !rest.isEmpty { runTransaction(&rest) }
    }

    private func runTransaction(_ calls: inout ArraySlice<PendingCall>) {
        var answers: [(call: PendingCall, answer: @Sendable () -> Void)] = []
        let isAlone = calls.count == 1
        do {
            try connection.keepCommits(min(highest, calls.map(\.durability).max() ?? highest))
            try connection.control("BEGIN IMMEDIATE")
            while let call = calls.popFirst() {
                answers.append((call, {}))
                answers[answers.count - 1].answer = try outcome(of: call, isAlone: isAlone)
            }
            try connection.control("COMMIT")
        } catch {
            if !connection.handle.isInAutocommit { rollBack() }
            // Bodies that had not started get their own chance if the fault came from an earlier one.
            if answers.isEmpty {
                for call in calls { call.fail(error) }
                calls = []
            }
            for (call, _) in answers { call.fail(error) }
            return
        }
        for (_, answer) in answers { answer() }
    }

    /// Runs one body and makes its answer of what it throws; one that is alone needs no savepoint.
    ///
    /// - Throws: where the whole transaction is over, or to be undone.
    private func outcome(of call: PendingCall, isAlone: Bool) throws -> @Sendable () -> Void {
        if !isAlone { try connection.control("SAVEPOINT body") }
        let answer: @Sendable () -> Void
        var failure: (any Error)?
        do {
            answer = try call.perform(connection)
            if connection.handle.hasDeferredViolations {
                failure = StorageError(.constraint(.init(.foreignKey)), "FOREIGN KEY constraint failed")
            }
        } catch {
            answer = {}
            failure = error
        }
        if connection.handle.isInAutocommit {
            // SQLite has rolled everything back: the disk is full, or the like.
            throw failure ?? StorageError(.io, "the transaction was ended by an error inside it")
        }
        if isAlone {
            if let failure { throw failure }
            return answer
        }
        guard let failure else {
            try connection.control("RELEASE body")
            return answer
        }
        try connection.control("ROLLBACK TO body")
        try connection.control("RELEASE body")
        return { call.fail(failure) }
    }

    private func rollBack() {
        do {
            try connection.control("ROLLBACK")
        } catch {
            // Nothing is left to do: the next BEGIN reports it if a transaction were still open.
        }
    }
}
