import HTTP
import HTTPClient
import JSON
import TelegramSimulator

/// A folder, the addresses of the two simulators, and what a story does with the program between them.
struct Scene: Sendable {
    static let token = "7001:AAEndToEndTokenThatOpensNothing0"
    static let stashKey = "stash-key-of-the-story-0123456789"
    static let bot: Int64 = 7001
    static let alice: Int64 = 501
    static let boris: Int64 = 502

    let folder: TemporaryFolder
    let telegram: String
    let stash: String
    let http: HTTPClient

    static func with<Value>(
        _ folder: TemporaryFolder, telegram: String, stash: String, _ body: (Scene) async throws -> Value
    ) async throws -> Value {
        let http = HTTPClient()
        let scene = Scene(folder: folder, telegram: telegram, stash: stash, http: http)
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(scene))
        } catch {
            result = .failure(error)
        }
        await http.stop()
        return try result.get()
    }

    func person(_ id: Int64 = Scene.alice) -> SimulatedPerson { SimulatedPerson(id, at: telegram, http: http) }

    /// The events of the simulator, for everybody.
    func watcher() async throws -> Watcher { try await Watcher(telegram, http: http) }

    // MARK: Configuration

    /// A configuration of the scene; `more` is added at the end, `gallery` below that key.
    func configuration(gallery: String = "", more: String = "") -> String {
        """
        telegram:
          api_url: \(telegram)
        http:
          public:
            port: 0
          internal:
            port: 0
        \(more)
        gallery:
          telegram:
            bot_token: "\(Self.token)"
            allowed_user_ids: [501, 502]
        \(gallery)
          stash:
            api_url: \(stash)
            api_key: \(Self.stashKey)
          database:
            path: \(databasePath)

        """
    }

    var databasePath: String { folder.file("gallery.db") }

    // MARK: The program

    /// Runs `serve` until the body returns; it is then killed unless it has ended.
    func serving<Value>(
        _ arguments: [String] = [], environment: [String: String] = [:], _ body: (Served) async throws -> Value
    ) async throws -> Value {
        try await Quartet.with(["serve", "gallery"] + arguments, environment: environment, in: folder) { child in
            try await body(Served(child: child, http: http))
        }
    }

    /// Does something to the simulator, such as `faults`.
    @discardableResult
    func control(_ action: String, _ arguments: JSONValue) async throws -> JSONValue {
        let response = try await http.send(
            ClientRequest(
                .post, "\(telegram)/sim/\(action)", fields: ["Content-Type": "application/json"],
                body: .bytes(arguments.serialised())))
        guard response.status == .ok else { throw ChildProcess.Failure(description: "\(action): \(response.text)") }
        return try JSONValue(parsing: response.body)
    }
}

/// A `serve` that runs.
struct Served: Sendable {
    let child: ChildProcess
    let http: HTTPClient

    /// Waits until the bot knows who it is.
    func ready() async throws { _ = try await child.output.first("the bot runs") }

    /// The address of the server with health and metrics.
    var operations: String {
        get async throws { try await address(of: "internal") }
    }

    /// The address of the server for webhooks.
    var webhooks: String {
        get async throws { try await address(of: "public") }
    }

    func get(_ path: String) async throws -> ClientResponse {
        try await http.send(ClientRequest(try await operations + path))
    }

    /// `/ready`, asked until it says so; what it waits for gives no sign outside of the process.
    func readiness(_ isReady: Bool) async throws -> JSONValue {
        let address = try await operations
        return try await deadline(.seconds(60), "/ready to be \(isReady)\n\(child.transcript)") { [http] in
            while true {
                let response = try await http.send(ClientRequest("\(address)/ready"))
                if (response.status == .ok) == isReady { return try JSONValue(parsing: response.body) }
                try await SystemPause.brief()
            }
        }
    }

    /// Asks it to end and expects that it does so well.
    func terminate() async throws -> ChildProcess.Ending {
        child.send(15)
        return try await child.ending()
    }

    private func address(of server: String) async throws -> String {
        let line = try await child.output.first { $0.contains("listening") && $0.contains(server) }
        guard let range = line.firstRange(of: /127\.0\.0\.1:[0-9]+/) else {
            throw ChildProcess.Failure(description: "no address in \(line)")
        }
        return "http://\(line[range])"
    }
}
