internal import BotKit
internal import Cryptography
internal import Storage
internal import Support
internal import TelegramAPI

/// The table `gallery_invitations`: links that let somebody in, of which only hashes are stored.
struct Invitations: Sendable {
    /// An invitation that may still be used.
    struct Open: Equatable, Sendable {
        var hash: String
        var createdBy: UserID
        var createdAt: Timestamp
        var expiresAt: Timestamp
        var usesLeft: Int

        /// What the owner calls it: the start of the hash, which gives nothing away.
        var name: String { String(hash.prefix(6)) }
    }

    /// How long a link is valid when nobody says.
    static let defaultDays = 7
    static let dayLimits = 1...365
    static let useLimits = 1...100

    /// Whether a deep link's payload has the shape of a token.
    static func isToken(_ payload: String) -> Bool {
        payload.utf8.count == 22
            && payload.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    /// Stores an invitation; the token itself is known only to who gets the link.
    func add(
        _ token: RandomToken, by owner: UserID, now: Timestamp, days: Int, uses: Int, in connection: any SQLConnection
    ) throws(StorageError) {
        try connection.execute(
            """
            INSERT INTO gallery_invitations (token_hash, created_by, created_at, expires_at, uses_left)
            VALUES (\(token.hash), \(owner.rawValue), \(now), \(now.adding(.seconds(86_400 * days))), \(uses))
            """)
    }

    /// Takes one use of an invitation; nil where it does not exist, has run out or is used up.
    func redeem(_ token: String, now: Timestamp, in connection: any SQLConnection) throws(StorageError) -> Open? {
        let hash = RandomToken.hash(of: token)
        let isTaken =
            try connection.execute(
                """
                UPDATE gallery_invitations SET uses_left = uses_left - 1
                WHERE token_hash = \(hash) AND expires_at > \(now) AND uses_left > 0
                """) > 0
        guard isTaken, let row = try connection.one("SELECT * FROM gallery_invitations WHERE token_hash = \(hash)")
        else { return nil }
        return try Self.read(row)
    }

    /// The invitations that may still be used, the latest first.
    func open(now: Timestamp, in connection: any SQLConnection) throws(StorageError) -> [Open] {
        var found: [Open] = []
        let rows = try connection.query(
            """
            SELECT * FROM gallery_invitations WHERE expires_at > \(now) AND uses_left > 0
            ORDER BY created_at DESC, token_hash
            """)
        for row in rows { found.append(try Self.read(row)) }
        return found
    }

    /// Takes an invitation back, by the name that the owner sees.
    func revoke(_ name: String, in connection: any SQLConnection) throws(StorageError) -> Bool {
        try connection.execute("DELETE FROM gallery_invitations WHERE substr(token_hash, 1, 6) = \(name)") > 0
    }

    /// Forgets what can never be used again.
    func forgetOld(before time: Timestamp, in connection: any SQLConnection) throws(StorageError) -> Int {
        try connection.execute(
            "DELETE FROM gallery_invitations WHERE expires_at < \(time) OR uses_left <= 0")
    }

    private static func read(_ row: Storage.Row) throws(StorageError) -> Open {
        Open(
            hash: try row.get("token_hash"), createdBy: UserID(try row.get("created_by", as: Int64.self)),
            createdAt: try row.get("created_at"), expiresAt: try row.get("expires_at"),
            usesLeft: try row.get("uses_left"))
    }
}
