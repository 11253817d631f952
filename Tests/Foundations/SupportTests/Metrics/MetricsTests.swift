import Support
import Testing

@Suite struct MetricsTests {
    @Test func `renders the text format`() {
        let metrics = Metrics()
        metrics.counter(
            "quartet_updates_total", help: "Updates\nreceived \\ all.",
            labels: ["kind": "message", "bot": "a\"b\\c\nd"]
        )
        .increment(by: 3)
        metrics.counter("quartet_updates_total", help: "", labels: ["kind": "callback", "bot": "x"]).increment()
        metrics.gauge("quartet_lanes", help: "Lanes.").set(2.5)
        let histogram = metrics.histogram(
            "quartet_call_seconds", help: "Calls.", labels: ["method": "sendPhoto"], buckets: [0.1, 1, 2.5])
        for value in [0.05, 0.1, 0.5, 2, 100] { histogram.observe(value) }
        #expect(
            metrics.render() == """
                # HELP quartet_call_seconds Calls.
                # TYPE quartet_call_seconds histogram
                quartet_call_seconds_bucket{method="sendPhoto",le="0.1"} 2
                quartet_call_seconds_bucket{method="sendPhoto",le="1"} 3
                quartet_call_seconds_bucket{method="sendPhoto",le="2.5"} 4
                quartet_call_seconds_bucket{method="sendPhoto",le="+Inf"} 5
                quartet_call_seconds_sum{method="sendPhoto"} 102.65
                quartet_call_seconds_count{method="sendPhoto"} 5
                # HELP quartet_lanes Lanes.
                # TYPE quartet_lanes gauge
                quartet_lanes 2.5
                # HELP quartet_updates_total Updates\\nreceived \\\\ all.
                # TYPE quartet_updates_total counter
                quartet_updates_total{bot="a\\"b\\\\c\\nd",kind="message"} 3
                quartet_updates_total{bot="x",kind="callback"} 1

                """)
    }

    @Test func `renders OpenMetrics, with the trace of a value in each bucket`() {
        let metrics = Metrics()
        metrics.counter("quartet_updates_total", help: "The \"updates\".").increment(by: 3)
        metrics.counter("odd", help: "No total.").increment()
        let histogram = metrics.histogram("quartet_call_seconds", help: "Calls.", buckets: [0.1, 1])
        histogram.observe(0.05)
        histogram.observe(0.5, trace: TraceID(bot: 7001, update: 41))
        histogram.observe(0.75, trace: TraceID(bot: 7001, update: 42))
        #expect(
            metrics.render(as: .openMetrics) == """
                # HELP odd No total.
                # TYPE odd unknown
                odd 1
                # HELP quartet_call_seconds Calls.
                # TYPE quartet_call_seconds histogram
                quartet_call_seconds_bucket{le="0.1"} 1
                quartet_call_seconds_bucket{le="1.0"} 3 # {trace_id="7001-42"} 0.75
                quartet_call_seconds_bucket{le="+Inf"} 3
                quartet_call_seconds_sum 1.3
                quartet_call_seconds_count 3
                # HELP quartet_updates The \\"updates\\".
                # TYPE quartet_updates counter
                quartet_updates_total 3
                # EOF

                """)
        #expect(!metrics.render().contains("trace_id"))
        #expect(MetricFormat(accept: "application/openmetrics-text;version=1.0.0,text/plain;q=0.5") == .openMetrics)
        #expect(MetricFormat(accept: "*/*") == .prometheus)
    }

    @Test func `the same name and labels are the same series`() {
        let metrics = Metrics()
        metrics.counter("c_total", help: "", labels: ["a": "1", "b": "2"]).increment()
        metrics.counter("c_total", help: "", labels: ["b": "2", "a": "1"]).increment()
        #expect(metrics.counter("c_total", help: "", labels: ["a": "1", "b": "2"]).value == 2)
    }

    @Test func `label sets are bounded`() {
        let metrics = Metrics()
        for number in 0..<1000 { metrics.counter("c_total", help: "", labels: ["user": "\(number)"]).increment() }
        let lines = metrics.render().split(separator: "\n").filter { $0.hasPrefix("c_total") }
        #expect(lines.count == Metrics.maximumSeries + 1)
        #expect(lines.contains("c_total{user=\"other\"} 800"))
    }

    @Test func `counts from many tasks at once`() async {
        let metrics = Metrics()
        let counter = metrics.counter("c_total", help: "")
        let gauge = metrics.gauge("g", help: "")
        let histogram = metrics.histogram("h", help: "", buckets: [1])
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    for _ in 0..<500 {
                        counter.increment()
                        gauge.add(0.5)
                        histogram.observe(.seconds(1))
                    }
                }
            }
        }
        #expect(counter.value == 10_000)
        #expect(gauge.value == 5000)
        #expect(metrics.render().contains("h_sum 10000\nh_count 10000\n"))
    }

    @Test(arguments: [
        (Double.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (1e20, "1e+20"), (-0.25, "-0.25"), (3, "3"),
    ])
    func `writes numbers as the collector reads them`(_ value: Double, _ text: String) {
        let metrics = Metrics()
        metrics.gauge("g", help: "").set(value)
        #expect(metrics.render().hasSuffix("g \(text)\n"))
    }

    @Test func `a wrong name is a fault of the program`() async {
        await #expect(processExitsWith: .failure) { _ = Metrics().counter("no name", help: "") }
        await #expect(processExitsWith: .failure) { _ = Metrics().counter("c", help: "", labels: ["le": "1"]) }
    }
}
