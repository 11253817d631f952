import BotKit
import Glibc
import Jobs
import Storage

/// Where somebody is who orders something.
enum Order: DialogueState {
    case size(of: String)
    case colour(of: String, size: String)
}

/// What is said a little later.
struct Later: Job {
    static let kind = "later"
    var chat: Int64
    var word: String
}

/// What the bot has counted and noted.
enum Notes {
    static let migrations = [
        Migration(
            "probe",
            """
            CREATE TABLE counts (chat BIGINT PRIMARY KEY, count BIGINT NOT NULL);
            CREATE TABLE notes (chat BIGINT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL);
            """)
    ]

    static func count(_ chat: Int64, in connection: any SQLConnection) throws -> Int {
        try connection.value("SELECT count FROM counts WHERE chat = \(chat)") ?? 0
    }

    static func add(_ chat: Int64, _ kind: String, _ text: String, in connection: any SQLConnection) throws {
        try connection.execute("INSERT INTO notes (chat, kind, text) VALUES (\(chat), \(kind), \(text))")
        guard kind != "done" else { return }
        try connection.execute(
            "INSERT INTO counts (chat, count) VALUES (\(chat), 1) ON CONFLICT (chat) DO UPDATE SET count = count + 1")
    }
}

/// Prints "up" at once, past the buffer that a killed process would lose.
func sayUp() {
    let bytes = Array("up\n".utf8)
    guard unsafe write(1, bytes, bytes.count) == bytes.count else { exit(74) }
}
