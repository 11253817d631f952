import Glibc

// benchmarks [--write FILE] [--seconds N] [--rounds N] [NAME…]

var settings = RunSettings()
var destination: String?
var names: [String] = []
var arguments = CommandLine.arguments.dropFirst()
while let argument = arguments.popFirst() {
    switch argument {
    case "--write": destination = arguments.popFirst()
    case "--seconds": settings.seconds = arguments.popFirst().flatMap { Int($0) } ?? settings.seconds
    case "--rounds": settings.rounds = arguments.popFirst().flatMap { Int($0) } ?? settings.rounds
    default: names.append(argument)
    }
}

let chosen = Catalogue.all.filter { names.isEmpty || names.contains($0.name) }
guard !chosen.isEmpty else {
    print("known benchmarks: \(Catalogue.all.map(\.name).joined(separator: " "))")
    exit(64)
}

var comparisons: [Comparison] = []
for benchmark in chosen {
    comparisons += try await benchmark.run(settings)
}
let report = Report(comparisons: comparisons, settings: settings)
print(report.markdown)
if let destination { try TextFile.write(report.markdown, to: destination) }
