// Somebody starts the program a second time on the same database.
//
//   operator  quartet serve      it runs
//   operator  quartet serve      quartet: gallery.db is in use by process 4711 (quartet); end it first; exit 75
//   operator  quartet check, quartet backup      work all the same
//             kill -9 of the first
//   operator  quartet serve      runs

import Support
import Testing

@Suite(.timeLimit(.minutes(2))) struct SecondProcessStory {
    @Test func `a second process on one database is refused, and a killed one is in nobody's way`() async throws {
        try await Simulators.scene { scene, _ in
            try scene.folder.write(scene.configuration(), to: "quartet.yml")
            try await scene.serving { first in
                try await first.ready()
                for command in ["serve", "migrate"] {
                    let refused = try await Quartet.run([command], in: scene.folder)
                    #expect(refused.ending == .code(75), "\(refused.output)\n\(refused.errors)")
                    let line =
                        "\(scene.databasePath) is in use by process \(first.child.identifier) (quartet); end it first"
                    #expect(refused.errors.contains(line), "\(refused.errors)")
                    #expect(refused.errors.split(separator: "\n").count == 1)
                }
                let check = try await Quartet.run(["check"], in: scene.folder)
                #expect(check.ending == .code(0), "\(check.output)\n\(check.errors)")
                let backup = try await Quartet.run(["backup"], in: scene.folder)
                #expect(backup.ending == .code(0), "\(backup.errors)")
                first.child.send(9)
                #expect(try await first.child.ending() == .signal(9))
            }
            try await scene.serving { second in
                try await second.ready()
                #expect(try await second.terminate() == .code(0))
            }
        }
    }
}
