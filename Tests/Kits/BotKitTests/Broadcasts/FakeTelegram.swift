import HTTPClient
import JSON
import Support
import Synchronization
import TelegramAPI

/// Telegram on a virtual clock: refuses what exceeds its limits, and does to single calls what a test says.
final class FakeTelegram: TelegramInterceptor {
    struct Call: Sendable {
        let chat: Int64
        let time: Duration
        let text: String
    }

    /// What is to become of a call.
    enum Fate: Sendable {
        case arrives
        case fails(TelegramError)
        /// It arrives, and nobody hears of it.
        case arrivesUnheard(TelegramError)
    }

    private struct State {
        var arrived: [Call] = []
        var calls = 0
        var refused = 0
        var underWay = 0
        var lastSecond: [Duration] = []
    }

    private let state = Mutex(State())
    private let time: ManualTime
    private let perSecond: Int
    private let latency: Duration
    private let fate: @Sendable (_ chat: Int64, _ number: Int, _ now: Duration) -> Fate

    init(
        time: ManualTime, perSecond: Int = 30, latency: Duration = .milliseconds(80),
        fate: @escaping @Sendable (_ chat: Int64, _ number: Int, _ now: Duration) -> Fate = { _, _, _ in .arrives }
    ) {
        self.time = time
        self.perSecond = perSecond
        self.latency = latency
        self.fate = fate
    }

    /// What people got.
    var arrived: [Call] { state.withLock(\.arrived) }
    /// Calls that exceeded the limit.
    var refused: Int { state.withLock(\.refused) }
    /// Calls that came.
    var calls: Int { state.withLock(\.calls) }
    /// Calls that are not answered yet.
    var underWay: Int { state.withLock(\.underWay) }

    func intercept(
        _ request: TelegramRequest, next: TelegramHandler
    ) async throws(TelegramError) -> TelegramReply {
        let now = time.uptime
        let number = state.withLock { state in
            state.underWay += 1
            state.calls += 1
            return state.calls
        }
        let result = receive(request, number, now)
        do {
            try await time.sleep(for: latency)
        } catch {
            state.withLock { $0.underWay -= 1 }
            throw .network(.cancelled)
        }
        state.withLock { $0.underWay -= 1 }
        return try result.get()
    }

    private func receive(
        _ request: TelegramRequest, _ number: Int, _ now: Duration
    ) -> Result<TelegramReply, TelegramError> {
        guard case .id(let chat)? = request.chat else {
            return .failure(.badRequest(description: "no chat", code: 400))
        }
        let isRefused = state.withLock { state in
            state.lastSecond.removeAll { $0 <= now - .seconds(1) }
            guard state.lastSecond.count >= perSecond else { return false }
            state.refused += 1
            return true
        }
        if isRefused { return .failure(.retryAfter(.seconds(5), description: "Too Many Requests: retry after 5")) }
        let call = Call(chat: chat.rawValue, time: now, text: request.parameter("text")?.stringValue ?? "")
        let fate = fate(chat.rawValue, number, now)
        switch fate {
        case .fails(let error): return .failure(error)
        case .arrives, .arrivesUnheard:
            state.withLock { state in
                state.lastSecond.append(now)
                state.arrived.append(call)
            }
        }
        if case .arrivesUnheard(let error) = fate { return .failure(error) }
        return .success(TelegramReply(result: Array("{}".utf8)))
    }
}
