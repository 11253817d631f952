import HTTP
import HTTPClient
import Synchronization
import Testing

@testable import HTTPServer

@Suite(.timeLimit(.minutes(5))) struct ExchangeLifetimeTests {
    /// Remembers the exchanges of requests without keeping them alive.
    private final class Witnesses: Sendable {
        private struct Witness { weak var context: RequestContext? }

        private let list = Mutex<[Witness]>([])

        func add(_ request: ServerRequest) { list.withLock { $0.append(Witness(context: request.context)) } }

        var count: Int { list.withLock { $0.count } }

        var living: Int { list.withLock { $0.count { $0.context != nil } } }
    }

    /// What a handler does with a request, each a way in which an exchange could be kept.
    enum Use: CaseIterable {
        case nothing, collected, leftUnread, read, streamed, fails, aborts, truncates, hooks
    }

    private func answer(_ request: ServerRequest, _ use: Use) async throws -> ServerResponse {
        switch use {
        case .nothing, .leftUnread: return .text("ok")
        case .collected: return .bytes(try await request.body.collect(), type: "text/plain")
        case .read:
            await Task.yield()
            for try await _ in request.body.chunks { await Task.yield() }
            return .empty()
        case .streamed: return .stream(type: "text/plain") { try await $0.write(request.body.collect()) }
        case .fails: throw HTTPError(.badRequest)
        case .aborts: return .abort
        case .truncates: return .text("0123456789").truncated(after: 4)
        case .hooks:
            request.onCompletion { _ in _ = request.id }
            return .empty()
        }
    }

    @Test(arguments: Use.allCases) func `nothing of a request stays when it is over`(use: Use) async throws {
        let witnesses = Witnesses()
        let client = HTTPClient()
        let isBroken = use == .aborts || use == .truncates
        try await withServer(handler: { request in
            witnesses.add(request)
            return try await answer(request, use)
        }) { _, port in
            for number in 0..<20 {
                let body: ClientBody = use == .nothing ? .none : .bytes([UInt8](repeating: 7, count: number * 5000))
                let request = ClientRequest(.post, "http://127.0.0.1:\(port)/", body: body)
                do { _ = try await client.send(request) } catch { #expect(isBroken, "\(error)") }
            }
        }
        await client.stop()
        #expect(witnesses.count == 20)
        // A handler's task may be ending still when its answer is already read.
        let deadline = ContinuousClock.now.advanced(by: .seconds(60))
        while witnesses.living > 0, ContinuousClock.now < deadline { await Task.yield() }
        #expect(witnesses.living == 0)
    }
}
