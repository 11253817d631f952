/// The figures as a page.
struct Report {
    let comparisons: [Comparison]
    let settings: RunSettings
    /// The machine's load before the run.
    let load: Double

    /// The page in Markdown.
    var markdown: String {
        var text = """
            # Benchmarks

            Written by `make bench`: do not edit. All contenders of a table ran in the same run, in turn,
            \(settings.rounds) round\(settings.rounds == 1 ? "" : "s"); the figures are medians with the least and the \
            greatest sample. What counts is the
            ratio: how many times as good Quartet is.

            Machine: \(Machine.processor), \(Machine.cores) cores, \(Machine.gigabytes) GB, \(Machine.system); load \
            before the run \(Figures.decimal(load))\(load > 0.5 ? ", so the absolute figures are too low" : "").

            """
        for comparison in comparisons { text += "\n" + Self.section(comparison) }
        return text
    }

    private static func section(_ comparison: Comparison) -> String {
        var text = "## \(comparison.title)\n\n\(comparison.method)\n\n"
        text += "| contender | \(comparison.unit) | least–greatest | \(comparison.ratioTitle) |\n|---|---:|---:|---:|\n"
        for (index, row) in comparison.rows.enumerated() {
            let (least, greatest) = (row.samples.min() ?? 0, row.samples.max() ?? 0)
            let ratio = index == 0 ? "1" : Figures.decimal(comparison.ratio(to: row)) + " ×"
            text += "| \(row.name) | \(Figures.number(row.samples.median)) "
            text += "| \(Figures.number(least))–\(Figures.number(greatest)) | \(ratio) |\n"
        }
        if let note = comparison.note { text += "\n\(note)\n" }
        if let goal = comparison.goal { text += "\n" + verdict(goal, comparison) + "\n" }
        return text
    }

    private static func verdict(_ goal: Comparison.Goal, _ comparison: Comparison) -> String {
        switch goal {
        case .figure(let goal):
            let ours = comparison.rows[comparison.goalRow].samples.median
            let isReached = comparison.isHigherBetter ? ours >= goal : ours <= goal
            let bound = comparison.isHigherBetter ? "at least" : "at most"
            return "Aim: \(bound) \(Figures.number(goal)) \(comparison.unit): **\(isReached ? "reached" : "missed")**."
        case .ratio(let goal, let name):
            let ratio = comparison.rows.first { $0.name == name }.map { comparison.ratio(to: $0) } ?? 0
            return "Aim: \(Figures.decimal(goal)) times \(name): **\(ratio >= goal ? "reached" : "missed")**."
        }
    }
}
