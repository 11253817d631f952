import HTTPClient
import Support
import TelegramSimulator

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
    func running<Value>(_ run: String, _ body: (ChildProcess) async throws -> Value) async throws -> Value {
        let child = try ChildProcess(
            [try Quartet.program("bot-crash-probe"), databasePath, telegram, Scene.token, run],
            directory: folder.path)
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
