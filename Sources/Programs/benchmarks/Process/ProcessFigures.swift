import Glibc

/// What the system knows of a running process.
enum ProcessFigures {
    /// Processor time used so far, all threads, in seconds.
    static func processorSeconds(_ identifier: pid_t) throws -> Double {
        // Behind the name, which may hold anything and ends with the last parenthesis, utime and stime are the 12th and
        // 13th field (proc(5)).
        guard let line = TextFile.lines("/proc/\(identifier)/stat").first, let name = line.lastIndex(of: ")") else {
            throw BenchmarkFailure("process \(identifier) has ended")
        }
        let fields = line[name...].dropFirst(2).split(separator: " ")
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
            throw BenchmarkFailure("process \(identifier) is not described as expected")
        }
        return (user + system) / Double(sysconf(CInt(_SC_CLK_TCK)))
    }

    /// Resident memory in megabytes (10⁶ bytes).
    static func residentMegabytes(_ identifier: pid_t) throws -> Double {
        try megabytes("VmRSS:", of: identifier)
    }

    /// Resident memory in megabytes (10⁶ bytes) of a process that has just started and has nothing to do.
    ///
    /// Two seconds later, as the report says: a fixed moment for all, by which what only a start needs is given back.
    static func idleMegabytes(_ identifier: pid_t) async throws -> Double {
        try await Task.sleep(for: .seconds(2))
        return try residentMegabytes(identifier)
    }

    /// The most memory that was ever resident, in megabytes (10⁶ bytes).
    static func peakMegabytes(_ identifier: pid_t) throws -> Double {
        try megabytes("VmHWM:", of: identifier)
    }

    private static func megabytes(_ field: String, of identifier: pid_t) throws -> Double {
        for line in TextFile.lines("/proc/\(identifier)/status") where line.hasPrefix(field) {
            let words = line.split { $0 == " " || $0 == "\t" }
            if words.count > 1, let kibibytes = Double(words[1]) { return kibibytes * 1024 / 1e6 }
        }
        throw BenchmarkFailure("process \(identifier) has ended")
    }

    /// Processor time of this process so far, all threads, in seconds.
    static var ownProcessorSeconds: Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Processor time of all programs that this one has started and that have ended, in seconds.
    static var endedChildrenSeconds: Double {
        var usage = rusage()
        unsafe getrusage(RUSAGE_CHILDREN.rawValue, &usage)
        return [usage.ru_utime, usage.ru_stime].reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    }

    /// The file that this process runs.
    static var ownProgram: String {
        get throws {
            var buffer = [CChar](repeating: 0, count: 4096)
            let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
            guard count > 0 else { throw BenchmarkFailure("cannot find the own program") }
            return String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
    }
}
