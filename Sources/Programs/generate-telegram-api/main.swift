import FoundationEssentials
import Glibc

// Run from the repository's root: `swift run generate-telegram-api`. With `--check` nothing is written, and the exit
// code says whether the files are up to date.
do {
    let schema = try Data(contentsOf: URL(filePath: "Schema/telegram-bot-api.json"))
    let overrides = try Data(contentsOf: URL(filePath: "Schema/overrides.json"))
    let files = try Generator.files(schema: Array(schema), overrides: Array(overrides))
    let isCheck = CommandLine.arguments.contains("--check")
    var stale: [String] = []
    for file in files {
        let url = URL(filePath: file.path)
        let present = FileManager.default.contents(atPath: url.path)
        if present == Data(file.text.utf8) { continue }
        stale.append(file.path)
        if isCheck { continue }
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(file.text.utf8).write(to: url)
    }
    print(isCheck ? "out of date: \(stale)" : "\(files.count) files, \(stale.count) written")
    if isCheck && !stale.isEmpty { exit(1) }
} catch {
    print("generate-telegram-api: \(error)")
    exit(1)
}
