import Glibc
import HTTPClient
import SQLiteStorage
import Storage
import Support
import TelegramSimulator
import Testing

/// The small bot that exists to be killed, between a simulated Telegram and a database.
struct CrashProbe: Sendable {
    let folder: TemporaryFolder
    let telegram: String
    let http: HTTPClient

    static let people: [Int64] = [501, 502, 503, 504, 505]

    private static let world: String = {
        let users = people.map { #"{"id": \#($0), "first_name": "P\#($0)", "language_code": "en"}"# }
        return #"{"users": [\#(users.joined(separator: ", "))]}"#
    }()

    var databasePath: String { folder.file("probe.db") }

    /// Lends a place for the bot, with a Telegram inside the test.
    static func with(_ body: (CrashProbe) async throws -> Void) async throws {
        try await TemporaryFolder.with { folder in
            var configuration = TelegramSimulator.Configuration()
            configuration.world = Self.world
            configuration.bots = [.init(token: Secret(Scene.token), name: "Probe", username: "probe_bot")]
            let simulator = TelegramSimulator(configuration: configuration)
            let address = try await simulator.start()
            let http = HTTPClient()
            let result: Result<Void, any Error>
            do {
                result = .success(
                    try await body(CrashProbe(folder: folder, telegram: "http://\(address)", http: http)))
            } catch {
                result = .failure(error)
            }
            await http.stop()
            await simulator.stop()
            try result.get()
        }
    }

    /// Starts the bot, lends it, and kills it unless it has ended.
    ///
    /// - Parameter power: Makes the end of the process a loss of power; decides which writes reach the disk early.
    func running<Value>(
        _ run: String, version: Int = 1, power: UInt32? = nil, _ body: (ChildProcess) async throws -> Value
    ) async throws -> Value {
        var command = [
            try Quartet.program("bot-crash-probe"), databasePath, telegram, Scene.token, run, "\(version)",
        ]
        if let power { command.append("\(power)") }
        let child = try ChildProcess(command, directory: folder.path)
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(child))
        } catch {
            result = .failure(error)
        }
        await child.stop()
        return try result.get()
    }

    func person(_ id: Int64) -> SimulatedPerson { SimulatedPerson(id, at: telegram, http: http) }

    /// When the bot is killed: most kills fall into the work, some into the start.
    struct KillMoment: Sendable {
        let isEarly: Bool
        let pause: Duration

        init(using random: inout SeededRandom) {
            isEarly = Int.random(in: 0..<5, using: &random) == 0
            pause = .microseconds(Int.random(in: 0...(isEarly ? 60_000 : 25_000), using: &random))
        }
    }

    /// Starts the bot and kills it; what is done while it works is left out where it is killed at its start.
    func killing(
        _ run: String, version: Int = 1, power: UInt32? = nil, at moment: KillMoment, _ body: () async throws -> Void
    ) async throws {
        try await running(run, version: version, power: power) { child in
            if !moment.isEarly {
                _ = try await child.output.first("up")
                try await body()
            }
            try await SystemTime().sleep(for: moment.pause)
            child.send(SIGKILL)
            let ending = try await child.ending()
            #expect(ending == .signal(SIGKILL), "\(child.transcript)")
        }
    }

    /// Waits for all updates and jobs; somebody who is in no conversation writes the last one.
    func allIsDone(_ child: ChildProcess, last: Int64) async throws {
        // Telegram keeps what was never fetched, so that the last text of each must be handled too.
        let message = try await person(last).say("echo last", to: Scene.bot)
        try await deadline(.seconds(90), "everything to be handled\n\(child.transcript)") {
            while try await !conversation(last).contains(where: {
                $0.id > message.id && $0.text.hasPrefix("echo last")
            }) {
                try await SystemPause.brief()
            }
            try await nothingIsOpen()
        }
    }

    /// Waits until everything that the bot has taken is done; asked of the database, since it gives no other sign.
    func nothingIsOpen() async throws {
        let database = try await SQLiteDatabase.open(path: databasePath)
        while true {
            let open = try await database.read { connection in
                try connection.value(
                    """
                    SELECT (SELECT COUNT(*) FROM jobs WHERE finished IS NULL)
                        + (SELECT COUNT(*) FROM bot_updates WHERE handled_at IS NULL)
                    """, as: Int.self)
            }
            if open == 0 { break }
            try await SystemPause.brief()
        }
        await database.close()
    }

    /// All that a person and the bot have said to each other, in order.
    func conversation(_ id: Int64) async throws -> [SimulatedMessage] {
        let person = person(id)
        var messages = try await person.history(of: Scene.bot, limit: 200)
        while let first = messages.first {
            let page = try await person.history(of: Scene.bot, limit: 200, before: first.id)
            if page.isEmpty { break }
            messages = page + messages
        }
        return messages
    }
}
