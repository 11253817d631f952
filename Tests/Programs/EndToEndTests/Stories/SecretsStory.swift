// Everything that the process writes is read for secrets.
//
//   Alice   /start, /random, /stats
//   operator  reads the terminal, the log file, /metrics, /health, /ready, the database:
//             neither the token, nor the key of Stash, nor an address with the token in it

import FoundationEssentials
import Glibc
import HTTP
import HTTPClient
import JSON
import SQLiteStorage
import ServiceSimulators
import Storage
import TelegramSimulator
import Testing

@Suite(.timeLimit(.minutes(2))) struct SecretsStory {
    private static let proxyPassword = "proxyPassword1"
    /// What must stand nowhere; the halves of the token too.
    private static let secrets = [
        Scene.token, String(Scene.token.dropFirst(5)), Scene.stashKey, "/file/bot7001:",
    ]

    @Test(arguments: ["json", "text"])
    func `no secret is written anywhere`(_ format: String) async throws {
        try await Simulators.scene { scene, simulators in
            let log = "log:\n  level: debug\n  format: \(format)\n  path: \(scene.folder.file("quartet.log"))"
            try scene.folder.write(scene.configuration(more: log), to: "quartet.yml")
            let alice = scene.person()
            var written: [String: String] = [:]
            try await scene.serving { served in
                for text in ["/start", "/random", "/stats"] {
                    try await alice.say(text, to: Scene.bot)
                    _ = try await alice.next(from: Scene.bot)
                }
                // Faults are where secrets leak: the library refuses the key, then Telegram's answers break off.
                simulators.stash.setFault(.cut)
                try await alice.say("/random", to: Scene.bot)
                _ = try await alice.next(from: Scene.bot)
                simulators.stash.setFault(.none)
                let watcher = try await scene.watcher()
                try await scene.control("faults", ["method": "sendMessage", "kind": "html", "count": 1])
                try await alice.say("/stats", to: Scene.bot)
                _ = try await alice.next(from: Scene.bot)
                try await scene.control("faults", ["method": "getUpdates", "kind": "cut", "count": 1])
                try await alice.say("/stats", to: Scene.bot)
                _ = try await alice.next(from: Scene.bot)
                try await watcher.call("getUpdates")
                for path in ["/health", "/ready", "/metrics"] { written[path] = try await served.get(path).text }
                #expect(try await served.terminate() == .code(0))
                written["output"] = served.child.output.text
                written["errors"] = served.child.errors.text
            }
            written["log"] = try scene.folder.text(of: "quartet.log")
            written["database"] = try await texts(of: scene.databasePath)
            for (place, text) in written where place != "errors" { #expect(!text.isEmpty, "\(place) was read") }
            expectClean(written)
            #expect(written["log"]?.contains(format == "json" ? "\"level\":\"debug\"" : " DEBUG ") == true)
        }
    }

    @Test func `an address of a database server with its password is not repeated`() async throws {
        try await Simulators.scene { scene, _ in
            let url = "postgres://quartet:\(Self.proxyPassword)@db.example/quartet"
            try scene.folder.write(scene.configuration(), to: "quartet.yml")
            for command in [["serve"], ["check"], ["migrate"]] {
                let outcome = try await Quartet.run(command, environment: ["DATABASE_URL": url], in: scene.folder)
                #expect(outcome.ending == .code(78))
                #expect(outcome.errors.contains("database.url"))
                #expect(!(outcome.output + outcome.errors).contains(Self.proxyPassword))
            }
            let info = try await Quartet.run(["info"], environment: ["DATABASE_URL": url], in: scene.folder)
            expectClean(["info": info.output + info.errors])
            #expect(!info.output.contains(Self.proxyPassword))
        }
    }

    private func expectClean(_ written: [String: String]) {
        for (place, text) in written {
            for secret in Self.secrets {
                let line = text.split(separator: "\n").first { $0.contains(secret) }
                #expect(line == nil, "\(place) tells \(secret)")
            }
        }
    }

    /// All texts and bytes of all tables.
    private func texts(of path: String) async throws -> String {
        let database = try await SQLiteDatabase.open(path: path)
        let texts = try await database.read { connection in
            let tables: [String] = try connection.values("SELECT name FROM sqlite_master WHERE type = 'table'")
            var texts: [String] = []
            for table in tables {
                let columns: [String] = try connection.values("SELECT name FROM pragma_table_info(\(table))")
                for column in columns {
                    texts += try connection.values(
                        "SELECT CAST(\(raw: "\"\(column)\"") AS TEXT) FROM \(raw: "\"\(table)\"") WHERE \(raw: "\"\(column)\"") IS NOT NULL",
                        as: String.self)
                }
            }
            return texts
        }
        await database.close()
        return texts.joined(separator: "\n")
    }
}
