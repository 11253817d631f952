import HTTP
import HTTPClient
import HTTPServer
import Support
import Testing

@testable import TelegramSimulator

/// A running simulator with one bot, and the calls a test makes to it.
final class Stage: Sendable {
    static let token = "7001:AAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    static let bot: Int64 = 7001
    static let alice: Int64 = 501
    static let boris: Int64 = 502
    static let group: Int64 = -4001
    static let channel: Int64 = -1_001_000_004_002

    let simulator: TelegramSimulator
    let time: ManualTime
    let url: String
    let http = HTTPClient()

    private init(simulator: TelegramSimulator, time: ManualTime, url: String) {
        self.simulator = simulator
        self.time = time
        self.url = url
    }

    /// Runs a body against a fresh simulator and ends it.
    static func run(
        seed: UInt64 = 1, state: String? = nil, world: String? = nil, triesWebhooks: Bool = false,
        isLocal: Bool = false,
        configure: (inout TelegramSimulator.Configuration) -> Void = { _ in },
        _ body: (Stage) async throws -> Void
    ) async throws {
        let time = ManualTime()
        var configuration = TelegramSimulator.Configuration(seed: seed, world: world, stateDirectory: state, time: time)
        configuration.bots = [.init(token: Secret(token), name: "Test bot", username: "test_bot")]
        configuration.triesWebhooks = triesWebhooks
        configuration.isLocalServer = isLocal
        configure(&configuration)
        let simulator = TelegramSimulator(configuration: configuration)
        let address = try await simulator.start()
        let stage = Stage(simulator: simulator, time: time, url: address.url)
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(stage))
        } catch {
            result = .failure(error)
        }
        await stage.http.stop()
        await simulator.stop()
        try result.get()
    }

    // MARK: Bot API

    struct Reply: Sendable {
        var status: Int
        var json: JSONNode
        var fields: HTTPFields
        var result: JSONNode { json["result"] ?? .null }
        var description: String? { json["description"]?.string }
    }

    /// Calls a method with a JSON body.
    func call(_ method: String, _ json: String = "{}", token: String = Stage.token) async throws -> Reply {
        let request = ClientRequest(
            .post, "\(url)/bot\(token)/\(method)", fields: ["Content-Type": "application/json"],
            body: .bytes(Array(json.utf8)))
        return try await reply(request)
    }

    /// Calls a method with a form.
    func send(_ method: String, _ parts: [MultipartPart]) async throws -> Reply {
        try await reply(ClientRequest(.post, "\(url)/bot\(Stage.token)/\(method)", body: .multipart(parts)))
    }

    func reply(_ request: ClientRequest) async throws -> Reply {
        let response = try await http.send(request)
        let json = JSONNode(response.text) ?? .null
        return Reply(status: response.status.rawValue, json: json, fields: response.fields)
    }

    /// The updates that wait, confirmed up to `offset`.
    func updates(_ arguments: String = "{}") async throws -> [JSONNode] {
        try await call("getUpdates", arguments).result.array ?? []
    }

    // MARK: People

    @discardableResult
    func act(_ name: String, _ json: String) async throws -> JSONNode {
        let request = ClientRequest(
            .post, "\(url)/sim/\(name)", fields: ["Content-Type": "application/json"], body: .bytes(Array(json.utf8)))
        let reply = try await reply(request)
        if reply.status != 200 { throw Refused(status: reply.status, reason: reply.json["error"]?.string ?? "") }
        return reply.json
    }

    struct Refused: Error, Equatable {
        var status: Int
        var reason: String
    }

    func view(_ path: String) async throws -> JSONNode {
        try await reply(ClientRequest("\(url)/sim/\(path)")).json
    }

    /// Alice starts the bot; its updates are taken.
    func start(_ user: Int64 = Stage.alice) async throws {
        try await act("start", #"{"user":\#(user),"bot":7001}"#)
        let last = try await updates().last?["update_id"]?.integer ?? 0
        _ = try await updates(#"{"offset":\#(last + 1)}"#)
    }

    func say(_ text: String, user: Int64 = Stage.alice, chat: Int64 = Stage.bot) async throws -> Int64 {
        let escaped = WireWriter.bytes { $0.string(text) }
        let answer = try await act(
            "messages",
            #"{"user":\#(user),"chat":\#(chat),"text":\#(String(decoding: escaped, as: UTF8.self))}"#)
        return answer["message"]?["id"]?.integer ?? 0
    }
}
