import BotKit
import Configuration
import FoundationEssentials
import Glibc
import Storage
import Support
import TelegramAPI

/// Where a recording goes: a file of lines, and beside it the database as it was at the beginning.
struct RecordingPlan: Sendable {
    let path: String
    var chats: [Int64] = []

    init(path: String, chats: [Int64] = []) {
        self.path = path
        self.chats = chats
    }

    /// What the settings ask for; nil for no recording.
    init?(_ settings: Settings) {
        guard let path = settings[Options.Telegram.record] else { return nil }
        self.init(path: path, chats: settings[Options.Telegram.recordChats])
    }

    /// The database as it was when the recording began.
    var databasePath: String { path + ".db" }

    /// Goes on with a recording, or begins one with a copy of the database; both are for the owner alone.
    func open(copying database: any Database, seed: UInt64, time: any TimeSource) async throws -> Recorder {
        if let folder = Folder.parent(of: path) { try Folder.make(folder) }
        if unsafe access(path, F_OK) != 0 {
            // One that was left belongs to a recording that is gone.
            unsafe unlink(databasePath)
            try await database.backup(to: databasePath)
            guard unsafe chmod(databasePath, 0o600) == 0 else { throw LogError(path: databasePath, code: errno) }
        }
        return try Recorder(path: path, chats: chats.map { ChatID($0) }, seed: seed, time: time)
    }

    /// The recording that stands in the file.
    func read() throws -> Recording {
        guard let data = FileManager.default.contents(atPath: path) else { throw UnreadableRecording(path: path) }
        return try Recording(parsing: Array(data))
    }
}

/// A recording that is not there or may not be read.
struct UnreadableRecording: Error, CustomStringConvertible {
    let path: String
    var description: String { "cannot read the recording \(path)" }
}
