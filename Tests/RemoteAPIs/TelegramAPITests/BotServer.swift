import HTTP
import HTTPClient
import HTTPServer
import JSON
import Support
import Synchronization

@testable import TelegramAPI

/// A server on loopback that answers Bot API calls as a test says, and remembers them.
final class BotServer: Sendable {
    struct Call: Sendable {
        let path: String
        var contentType = ""
        var json = JSONValue.null
        var form: [String: String] = [:]
        /// Part name, file name and text of each file.
        var files: [String: (name: String, text: String)] = [:]
    }

    typealias Answer = @Sendable (Call) async throws -> ServerResponse
    static let token = "123456:TEST-not-a-real-token-000000"

    private let server: HTTPServer
    let http = HTTPClient()
    let address: BoundAddress
    private let calls: Log

    private final class Log: Sendable {
        let calls = Mutex<[Call]>([])
    }

    /// What was called so far.
    var received: [Call] { calls.calls.withLock { $0 } }

    init(_ answer: @escaping Answer) async throws {
        let log = Log()
        calls = log
        server = HTTPServer { request in
            var call = Call(path: request.path)
            call.contentType = request.fields["Content-Type"] ?? ""
            if call.contentType.hasPrefix("multipart/form-data") {
                try await Self.readForm(request, &call)
            } else {
                let body = try await request.body.collect(upTo: 1 << 20)
                if !body.isEmpty { call.json = try JSONValue(parsing: body) }
            }
            let received = call
            log.calls.withLock { $0.append(received) }
            return try await answer(call)
        }
        address = try await server.start()
    }

    private static func readForm(_ request: ServerRequest, _ call: inout Call) async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let form = try await request.multipart(into: folder.path)
        for field in form.fields { call.form[field.name] = field.text }
        for file in form.files { call.files[file.name] = (file.fileName, try folder.text(file.path)) }
    }

    func client(_ interceptors: [any TelegramInterceptor] = []) -> TelegramClient {
        TelegramClient(
            token: Secret(Self.token), baseURL: address.url + "/", http: http, interceptors: interceptors)
    }

    func stop() async {
        await http.stop()
        await server.stop(graceful: .zero)
    }
}

/// Runs a test against a server that ends with it.
func withBotServer(_ answer: @escaping BotServer.Answer, _ body: (BotServer) async throws -> Void) async throws {
    let server = try await BotServer(answer)
    do {
        try await body(server)
    } catch {
        await server.stop()
        throw error
    }
    await server.stop()
}
