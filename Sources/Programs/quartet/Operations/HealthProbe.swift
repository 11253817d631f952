import Support

/// Something whose state decides whether the process can do its work.
struct HealthProbe: Sendable {
    /// The name in `/ready`, such as `database`.
    let name: String
    /// Whether the check asks something outside, so that its length tells how quick that is.
    var isMeasured = true
    /// Returns detail when all is well and throws otherwise.
    let check: @Sendable () async throws -> String?
}

/// What one probe found.
struct ProbeResult: Sendable, Equatable {
    var name: String
    var isHealthy: Bool
    var detail: String?
    /// How long it took to answer; nil where that tells nothing.
    var latency: Duration? = .zero
}

/// Why a probe is not content.
struct ProbeFault: Error, CustomStringConvertible {
    var description: String
}

extension HealthProbe {
    /// Asks all at once; whoever has not answered within `limit` counts as failing.
    static func results(of probes: [HealthProbe], limit: Duration, time: any TimeSource) async -> [ProbeResult] {
        await withTaskGroup(of: (Int, ProbeResult).self) { group in
            for (index, probe) in probes.enumerated() {
                group.addTask { (index, await probe.result(limit: limit, time: time)) }
            }
            var results: [(Int, ProbeResult)] = []
            for await result in group { results.append(result) }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func result(limit: Duration, time: any TimeSource) async -> ProbeResult {
        let start = time.uptime
        var result = await withTaskGroup(of: ProbeResult?.self) { group in
            group.addTask {
                do {
                    return ProbeResult(name: name, isHealthy: true, detail: try await check())
                } catch {
                    return ProbeResult(name: name, isHealthy: false, detail: Redactor.shared.redact("\(error)"))
                }
            }
            group.addTask {
                // Cancelled when the probe answers first.
                do { try await time.sleep(for: limit) } catch { return nil }
                return ProbeResult(name: name, isHealthy: false, detail: "no answer in time")
            }
            defer { group.cancelAll() }
            for await result in group { if let result { return result } }
            return ProbeResult(name: name, isHealthy: false, detail: "cancelled")
        }
        result.latency = isMeasured ? time.uptime - start : nil
        return result
    }
}
