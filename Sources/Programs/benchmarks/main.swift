import Glibc

// benchmarks [--write FILE] [--seconds N] [--rounds N] [--updates N] [--people N] [--messages N] [NAME…]

var arguments = CommandLine.arguments.dropFirst()

// A benchmark has started this program once more, as one side of it.
if arguments.first == "play" {
    guard let role = arguments.dropFirst().first.flatMap(Role.init) else { exit(64) }
    try await role.play(Array(arguments.dropFirst(2)))
    exit(0)
}

var settings = RunSettings()
var destination: String?
var names: [String] = []
while let argument = arguments.popFirst() {
    func number(_ current: Int) -> Int { arguments.popFirst().flatMap { Int($0) } ?? current }
    switch argument {
    case "--write": destination = arguments.popFirst()
    case "--seconds": settings.seconds = number(settings.seconds)
    case "--rounds": settings.rounds = number(settings.rounds)
    case "--updates": settings.updates = number(settings.updates)
    case "--people": settings.people = number(settings.people)
    case "--messages": settings.messages = number(settings.messages)
    default: names.append(argument)
    }
}

let chosen = Catalogue.all.filter { names.isEmpty || names.contains($0.name) }
guard !chosen.isEmpty else {
    print("known benchmarks: \(Catalogue.all.map(\.name).joined(separator: " "))")
    exit(64)
}

let load = Machine.load
var comparisons: [Comparison] = []
var failures: [String] = []
for benchmark in chosen {
    Role.report("running: \(benchmark.name)")
    do {
        comparisons += try await benchmark.run(settings)
    } catch {
        // The others took minutes and are worth having.
        failures.append("\(benchmark.name): \(error)")
        Role.report("failed: \(benchmark.name): \(error)")
    }
}
let report = Report(comparisons: comparisons, settings: settings, load: load)
print("\n" + report.markdown)
if failures.isEmpty {
    if let destination { try TextFile.write(report.markdown, to: destination) }
} else {
    print("nothing is written, since these failed:\n\(failures.joined(separator: "\n"))")
    exit(1)
}
