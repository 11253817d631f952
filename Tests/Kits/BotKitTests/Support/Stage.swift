import FoundationEssentials
import HTTP
import HTTPClient
import HTTPServer
import JSON
import SQLiteStorage
import Storage
import Support
import TelegramSimulator
import Testing

@testable import BotKit

/// A simulated Telegram with a database for one bot, and people who talk to it.
final class Stage: Sendable {
    static let token = Secret("7001:AAAAAAAAAAAAAAAAAAAAAAAA")

    let url: String
    let http: HTTPClient
    let database: any Database
    let log = LogRecorder()
    private let simulator: TelegramSimulator
    private let folder: String

    private init(simulator: TelegramSimulator, url: String, http: HTTPClient, database: any Database, folder: String) {
        self.simulator = simulator
        self.url = url
        self.http = http
        self.database = database
        self.folder = folder
    }

    /// Sets the stage, plays, and clears it away whatever happens.
    static func play(
        local: Bool = false, time: any TimeSource = SystemTime(), _ body: (Stage) async throws -> Void
    ) async throws {
        let folder = TemporaryFolder.make()
        var configuration = TelegramSimulator.Configuration()
        configuration.bots = [TelegramSimulator.BotSeed(token: token, name: "Test", username: "test_bot")]
        configuration.isLocalServer = local
        configuration.time = time
        let simulator = TelegramSimulator(configuration: configuration)
        let address = try await simulator.start()
        let http = HTTPClient()
        let database = try await SQLiteDatabase.open(path: folder + "/bot.sqlite")
        let stage = Stage(simulator: simulator, url: address.url, http: http, database: database, folder: folder)
        let result: (any Error)?
        do {
            try await body(stage)
            result = nil
        } catch {
            result = error
        }
        await database.close()
        await simulator.stop()
        await http.stop()
        try FileManager.default.removeItem(atPath: folder)
        if let result { throw result }
    }

    var configuration: BotConfiguration {
        var configuration = BotConfiguration()
        configuration.apiURL = url
        configuration.longPoll = .seconds(5)
        configuration.sending.firstDelay = .milliseconds(10)
        configuration.polling.firstDelay = .milliseconds(10)
        return configuration
    }

    /// Makes a bot on this stage.
    func bot(
        _ configuration: BotConfiguration? = nil, database: (any Database)? = nil, metrics: Metrics = Metrics(),
        time: any TimeSource = SystemTime(), routes: (inout Routes) -> Void
    ) throws -> Bot {
        try Bot(
            token: Self.token, database: database ?? self.database, configuration: configuration ?? self.configuration,
            http: http,
            logger: log.logger(), metrics: metrics, time: time, routes: routes)
    }

    /// Runs a bot while something is played; then asks it to end and waits until it has.
    func run(_ bot: Bot, _ body: () async throws -> Void) async throws {
        let shutdown = Shutdown()
        let running = Task { try await bot.run(until: shutdown) }
        do {
            try await body()
        } catch {
            shutdown.trigger()
            running.cancel()
            try await running.value
            throw error
        }
        shutdown.trigger()
        try await running.value
    }

    /// Calls the control API.
    @discardableResult
    func control(_ path: String, _ body: JSONValue? = nil) async throws -> JSONValue {
        let request =
            body.map {
                ClientRequest(
                    .post, url + path, fields: ["Content-Type": "application/json"], body: .bytes($0.serialised()))
            } ?? ClientRequest(.get, url + path)
        let response = try await http.send(request)
        let answer = try JSONValue(parsing: response.body)
        guard response.status.rawValue == 200 else { throw ControlError(description: "\(path): \(answer)") }
        return answer
    }

    /// Somebody who sees what a person sees: 501 is Alice, who speaks English; 502 is Борис, who speaks Russian.
    func person(_ id: Int64) async throws -> Person {
        let log = EventLog()
        var request = ClientRequest(.get, url + "/sim/events?user=\(id)")
        request.timeouts = Timeouts(total: nil, idle: nil)
        let response = try await http.stream(request)
        let listening = Task {
            for try await event in response.body.serverSentEvents {
                log.append(.init(kind: event.event ?? "message", data: try JSONValue(parsing: Array(event.data.utf8))))
            }
        }
        return Person(id: id, stage: self, log: log, listening: listening)
    }

    struct ControlError: Error, CustomStringConvertible { let description: String }
}

/// A folder for one test.
enum TemporaryFolder {
    static func make() -> String {
        let path = FileManager.default.temporaryDirectory.path + "/botkit-tests-\(UUID().uuidString)"
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            fatalError("no temporary folder: \(error)")
        }
        return path
    }
}
