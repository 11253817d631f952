import HTTPServer
import ServiceSimulators

/// A Stash with a generated library; it says `listening URL`, and ends when its standard input does.
enum StashRole {
    static func play(count: Int) async throws {
        let stash = try StashSimulator(library: try .generated(count))
        let address = try await stash.start()
        Role.report("listening http://127.0.0.1:\(address.port)")
        await Role.line()
    }
}
