import GalleryBot
import Support
import Synchronization

/// Asks the probes for the owner's page, not more often than every few seconds, and remembers what went wrong.
final class HealthMonitor: Sendable {
    /// How long an answer is taken for current.
    private static let maximumAge = Duration.seconds(5)

    private struct State {
        var last: [UpstreamHealth] = []
        var askedAt: Duration?
        var underWay: Task<[UpstreamHealth], Never>?
        var faults: [String: UpstreamHealth.Fault] = [:]
    }

    private let probes: [HealthProbe]
    private let time: any TimeSource
    private let limit: Duration
    private let state = Mutex(State())

    init(probes: [HealthProbe], time: any TimeSource, limit: Duration = .seconds(5)) {
        self.probes = probes
        self.time = time
        self.limit = limit
    }

    /// How everything is now.
    func health() async -> [UpstreamHealth] {
        let task = state.withLock { state -> Task<[UpstreamHealth], Never>? in
            if let askedAt = state.askedAt, time.uptime - askedAt < Self.maximumAge { return nil }
            if let task = state.underWay { return task }
            let task = Task { [self] in await ask() }
            state.underWay = task
            return task
        }
        guard let task else { return state.withLock { $0.last } }
        return await task.value
    }

    private func ask() async -> [UpstreamHealth] {
        let results = await HealthProbe.results(of: probes, limit: limit, time: time)
        let now = time.now
        return state.withLock { state in
            for result in results where !result.isHealthy {
                state.faults[result.name] = .init(at: now, text: result.detail ?? "")
            }
            state.last = results.map { result in
                UpstreamHealth(
                    name: result.name, isHealthy: result.isHealthy, detail: result.detail, latency: result.latency,
                    checkedAt: now, lastFault: state.faults[result.name])
            }
            state.askedAt = time.uptime
            state.underWay = nil
            return state.last
        }
    }
}
