import FoundationEssentials
import Glibc
import Support

/// What the system knows of the process, under the names that Prometheus' own clients use.
struct ProcessMetrics: Sendable {
    private let memory: Gauge
    private let files: Gauge

    init(_ metrics: Metrics, time: any TimeSource) {
        memory = metrics.gauge("process_resident_memory_bytes", help: "Memory that the process holds.")
        files = metrics.gauge("process_open_fds", help: "Open files and sockets.")
        metrics.gauge("process_start_time_seconds", help: "When the process began, in Unix time.")
            .set(Double(time.now.microseconds) / 1e6)
        metrics.gauge("quartet_info", help: "The running program.", labels: ["version": Quartet.version]).set(1)
    }

    /// Reads the figures that change; they stay as they were where `/proc` is not mounted.
    func update() {
        do {
            let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
            if pages.count > 1, let resident = Double(pages[1]) {
                memory.set(resident * Double(sysconf(Int32(_SC_PAGESIZE))))
            }
            files.set(Double(try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count))
        } catch {
            return
        }
    }
}
