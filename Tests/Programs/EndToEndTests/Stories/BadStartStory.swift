// The process is started with something wrong, and says what, where, and what to do about it.
//
//   operator  quartet serve
//             quartet: the configuration has mistakes:
//               quartet.yml:9: gallery.scheduler.cron: …
//             exit 78

import FoundationEssentials
import Glibc
import HTTPServer
import SQLiteStorage
import Storage
import Support
import Testing

@Suite(.timeLimit(.minutes(2))) struct BadStartStory {
    /// A mistake in the file, and what the line about it must have.
    struct Mistake: Sendable, CustomTestStringConvertible {
        var replace: String
        var with: String
        var says: [String]

        var testDescription: String { with }
    }

    private static let good = """
        gallery:
          telegram:
            bot_token: "\(Scene.token)"
            allowed_user_ids: [501]
          stash:
            api_url: http://127.0.0.1:1
          scheduler:
            enabled: true
            cron: "0 10 * * *"
            timezone: Europe/Berlin
          database:
            path: gallery.db
        http:
          public:
            port: 0
          internal:
            port: 0
        telegram:
          api_url: http://127.0.0.1:1

        """

    private static let mistakes = [
        Mistake(
            replace: "enabled: true", with: "enable: true",
            says: ["quartet.yml:8", "gallery.scheduler.enable:", "did you mean", "enabled"]),
        Mistake(
            replace: "enabled: true", with: "enabled: often",
            says: ["quartet.yml:8", "gallery.scheduler.enabled:", "true", "false", "often"]),
        Mistake(
            replace: "allowed_user_ids: [501]", with: "allowed_user_ids: [alice]",
            says: ["quartet.yml:4", "gallery.telegram.allowed_user_ids", "alice"]),
        Mistake(
            replace: "\"0 10 * * *\"", with: "\"0 10 31 2 *\"",
            says: ["quartet.yml:9", "gallery.scheduler.cron", "never"]),
        Mistake(
            replace: "\"0 10 * * *\"", with: "\"0 25 * * *\"", says: ["quartet.yml:9", "gallery.scheduler.cron", "25"]),
        Mistake(
            replace: "\"0 10 * * *\"", with: "\"0 10 * *\"", says: ["quartet.yml:9", "gallery.scheduler.cron", "five"]),
        Mistake(
            replace: "Europe/Berlin", with: "Europe/Berlen",
            says: ["quartet.yml:10", "gallery.scheduler.timezone", "Europe/Berlen"]),
        Mistake(
            replace: "bot_token: \"\(Scene.token)\"", with: "bot_token:",
            says: ["quartet.yml", "gallery.telegram.bot_token", "TELEGRAM_BOT_TOKEN"]),
        Mistake(
            replace: "api_url: http://127.0.0.1:1\n  scheduler", with: "api_url: stash\n  scheduler",
            says: ["quartet.yml:6", "gallery.stash.api_url", "http"]),
        Mistake(
            replace: "internal:\n    port: 0", with: "internal:\n    port: 70000",
            says: ["quartet.yml:17", "http.internal.port", "65535", "70000"]),
        Mistake(replace: "  stash:", with: "\tstash:", says: ["quartet.yml:5"]),
        Mistake(
            replace: "  database:", with: "  telegram:\n    bot_token: x\n  database:",
            says: ["quartet.yml:11", "telegram"]),
    ]

    @Test(arguments: mistakes)
    func `a mistake in the file is named with line, key and remedy`(_ mistake: Mistake) async throws {
        try await TemporaryFolder.with { folder in
            try #require(Self.good.contains(mistake.replace))
            try folder.write(Self.good.replacing(mistake.replace, with: mistake.with), to: "quartet.yml")
            let outcome = try await Quartet.run(["serve"], in: folder)
            #expect(outcome.ending == .code(78))
            #expect(outcome.output.isEmpty)
            for part in mistake.says { #expect(outcome.errors.contains(part), "\(outcome.errors)") }
            #expect(!outcome.errors.contains(Scene.token))
        }
    }

    /// What is wrong with the database, and how that ends.
    enum Damage: String, CaseIterable, Sendable {
        case newer, diverged, corrupt, noDatabase, locked, noFolder, isFolder

        var code: Int32 {
            switch self {
            case .newer: 76
            case .diverged: 78
            case .corrupt, .noDatabase: 65
            case .locked: 75
            case .noFolder: 73
            case .isFolder: 66
            }
        }
    }

    @Test(arguments: Damage.allCases)
    func `a database that cannot be used is named, with a code of its own`(_ damage: Damage) async throws {
        try await TemporaryFolder.with { folder in
            try folder.write(Self.good, to: "quartet.yml")
            let path = folder.file("gallery.db")
            if damage != .isFolder {
                #expect(try await Quartet.run(["migrate"], in: folder).ending == .code(0))
            }
            let outcome = try await withDamage(damage, path, folder) { program in
                try await Quartet.run(["serve", "--config", program], in: folder)
            }
            #expect(outcome.ending == .code(damage.code), "\(outcome.output)\n\(outcome.errors)")
            let lines = outcome.errors.split(separator: "\n")
            #expect(lines.count == 1, "one clear line: \(outcome.errors)")
            #expect(lines.first?.hasPrefix("quartet: ") == true)
            #expect(lines.first?.contains(damage == .noFolder ? "/proc/quartet" : "gallery.db") == true)
        }
    }

    private func withDamage(
        _ damage: Damage, _ path: String, _ folder: TemporaryFolder,
        _ body: (String) async throws -> Quartet.Outcome
    ) async throws -> Quartet.Outcome {
        let configuration = folder.file("quartet.yml")
        switch damage {
        case .newer:
            try await change(
                path,
                """
                INSERT INTO schema_history
                SELECT component, MAX(position) + 1, 'later', checksum FROM schema_history WHERE component = 'gallery'
                """)
        case .diverged:
            try await change(path, "UPDATE schema_history SET name = 'other' WHERE component = 'gallery'")
        case .corrupt:
            var bytes = try Data(contentsOf: URL(filePath: path))
            for place in 4096..<min(bytes.count, 40_960) { bytes[place] = 0xA5 }
            try bytes.write(to: URL(filePath: path))
        case .noDatabase:
            try folder.write(String(repeating: "This is a letter to my aunt. ", count: 400), to: "gallery.db")
        case .locked:
            return try await locked(path) { try await body(configuration) }
        case .noFolder:
            // The owner of everything may write anywhere, so the place must be one that nobody can write to.
            let text = Self.good.replacing("path: gallery.db", with: "path: /proc/quartet/gallery.db")
            return try await body(try folder.write(text, to: "other.yml"))
        case .isFolder:
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        return try await body(configuration)
    }

    private func change(_ path: String, _ statement: String) async throws {
        let database = try await SQLiteDatabase.open(path: path)
        try await database.write { try $0.run(script: statement) }
        await database.close()
    }

    /// Holds the write lock meanwhile, as another program would.
    private func locked(_ path: String, _ body: () async throws -> Quartet.Outcome) async throws -> Quartet.Outcome {
        let database = try await SQLiteDatabase.open(path: path)
        let (held, released) = (Support.Semaphore(), Support.Semaphore())
        let holder = Task {
            try await database.write { connection in
                try connection.run(script: "UPDATE schema_history SET name = name")
                held.signal()
                // On the writer's own thread, so nothing else stands still.
                released.wait()
            }
        }
        await waitOnThread(for: held)
        let result: Result<Quartet.Outcome, any Error>
        do {
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        released.signal()
        try await holder.value
        await database.close()
        return try result.get()
    }

    private func waitOnThread(for semaphore: Support.Semaphore) async {
        await withCheckedContinuation { continuation in
            OSThread.start(name: "wait") {
                semaphore.wait()
                continuation.resume()
            }.detach()
        }
    }

    @Test func `a port that is taken is named`() async throws {
        try await TemporaryFolder.with { folder in
            let taken = HTTPServer { _ in .text("taken") }
            let address = try await taken.start()
            let text = Self.good.replacing("internal:\n    port: 0", with: "internal:\n    port: \(address.port)")
            try folder.write(text, to: "quartet.yml")
            let outcome = try await Quartet.run(["serve"], in: folder)
            await taken.stop()
            #expect(outcome.ending == .code(69))
            #expect(outcome.errors.contains("\(address.port)"))
            #expect(outcome.errors.split(separator: "\n").count == 1)
        }
    }

    @Test func `a token that Telegram does not know ends the start with one line and not the token`() async throws {
        try await Simulators.scene(world: #"{"open": false}"#) { scene, _ in
            let unknown = "7002:AAThisTokenIsUnknownToTelegram000"
            let text = scene.configuration().replacing(Scene.token, with: unknown)
            try scene.folder.write(text, to: "quartet.yml")
            let outcome = try await Quartet.run(["serve"], in: scene.folder)
            #expect(outcome.ending == .code(77))
            let lines = outcome.errors.split(separator: "\n")
            #expect(lines.count == 1, "\(outcome.errors)")
            #expect(lines.first?.contains("@BotFather") == true)
            #expect(!(outcome.output + outcome.errors).contains("AAThisTokenIsUnknown"))
        }
    }
}
