import Testing

@Suite struct LayeringTests {
    private let facts = PackageFacts()

    @Test func `the documentation's table is the manifest`() throws {
        let manifest = try facts.manifest()
        let documented = try facts.documented()
        #expect(manifest.count > 20, "the manifest was read")
        #expect(Set(manifest.keys) == Set(documented.keys))
        for (name, target) in manifest {
            #expect(documented[name] == target, "\(name)")
        }
    }

    @Test func `a target imports what it declares and nothing else of the package`() throws {
        let manifest = try facts.manifest()
        for (name, imports) in try facts.sources() {
            let declared = manifest[name]?.imports ?? []
            #expect(imports.own.subtracting(declared).isEmpty, "\(name) imports what it does not declare")
        }
    }

    @Test func `imports point down, and sideways only among siblings that say so`() throws {
        let manifest = try facts.manifest()
        for (name, target) in manifest {
            for imported in target.imports {
                let layer = manifest[imported]?.layer ?? .max
                #expect(layer <= target.layer, "\(name) imports \(imported) from above")
            }
        }
    }

    @Test func `no cycle runs through siblings`() throws {
        let manifest = try facts.manifest()
        func reaches(_ from: String, _ goal: String, _ seen: Set<String>) -> Bool {
            (manifest[from]?.imports ?? []).contains { next in
                next == goal || (!seen.contains(next) && reaches(next, goal, seen.union([next])))
            }
        }
        for name in manifest.keys { #expect(!reaches(name, name, []), "\(name)") }
    }

    @Test func `each C module is imported by exactly one target`() throws {
        let manifest = try facts.manifest()
        let sources = try facts.sources()
        for module in manifest.filter({ $0.value.layer == 0 }).keys {
            let users = sources.filter { $0.value.own.contains(module) }.keys.sorted()
            #expect(users.count == 1, "\(module) is imported by \(users)")
        }
    }

    @Test func `bots know neither each other nor a storage driver`() throws {
        let manifest = try facts.manifest()
        let bots = Set(manifest.filter { $0.value.layer == 5 }.keys)
        for bot in bots {
            let imports = manifest[bot]?.imports ?? []
            #expect(imports.isDisjoint(with: bots))
            #expect(!imports.contains { $0.hasSuffix("Storage") && $0 != "Storage" })
        }
    }

    @Test(arguments: ["TelegramSimulator", "ServiceSimulators"])
    func `a simulator shares no code with a client`(simulator: String) throws {
        let manifest = try facts.manifest()
        for imported in manifest[simulator]?.imports ?? [] {
            let layer = manifest[imported]?.layer ?? .max
            #expect(!(3...5).contains(layer), "\(simulator) imports \(imported)")
        }
    }

    @Test func `the sources do without Foundation`() throws {
        for (name, imports) in try facts.sources() {
            #expect(
                imports.foreign.isDisjoint(with: ["Foundation", "FoundationNetworking", "FoundationXML"]), "\(name)")
        }
    }
}
