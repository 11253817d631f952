import HTTP
import HTTPServer
import Support
import Synchronization

@testable import TelegramSimulator

/// A webhook that holds every update until a test lets it go.
final class GateHook: Responder {
    private struct State {
        var held: [PollWaiter] = []
        var most = 0
        var underWay = 0
    }

    private let answer: ServerResponse
    private let state = Mutex(State())
    private let stream: AsyncStream<JSONNode>
    private let continuation: AsyncStream<JSONNode>.Continuation

    init(_ answer: ServerResponse = .empty(.ok)) {
        self.answer = answer
        (stream, continuation) = AsyncStream.makeStream()
    }

    /// How many updates were under way at one time, at most.
    var most: Int { state.withLock { $0.most } }

    func respond(to request: ServerRequest) async throws -> ServerResponse {
        let body = try await request.body.text()
        let gate = PollWaiter()
        state.withLock { state in
            state.held.append(gate)
            state.underWay += 1
            state.most = max(state.most, state.underWay)
        }
        continuation.yield(JSONNode(body) ?? .null)
        _ = await gate.wait()
        state.withLock { $0.underWay -= 1 }
        return answer
    }

    /// The next update that arrives.
    func next() async -> JSONNode {
        var iterator = stream.makeAsyncIterator()
        return await iterator.next() ?? .null
    }

    /// Answers the update that has waited longest.
    func release() { state.withLock { $0.held.isEmpty ? nil : $0.held.removeFirst() }?.resume(.updates) }

    /// Serves a webhook while a body runs; what is still held then is let go.
    static func serve(
        _ hook: some Responder, configure: (inout TelegramSimulator.Configuration) -> Void = { _ in },
        _ body: (Stage, String) async throws -> Void
    ) async throws {
        let server = HTTPServer(HTTPServer.Configuration(), responder: hook, logger: .disabled)
        let address = try await server.start()
        let result: Result<Void, any Error>
        do {
            result = .success(try await Stage.run(configure: configure) { try await body($0, address.url) })
        } catch {
            result = .failure(error)
        }
        await server.stop(graceful: .zero)
        try result.get()
    }
}
