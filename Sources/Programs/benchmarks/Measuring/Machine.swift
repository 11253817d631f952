import Glibc

/// What the figures were taken on.
enum Machine {
    /// The cores that the process may use.
    static var cores: Int { sysconf(CInt(_SC_NPROCESSORS_ONLN)) }

    /// The processor's name as the system gives it.
    static var processor: String {
        for line in TextFile.lines("/proc/cpuinfo") where line.hasPrefix("model name") {
            return String(line.drop { $0 != ":" }.dropFirst(2))
        }
        return "unknown processor"
    }

    /// Memory in GB (10⁹ bytes).
    static var gigabytes: Int {
        Int((Double(sysconf(CInt(_SC_PHYS_PAGES)) * sysconf(CInt(_SC_PAGESIZE))) / 1e9).rounded())
    }

    /// Linux, with its version.
    static var system: String {
        "Linux \(TextFile.lines("/proc/sys/kernel/osrelease").first ?? "")"
    }

    /// Programs that wanted a core in the last minute, on average.
    static var load: Double {
        TextFile.lines("/proc/loadavg").first?.split(separator: " ").first.flatMap { Double($0) } ?? 0
    }
}
