import Configuration
import SQLiteStorage
import Support

/// `quartet backup`: a verified copy of each database, while the bots run.
struct BackupCommand: Command {
    static let name = "backup"
    static let summary = "copy each database to a folder, also while the bots run"
    static let usage = "[--to DIR] [--config FILE]"
    static let options = [
        (form: "--to DIR", meaning: "the folder for the copies (default: backup)"),
        (form: "--config FILE", meaning: "the configuration file (default: quartet.yml, config.yml)"),
    ]

    private let config: String?
    private let folder: String

    init(_ arguments: inout ArgumentReader) throws(UsageError) {
        config = try arguments.value("--config")
        folder = try arguments.value("--to") ?? "backup"
    }

    func run() async throws -> ExitCode {
        let settings = try SettingsLoader().load(path: config)
        try Folder.make(folder)
        for database in DatabaseFile.all(settings) {
            guard database.exists else {
                Console.err("quartet: no database \(database.path) yet")
                continue
            }
            let open = try await SQLiteDatabase.open(path: database.path)
            let target = "\(folder)/\(database.name)-\(Self.stamp(SystemTime().now)).db"
            do {
                try await open.backup(to: target)
            } catch {
                await open.close()
                throw error
            }
            await open.close()
            Console.out(target)
        }
        return .success
    }

    /// A time that sorts as a file name: `20260131T080500Z`.
    private static func stamp(_ time: Timestamp) -> String {
        time.iso8601(milliseconds: false).filter { $0 != "-" && $0 != ":" }
    }
}
