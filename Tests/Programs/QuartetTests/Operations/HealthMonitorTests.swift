import GalleryBot
import Support
import Synchronization
import Testing

@testable import quartet

@Suite struct HealthMonitorTests {
    private final class Patient: Sendable {
        private let state = Mutex((isWell: true, asked: 0))
        var asked: Int { state.withLock { $0.asked } }
        func set(isWell: Bool) { state.withLock { $0.isWell = isWell } }

        var probe: HealthProbe {
            HealthProbe(name: "stash") { [self] in
                let isWell = state.withLock { state in
                    state.asked += 1
                    return state.isWell
                }
                if !isWell { throw ProbeFault(description: "GET http://nas/?apikey=abcdef failed") }
                return "14 pictures"
            }
        }
    }

    @Test func `the last trouble is remembered after it has passed, without secrets`() async {
        let (time, patient) = (ManualTime(), Patient())
        let monitor = HealthMonitor(probes: [patient.probe], time: time)
        #expect(await monitor.health().map(\.lastFault) == [nil])
        patient.set(isWell: false)
        time.advance(by: .seconds(6))
        let failed = time.now
        #expect(await monitor.health().map(\.isHealthy) == [false])
        patient.set(isWell: true)
        time.advance(by: .seconds(6))
        let well = await monitor.health()
        #expect(well.map(\.isHealthy) == [true])
        #expect(well.first?.lastFault?.at == failed)
        #expect(well.first?.lastFault?.text.contains("abcdef") == false)
    }

    @Test func `many who ask at once, or soon again, cause one question`() async {
        let (time, patient) = (ManualTime(), Patient())
        let monitor = HealthMonitor(probes: [patient.probe], time: time)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<10 { group.addTask { _ = await monitor.health() } }
        }
        time.advance(by: .seconds(4))
        _ = await monitor.health()
        #expect(patient.asked == 1)
        time.advance(by: .seconds(1))
        _ = await monitor.health()
        #expect(patient.asked == 2)
    }
}
