import Support
import Testing

@testable import quartet

@Suite struct HealthProbeTests {
    @Test func `all are asked and their order stays`() async {
        let probes = [
            HealthProbe(name: "a") { "fine" }, HealthProbe(name: "b") { throw ProbeFault(description: "down") },
            HealthProbe(name: "c") { nil },
        ]
        let results = await HealthProbe.results(of: probes, limit: .seconds(5), time: ManualTime())
        #expect(
            results == [
                ProbeResult(name: "a", isHealthy: true, detail: "fine"),
                ProbeResult(name: "b", isHealthy: false, detail: "down"),
                ProbeResult(name: "c", isHealthy: true, detail: nil),
            ])
    }

    @Test func `whoever does not answer in time is failing`() async {
        let time = ManualTime()
        let probe = HealthProbe(name: "slow") {
            await Shutdown().wait()  // until cancelled
            return nil
        }
        let asking = Task { await HealthProbe.results(of: [probe], limit: .seconds(5), time: time) }
        await time.waitForSleepers()
        time.advance(by: .seconds(5))
        #expect(
            await asking.value == [
                ProbeResult(name: "slow", isHealthy: false, detail: "no answer in time", latency: .seconds(5))
            ])
    }

    @Test func `a secret in a fault is not told`() async {
        let probe = HealthProbe(name: "x") { throw ProbeFault(description: "GET http://h/?apikey=abcdef failed") }
        let results = await HealthProbe.results(of: [probe], limit: .seconds(5), time: ManualTime())
        #expect(results.first?.detail == "GET http://h/?apikey=*** failed")
    }
}
