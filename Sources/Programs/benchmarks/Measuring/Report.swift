import Glibc

/// The figures as a page.
struct Report {
    let comparisons: [Comparison]
    let settings: RunSettings

    /// The page in Markdown.
    var markdown: String {
        var text = """
            # Benchmarks

            Written by `make bench`: do not edit. All contenders of a table ran in the same run, in turn,
            \(settings.rounds) samples of \(settings.seconds) seconds each; the figures are medians, and what counts is the ratio.
            Machine: \(Machine.processor), \(Machine.cores) cores.

            """
        for comparison in comparisons { text += "\n" + Self.section(comparison) }
        return text
    }

    private static func section(_ comparison: Comparison) -> String {
        let ours = comparison.rows.first?.median ?? 0
        var text = "## \(comparison.title)\n\n\(comparison.method)\n\n"
        text += "| contender | \(comparison.unit) | Quartet's ratio to it |\n|---|---:|---:|\n"
        for row in comparison.rows {
            let median = row.median
            let ratio = comparison.isHigherBetter ? ours / median : median / ours
            text += "| \(row.name) | \(number(median)) | \(ratio.isFinite ? decimal(ratio) : "–") |\n"
        }
        if let goal = comparison.goal {
            let isReached = comparison.isHigherBetter ? ours >= goal : ours <= goal
            text += "\nAim: \(number(goal)) \(comparison.unit): \(isReached ? "reached" : "missed").\n"
        }
        return text
    }

    /// Whole figures from a hundred on, two decimals below.
    private static func number(_ value: Double) -> String {
        guard value >= 100 else { return decimal(value) }
        var digits = String(Int(value.rounded()))
        var grouped = ""
        while digits.count > 3 {
            grouped = " " + digits.suffix(3) + grouped
            digits.removeLast(3)
        }
        return digits + grouped
    }

    private static func decimal(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
    }
}

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
}
