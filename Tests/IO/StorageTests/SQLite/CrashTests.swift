import SQLiteStorage
import Storage
import Support
import Testing

@Suite struct CrashTests {
    @Test func `a killed process loses no row whose commit it has reported`() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/crash.db"
            var random = SeededRandom(seed: 20)
            var reported: [Int] = []
            for _ in 0..<20 {
                let probe = try Probe.start(["commit", path])
                // Somewhere in the middle of its work: after some rows, while further ones are under way.
                let enough = Int.random(in: 1...60, using: &random)
                var seen = 0
                for await line in probe.lines {
                    guard let number = Int(line) else {
                        Issue.record("the other process printed \(line)")
                        break
                    }
                    reported.append(number)
                    seen += 1
                    if seen == enough { probe.kill() }
                }
                probe.endInput()
                #expect(probe.wait() == -9)
                #expect(seen >= enough)
            }
            let database = try await SQLiteDatabase.open(path: path)
            try await database.checkIntegrity()
            let stored = try await database.read { try $0.values("SELECT number FROM numbers", as: Int.self) }
            #expect(Set(reported).count == reported.count)
            #expect(Set(reported).subtracting(stored).isEmpty)
            await database.close()
        }
    }
}
