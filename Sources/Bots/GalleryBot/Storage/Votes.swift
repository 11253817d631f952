internal import Storage
internal import Support

/// The tables `votes` and `gallery_presses`: what people think of photos, one vote per person and photo.
///
/// A vote counts where it was last cast. Nothing is counted up: sums are taken from the votes themselves, so taking a
/// vote back leaves no trace.
struct Votes: Sendable {
    /// What a vote says.
    enum Value: Int, Codable, Sendable, CaseIterable {
        case up = 1
        case down = -1
    }

    /// How many votes say what.
    struct Tally: Equatable, Sendable {
        var up = 0
        var down = 0

        var total: Int { up + down }
    }

    /// What a press has changed.
    enum Change: Equatable, Sendable {
        /// A first vote.
        case cast(Value)
        /// Another vote than before.
        case changed(to: Value)
        /// The vote is taken back.
        case undone
        /// The same press came again before the person saw what the first one did.
        case repeated(Value?)
    }

    /// What a photo's buttons show.
    struct State: Equatable, Sendable {
        var photo: Int64
        /// The own vote, in a private chat.
        var own: Value?
        /// The votes cast in this group; nothing in a private chat.
        var tally: Tally?
        /// Changes with every press on the photo's buttons.
        var serial: Int64
    }

    /// A press on a button.
    struct Press: Equatable, Sendable {
        var user: Int64
        var photo: Int64
        var scope: TasteScope
        var value: Value
        /// The serial of the state that the pressed button showed.
        var seen: Int64
        var time: Timestamp
    }

    /// How long after a press the same button, not yet redrawn, is taken for the same press.
    static let patience = Duration.seconds(5)

    static let migrations = [
        Migration(
            "create votes",
            """
            CREATE TABLE votes (
                user_id BIGINT NOT NULL,
                photo_number BIGINT NOT NULL,
                chat_id BIGINT NOT NULL,
                value SMALLINT NOT NULL,
                voted_at BIGINT NOT NULL,
                PRIMARY KEY (user_id, photo_number)
            );
            CREATE INDEX idx_votes_photo ON votes (photo_number);
            CREATE INDEX idx_votes_chat ON votes (chat_id);
            CREATE TABLE gallery_presses (
                photo_number BIGINT NOT NULL,
                user_id BIGINT NOT NULL,
                value SMALLINT NOT NULL,
                serial BIGINT NOT NULL,
                pressed_at BIGINT NOT NULL,
                PRIMARY KEY (photo_number, user_id)
            );
            """)
    ]

    /// Votes, changes the vote, or takes it back, and tells which of these it was.
    ///
    /// Nobody sees the effect of a press at once; a second press on the same button before it was redrawn is the same
    /// one, not a wish to take the vote back.
    func apply(_ press: Press, in connection: any SQLConnection) throws(StorageError) -> Change {
        let held = try vote(of: press.user, on: press.photo, in: connection)
        let last = try connection.one(
            """
            SELECT value, serial, pressed_at FROM gallery_presses
            WHERE photo_number = \(press.photo) AND user_id = \(press.user)
            """)
        if let last, try last.get("value", as: Int.self) == press.value.rawValue,
            press.seen < (try last.get("serial", as: Int64.self)),
            press.time < (try last.get("pressed_at", as: Timestamp.self)).adding(Self.patience)
        {
            return .repeated(held?.value)
        }
        let serial = try serial(of: press.photo, in: connection) + 1
        try connection.execute(
            """
            INSERT INTO gallery_presses (photo_number, user_id, value, serial, pressed_at)
            VALUES (\(press.photo), \(press.user), \(press.value.rawValue), \(serial), \(press.time))
            ON CONFLICT (photo_number, user_id) DO UPDATE SET
                value = excluded.value, serial = excluded.serial, pressed_at = excluded.pressed_at
            """)
        // A vote from elsewhere is not shown in a group, so the same press there casts it there.
        if let held, held.value == press.value, press.scope.isPersonal || held.chat == press.scope.id {
            try connection.execute(
                "DELETE FROM votes WHERE user_id = \(press.user) AND photo_number = \(press.photo)")
            return .undone
        }
        try connection.execute(
            """
            INSERT INTO votes (user_id, photo_number, chat_id, value, voted_at)
            VALUES (\(press.user), \(press.photo), \(press.scope.id), \(press.value.rawValue), \(press.time))
            ON CONFLICT (user_id, photo_number) DO UPDATE SET
                chat_id = excluded.chat_id, value = excluded.value, voted_at = excluded.voted_at
            """)
        let isNew = held.map { !press.scope.isPersonal && $0.chat != press.scope.id } ?? true
        return isNew ? .cast(press.value) : .changed(to: press.value)
    }

    /// A person's vote on a photo with the chat where it was cast; nil where there is none.
    func vote(
        of user: Int64, on photo: Int64, in connection: any SQLConnection
    ) throws(StorageError) -> (value: Value, chat: Int64)? {
        let row = try connection.one(
            "SELECT value, chat_id FROM votes WHERE user_id = \(user) AND photo_number = \(photo)")
        guard let row, let value = Value(rawValue: try row.get("value")) else { return nil }
        return (value, try row.get("chat_id"))
    }

    /// What a photo's buttons show in a chat.
    func state(
        of photo: Int64, in scope: TasteScope, _ connection: any SQLConnection
    ) throws(StorageError) -> State {
        let serial = try serial(of: photo, in: connection)
        if scope.isPersonal {
            return State(
                photo: photo, own: try vote(of: scope.id, on: photo, in: connection)?.value, tally: nil, serial: serial)
        }
        let row = try connection.one(
            """
            SELECT COALESCE(SUM(CASE WHEN value > 0 THEN 1 ELSE 0 END), 0) AS up,
                COALESCE(SUM(CASE WHEN value < 0 THEN 1 ELSE 0 END), 0) AS down
            FROM votes WHERE photo_number = \(photo) AND chat_id = \(scope.id)
            """)
        let tally = Tally(up: try row?.get("up") ?? 0, down: try row?.get("down") ?? 0)
        return State(photo: photo, own: nil, tally: tally, serial: serial)
    }

    /// All votes on a photo, wherever they were cast.
    func tally(of photo: Int64, in connection: any SQLConnection) throws(StorageError) -> Tally {
        var tally = Tally()
        for value in try connection.values("SELECT value FROM votes WHERE photo_number = \(photo)", as: Int.self) {
            if value > 0 { tally.up += 1 } else { tally.down += 1 }
        }
        return tally
    }

    /// How many photos of a gallery a scope has voted down.
    func rejected(
        inGallery gallery: String, scope: TasteScope, in connection: any SQLConnection
    ) throws(StorageError) -> Int {
        let owner: SQL = scope.isPersonal ? "v.user_id = \(scope.id)" : "v.chat_id = \(scope.id)"
        return try connection.value(
            """
            SELECT COUNT(DISTINCT v.photo_number) FROM votes v JOIN gallery_photos p ON p.number = v.photo_number
            WHERE \(owner) AND v.value < 0 AND p.gallery_id = \(gallery)
            """) ?? 0
    }

    /// Takes back everything a person has voted.
    func forget(_ user: Int64, in connection: any SQLConnection) throws(StorageError) {
        try connection.execute("DELETE FROM votes WHERE user_id = \(user)")
        try connection.execute("DELETE FROM gallery_presses WHERE user_id = \(user)")
    }

    private func serial(of photo: Int64, in connection: any SQLConnection) throws(StorageError) -> Int64 {
        try connection.value("SELECT COALESCE(MAX(serial), 0) FROM gallery_presses WHERE photo_number = \(photo)") ?? 0
    }
}
