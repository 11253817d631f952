import HTTP
import HTTPClient
import HTTPServer
import JSON
import Support
import Synchronization
import Testing

@testable import quartet

@Suite struct OperationsRoutesTests {
    @Test func `health, readiness and numbers over HTTP`() async throws {
        let metrics = Metrics()
        metrics.counter("quartet_test_total", help: "Test.").increment()
        let box = Flag()
        let routes = OperationsRoutes(
            probes: [
                HealthProbe(name: "database") { nil },
                HealthProbe(name: "telegram") {
                    if box.isSet { throw ProbeFault(description: "last completed poll 120 s ago") }
                    return "webhook"
                },
            ], metrics: metrics, time: ManualTime())
        var router = Router()
        routes.register(in: &router)
        let server = HTTPServer(responder: router)
        let base = "http://\(try await server.start())"
        let http = HTTPClient()

        let ready = try await http.send(ClientRequest(base + "/ready"))
        #expect(ready.status == .ok)
        #expect(
            ready.text
                == #"{"status":"ready","time":"2026-01-01T00:00:00.000Z","checks":{"database":{"ok":true,"detail":null},"#
                + #""telegram":{"ok":true,"detail":"webhook"}}}"#)
        box.set()
        let failing = try await http.send(ClientRequest(base + "/ready"))
        #expect(failing.status == .serviceUnavailable)
        #expect(try JSONValue(parsing: failing.body)["checks"]?["telegram"]?["ok"] == false)
        // Alive all the same: restarting would not help.
        #expect(try await http.send(ClientRequest(base + "/health")).status == .ok)
        let numbers = try await http.send(ClientRequest(base + "/metrics"))
        #expect(numbers.fields["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
        for line in ["quartet_test_total 1\n", "process_resident_memory_bytes ", "process_open_fds ", "quartet_info{"] {
            #expect(numbers.text.contains(line))
        }

        await http.stop()
        await server.stop(graceful: .zero)
    }

    private final class Flag: Sendable {
        private let value = Mutex(false)
        var isSet: Bool { value.withLock { $0 } }
        func set() { value.withLock { $0 = true } }
    }
}
