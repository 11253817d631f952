import Foundation

/// What the manifest, the documentation and the sources say of the structure, each read for itself.
struct PackageFacts {
    struct Target: Equatable {
        var layer: Int
        var imports: Set<String>
    }

    static let layers = ["C", "Foundations", "IO", "RemoteAPIs", "Kits", "Bots", "Programs"]

    let root: URL

    init() {
        var url = URL(filePath: #filePath)
        while !FileManager.default.fileExists(atPath: url.appending(path: "Package.swift").path) {
            url.deleteLastPathComponent()
        }
        root = url
    }

    func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// Target name to what the manifest declares, tests left out.
    func manifest() throws -> [String: Target] {
        let text = try text("Package.swift")
        var targets: [String: Target] = [:]
        let library = /library\(\s*"([\w-]+)",\s*\.(\w+)(?:,\s*\[([^\]]*)\])?/
        for match in text.matches(of: library) {
            let layer = Self.layers.firstIndex { $0.lowercased() == match.2.lowercased() } ?? -1
            targets[String(match.1)] = Target(layer: layer, imports: names(String(match.3 ?? "")))
        }
        for match in text.matches(of: /program\(\s*"([\w-]+)",\s*\[([^\]]*)\]/) {
            targets[String(match.1)] = Target(layer: 6, imports: names(String(match.2)))
        }
        for match in text.matches(of: /cSupport\("(\w+)"/) {
            targets[String(match.1)] = Target(layer: 6, imports: [])
        }
        for match in text.matches(of: /cLibrary\("(\w+)"/) {
            targets[String(match.1)] = Target(layer: 0, imports: [])
        }
        return targets
    }

    /// Target name to what the table in `docs/architecture.md` says.
    func documented() throws -> [String: Target] {
        var targets: [String: Target] = [:]
        for line in try text("docs/architecture.md").split(separator: "\n") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard cells.count == 6, let layer = cells[1].first?.wholeNumberValue else { continue }
            for name in cells[2].split(separator: ",") {
                targets[name.trimmingCharacters(in: .whitespaces)] = Target(
                    layer: layer,
                    imports: Set(
                        cells[4].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
                            .filter { !$0.isEmpty }))
            }
        }
        return targets
    }

    /// Target name to the modules of this package that its sources import, and those from outside it.
    func sources() throws -> [String: (own: Set<String>, foreign: Set<String>)] {
        let known = Set(try manifest().keys)
        var found: [String: (own: Set<String>, foreign: Set<String>)] = [:]
        for folder in ["Sources", "Examples"] {
            let base = root.appending(path: folder)
            guard let files = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil) else {
                continue
            }
            for case let file as URL in files where file.pathExtension == "swift" {
                let parts = file.pathComponents.dropFirst(root.pathComponents.count)
                let target = Array(parts)[folder == "Sources" ? 2 : 1]
                for match in try String(contentsOf: file, encoding: .utf8).matches(
                    of:
                        /(?m)^(?:@\w+(?:\([^)]*\))? )?(?:public |package |internal |fileprivate |private )?import (?:\w+ )?(\w+)/
                ) {
                    let module = String(match.1)
                    if known.contains(module) {
                        found[target, default: ([], [])].own.insert(module)
                    } else {
                        found[target, default: ([], [])].foreign.insert(module)
                    }
                }
            }
        }
        return found
    }

    private func names(_ list: String) -> Set<String> {
        Set(list.matches(of: /"([\w-]+)"/).map { String($0.1) })
    }
}
