import Glibc
import SQLiteStorage
import Storage

/// Prints a line at once, past the buffer that a killed process would lose.
func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    guard unsafe write(1, bytes, bytes.count) == bytes.count else { exit(74) }
}

private let payload = String(repeating: "x", count: 500)

/// Four writers at once, so that the kill meets groups of bodies as well as single ones.
func commit(path: String) async throws {
    let database = try await SQLiteDatabase.open(path: path)
    try await database.execute(
        "CREATE TABLE IF NOT EXISTS numbers (number INTEGER PRIMARY KEY AUTOINCREMENT, payload TEXT NOT NULL)")
    try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<4 {
            group.addTask {
                while true {
                    let row = try await database.write { connection in
                        try connection.one("INSERT INTO numbers (payload) VALUES (\(payload)) RETURNING number")
                    }
                    say("\(try row?.get("number", as: Int.self) ?? -1)")
                }
            }
        }
        try await group.waitForAll()
    }
}

func hold(path: String) async throws {
    let database = try await SQLiteDatabase.open(path: path)
    try await database.write { _ in
        say("held")
        while readLine() != nil {}
    }
    await database.close()
    say("released")
}

func claim(path: String) async throws {
    let database = try await SQLiteDatabase.open(path: path)
    try await database.claim()
    say("claimed")
    while readLine() != nil {}
    await database.close()
    say("released")
}

func fill(path: String, limit: UInt) async throws {
    let database = try await SQLiteDatabase.open(path: path)
    try await database.execute("CREATE TABLE numbers (number INTEGER PRIMARY KEY, payload TEXT NOT NULL)")
    if limit > 0 {
        // The kernel then refuses to let any file grow; the signal would end the process first.
        signal(SIGXFSZ, SIG_IGN)
        var bounds = rlimit(rlim_cur: rlim_t(limit), rlim_max: rlim_t(limit))
        guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &bounds) == 0 else { exit(71) }
    }
    var committed = 0
    do {
        while committed < 100_000 {
            let number = committed + 1
            try await database.execute("INSERT INTO numbers (number, payload) VALUES (\(number), \(payload))")
            committed = number
        }
    } catch let error as StorageError {
        let count = try await database.read { try $0.value("SELECT count(*) FROM numbers", as: Int.self) } ?? -1
        say("\(error.label) \(error.exitCode) committed \(committed) readable \(count)")
        say(error.message)
    }
    await database.close()
}
