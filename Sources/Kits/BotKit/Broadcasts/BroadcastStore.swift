import Storage
import Support
import TelegramAPI

/// The statements on broadcasts and their recipients, each inside the transaction that lends the connection.
///
/// A recipient's row goes when the message has arrived or cannot arrive; what stays is to be sent, or failed.
/// Conditions are written out as in the partial indexes, so that those are used.
struct BroadcastStore: Sendable {
    let bot: Int64

    private static let waiting: SQL = "begun = 0 AND fault IS NULL"

    // MARK: Starting and stopping

    func insert(
        _ request: TelegramRequest, _ audience: BroadcastAudience, now: Timestamp, in connection: any SQLConnection
    ) throws -> BroadcastID {
        let id: BroadcastID? = try connection.value(
            """
            INSERT INTO bot_broadcasts (bot, method, parameters, messages, paid, state, created_at)
            VALUES (\(bot), \(request.method), \(request.json), \(request.messageCount), \(request.isPaid),
                \(BroadcastState.running), \(now))
            RETURNING id
            """)
        guard let id else { throw StorageError(.mismatch, "a new broadcast has no number") }
        switch audience {
        case .query(let query):
            // `WHERE true` keeps the parser from taking ON CONFLICT for a join's condition.
            try connection.execute(
                """
                WITH audience (chat) AS (\(query))
                INSERT INTO bot_broadcast_recipients (broadcast, chat) SELECT \(id), chat FROM audience WHERE true
                ON CONFLICT (broadcast, chat) DO NOTHING
                """)
        case .chats(let chats):
            for start in stride(from: 0, to: chats.count, by: 200) {
                let rows = chats[start..<min(start + 200, chats.count)].map { "(\(id), \($0.rawValue))" as SQL }
                try connection.execute(
                    """
                    INSERT INTO bot_broadcast_recipients (broadcast, chat) VALUES \(rows.joined(separator: ", "))
                    ON CONFLICT (broadcast, chat) DO NOTHING
                    """)
            }
        }
        try connection.execute(
            """
            UPDATE bot_broadcasts SET total = (SELECT count(*) FROM bot_broadcast_recipients WHERE broadcast = \(id))
            WHERE id = \(id)
            """)
        return id
    }

    /// Changes the state, where it is one of some; tells whether it was.
    func set(
        _ state: BroadcastState, of id: BroadcastID, from states: [BroadcastState], now: Timestamp,
        in connection: any SQLConnection
    ) throws -> Bool {
        let finished: Timestamp? = state == .cancelled ? now : nil
        let count = try connection.execute(
            """
            UPDATE bot_broadcasts SET state = \(state), reason = NULL, finished_at = \(finished)
            WHERE id = \(id) AND bot = \(bot) AND state IN \(list: states)
            """)
        if count > 0, state == .cancelled {
            try connection.execute("DELETE FROM bot_broadcast_recipients WHERE broadcast = \(id) AND \(Self.waiting)")
        }
        return count > 0
    }

    /// Has those tried again who could not be sent to; tells whether there are any.
    func retryFailures(of id: BroadcastID, in connection: any SQLConnection) throws -> Bool {
        let own: SQL = "(SELECT id FROM bot_broadcasts WHERE id = \(id) AND bot = \(bot) AND state <> 'cancelled')"
        let count = try connection.execute(
            """
            UPDATE bot_broadcast_recipients SET fault = NULL, attempts = 0, due_at = 0
            WHERE broadcast IN \(own) AND fault IS NOT NULL
            """)
        try connection.execute("UPDATE bot_broadcasts SET failed = failed - \(count) WHERE id IN \(own)")
        return count > 0
    }

    // MARK: Sending

    /// Somebody whose turn has come.
    struct Recipient: Sendable {
        let id: Int64
        let broadcast: Int64
        let chat: Int64
        let attempts: Int
    }

    /// What came of a recipient.
    struct Outcome: Sendable {
        let recipient: Recipient
        let verdict: BroadcastVerdict
    }

    /// Takes the broadcasts over; what an earlier run had begun may have arrived, and is sent again.
    func takeOver(_ run: String, in connection: any SQLConnection) throws {
        try connection.execute(
            """
            INSERT INTO bot_values (bot, name, value) VALUES (\(bot), 'broadcasts', \(run))
            ON CONFLICT (bot, name) DO UPDATE SET value = excluded.value
            """)
        try connection.execute(
            """
            UPDATE bot_broadcast_recipients SET begun = 0, doubtful = 1
            WHERE begun = 1 AND broadcast IN (SELECT id FROM bot_broadcasts WHERE bot = \(bot))
            """)
    }

    /// Whether no later run has taken them over.
    func isHeld(by run: String, in connection: any SQLConnection) throws -> Bool {
        try connection.value("SELECT value FROM bot_values WHERE bot = \(bot) AND name = 'broadcasts'") == run
    }

    /// Stores what came of those who were sent to, and gives the chats that cannot be reached any more.
    func record(
        _ outcomes: [Outcome], now: Timestamp, in connection: any SQLConnection
    ) throws -> [(chat: ChatID, TelegramError.Refusal)] {
        var pruned: [(ChatID, TelegramError.Refusal)] = []
        for (broadcast, outcomes) in Dictionary(grouping: outcomes, by: \.recipient.broadcast) {
            var (unreachable, failed) = (0, 0)
            let sent = outcomes.filter { $0.verdict == .sent }.map(\.recipient.id)
            // What counts is the row: it may have gone meanwhile, with a person who wants to be forgotten.
            let doubtful = try connection.values(
                "DELETE FROM bot_broadcast_recipients WHERE id IN \(list: sent) RETURNING doubtful", as: Int.self)
            for outcome in outcomes {
                let id = outcome.recipient.id
                switch outcome.verdict {
                case .sent: continue
                case .unreachable(let refusal):
                    let chat: Int64? = try connection.value(
                        "DELETE FROM bot_broadcast_recipients WHERE id = \(id) RETURNING chat")
                    guard let chat else { continue }
                    unreachable += 1
                    pruned.append((ChatID(chat), refusal))
                case .failed(let reason, _):
                    failed += try connection.execute(
                        "UPDATE bot_broadcast_recipients SET begun = 0, fault = \(reason) WHERE id = \(id)")
                case .later(let pause, let isAttempt, let inDoubt):
                    try connection.execute(
                        """
                        UPDATE bot_broadcast_recipients SET begun = 0, due_at = \(now.adding(pause)),
                            attempts = attempts + \(isAttempt),
                            doubtful = CASE WHEN \(inDoubt) = 1 THEN 1 ELSE doubtful END
                        WHERE id = \(id)
                        """)
                case .halted:
                    try connection.execute("UPDATE bot_broadcast_recipients SET begun = 0 WHERE id = \(id)")
                }
            }
            let state: BroadcastState? = try connection.value(
                """
                UPDATE bot_broadcasts SET sent = sent + \(doubtful.count), unreachable = unreachable + \(unreachable),
                    failed = failed + \(failed), repeated = repeated + \(doubtful.reduce(0, +))
                WHERE id = \(broadcast) RETURNING state
                """)
            // Of what was called off meanwhile nothing is left to be done.
            guard state == .cancelled else { continue }
            try connection.execute(
                "DELETE FROM bot_broadcast_recipients WHERE broadcast = \(broadcast) AND \(Self.waiting)")
        }
        return pruned
    }

    /// Pauses a broadcast that cannot go on.
    func halt(_ broadcast: Int64, reason: String, in connection: any SQLConnection) throws {
        try connection.execute(
            """
            UPDATE bot_broadcasts SET state = 'paused', reason = \(reason)
            WHERE id = \(broadcast) AND state = 'running'
            """)
    }

    /// Marks the broadcasts as finished that are, and gives them.
    func finish(now: Timestamp, in connection: any SQLConnection) throws -> [BroadcastID] {
        try connection.values(
            """
            UPDATE bot_broadcasts SET state = 'finished', finished_at = \(now)
            WHERE bot = \(bot) AND state = 'running' AND sent + unreachable + failed >= total RETURNING id
            """)
    }

    /// The broadcasts that run, oldest first.
    func running(in connection: any SQLConnection) throws -> [Int64] {
        try connection.values("SELECT id FROM bot_broadcasts WHERE bot = \(bot) AND state = 'running' ORDER BY id")
    }

    /// The message of a broadcast.
    func request(of broadcast: Int64, in connection: any SQLConnection) throws -> TelegramRequest? {
        guard
            let row = try connection.one("SELECT method, parameters FROM bot_broadcasts WHERE id = \(broadcast)")
        else { return nil }
        return try TelegramRequest(method: row.get(at: 0), json: row.get(at: 1))
    }

    /// Takes the next recipients whose time has come, and notes that they are begun.
    func claim(
        _ count: Int, of broadcasts: [Int64], now: Timestamp, in connection: any SQLConnection
    ) throws -> [Recipient] {
        var claimed: [Recipient] = []
        for broadcast in broadcasts where claimed.count < count {
            let room = count - claimed.count
            claimed += try connection.query(
                """
                SELECT id, chat, attempts FROM bot_broadcast_recipients
                WHERE broadcast = \(broadcast) AND due_at <= \(now) AND \(Self.waiting) ORDER BY due_at, id LIMIT \(room)
                """
            ).map { row in
                Recipient(
                    id: try row.get(at: 0), broadcast: broadcast, chat: try row.get(at: 1), attempts: try row.get(at: 2)
                )
            }
        }
        if !claimed.isEmpty {
            try connection.execute(
                "UPDATE bot_broadcast_recipients SET begun = 1 WHERE id IN \(list: claimed.map(\.id))")
        }
        return claimed
    }

    /// When the next recipient's time comes.
    func nextTurn(of broadcasts: [Int64], in connection: any SQLConnection) throws -> Timestamp? {
        try broadcasts.compactMap { broadcast -> Timestamp? in
            try connection.value(
                """
                SELECT due_at FROM bot_broadcast_recipients WHERE broadcast = \(broadcast) AND \(Self.waiting)
                ORDER BY due_at LIMIT 1
                """)
        }.min()
    }
}
