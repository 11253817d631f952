internal import Cryptography
internal import Storage
internal import Support

/// The tables `gallery_web_links` and `gallery_web_sessions`: who may see the owner's page, and for how long.
///
/// Links and sessions are kept as hashes alone: who reads the database, or a copy of it, gets in nowhere.
struct WebLogins: Sendable {
    /// How long a link opens the page.
    static let linkLifetime = Duration.seconds(600)
    /// How long a browser stays signed in.
    static let sessionLifetime = Duration.seconds(30 * 86_400)

    /// A browser that is signed in.
    struct Session: Equatable, Sendable {
        /// Whose link it came by; nil for the password.
        var userID: Int64?
        var createdAt: Timestamp
        var expiresAt: Timestamp
    }

    static let migrations = [
        Migration(
            "create gallery_web_links and gallery_web_sessions",
            """
            CREATE TABLE gallery_web_links (
                token_hash TEXT NOT NULL PRIMARY KEY,
                user_id BIGINT NOT NULL,
                expires_at BIGINT NOT NULL
            );
            CREATE TABLE gallery_web_sessions (
                token_hash TEXT NOT NULL PRIMARY KEY,
                user_id BIGINT,
                created_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL
            );
            """)
    ]

    /// Makes a link's token for a person; an earlier one that was not used opens nothing any more.
    func makeLink(for userID: Int64, now: Timestamp, in connection: any SQLConnection) throws(StorageError)
        -> RandomToken
    {
        let token = RandomToken()
        try connection.execute("DELETE FROM gallery_web_links WHERE user_id = \(userID) OR expires_at <= \(now)")
        try connection.execute(
            """
            INSERT INTO gallery_web_links (token_hash, user_id, expires_at)
            VALUES (\(token.hash), \(userID), \(now + Self.linkLifetime))
            """)
        return token
    }

    /// Takes a link's token, which works once, and gives whose it was; nil for one that is unknown, used or too old.
    func takeLink(_ offered: String, now: Timestamp, in connection: any SQLConnection) throws(StorageError) -> Int64? {
        try connection.value(
            """
            DELETE FROM gallery_web_links WHERE token_hash = \(RandomToken.hash(of: offered)) AND expires_at > \(now)
            RETURNING user_id
            """)
    }

    /// Signs a browser in, by a person's link or by the password.
    func makeSession(_ proof: Proof, now: Timestamp, in connection: any SQLConnection) throws(StorageError)
        -> RandomToken
    {
        let token = RandomToken()
        try connection.execute("DELETE FROM gallery_web_sessions WHERE expires_at <= \(now)")
        try connection.execute(
            """
            INSERT INTO gallery_web_sessions (token_hash, user_id, created_at, expires_at)
            VALUES (\(proof.hash(of: token.text)), \(proof.userID), \(now), \(now + Self.sessionLifetime))
            """)
        return token
    }

    /// The session of a token, with the password that is in force; nil for none, or one that has ended.
    func session(
        of token: String, password: Secret?, now: Timestamp, in connection: any SQLConnection
    ) throws(StorageError) -> Session? {
        let hashes = Self.hashes(of: token, password: password)
        let row = try connection.one(
            """
            SELECT user_id, created_at, expires_at FROM gallery_web_sessions
            WHERE token_hash IN \(list: hashes) AND expires_at > \(now)
            """)
        guard let row else { return nil }
        return Session(
            userID: try row.get("user_id"), createdAt: try row.get("created_at"), expiresAt: try row.get("expires_at"))
    }

    /// Signs a browser out.
    func end(_ token: String, password: Secret?, in connection: any SQLConnection) throws(StorageError) {
        let hashes = Self.hashes(of: token, password: password)
        try connection.execute("DELETE FROM gallery_web_sessions WHERE token_hash IN \(list: hashes)")
    }

    /// Signs every browser out and makes waiting links void; tells how many browsers it were.
    @discardableResult
    func endAll(in connection: any SQLConnection) throws(StorageError) -> Int {
        try connection.execute("DELETE FROM gallery_web_links")
        return try connection.execute("DELETE FROM gallery_web_sessions")
    }

    /// How many browsers are signed in.
    func count(now: Timestamp, in connection: any SQLConnection) throws(StorageError) -> Int {
        try connection.value("SELECT COUNT(*) FROM gallery_web_sessions WHERE expires_at > \(now)") ?? 0
    }

    /// What a browser has shown to be let in.
    enum Proof: Sendable {
        case link(userID: Int64)
        case password(Secret)

        var userID: Int64? {
            switch self {
            case .link(let userID): userID
            case .password: nil
            }
        }

        /// The password is part of its sessions' hashes, so that another password ends them.
        func hash(of token: String) -> String {
            switch self {
            case .link: RandomToken.hash(of: token)
            case .password(let password): RandomToken.hash(of: "\(token):\(password.reveal())")
            }
        }
    }

    private static func hashes(of token: String, password: Secret?) -> [String] {
        [RandomToken.hash(of: token)] + (password.map { [Proof.password($0).hash(of: token)] } ?? [])
    }
}
