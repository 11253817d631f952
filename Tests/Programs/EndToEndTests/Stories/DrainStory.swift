// The process is asked to end while it works on a request.
//
//   Alice   /random
//             Stash takes its time
//   operator  kill -TERM            once: it finishes what it has begun
//             Stash answers
//   Gallery [photo]
//             exit 0
//
//   operator  kill -TERM; kill -TERM   twice: it ends at once

import Glibc
import JSON
import ServiceSimulators
import Support
import TelegramSimulator
import Testing

@Suite(.timeLimit(.minutes(2))) struct DrainStory {
    @Test func `SIGTERM lets the running handler finish`() async throws {
        try await Simulators.scene { scene, simulators in
            try scene.folder.write(scene.configuration(more: "log:\n  level: debug"), to: "quartet.yml")
            let alice = scene.person()
            try await scene.serving { served in
                try await begin(alice, simulators, served)
                served.child.send(SIGTERM)
                _ = try await served.child.output.first("stopping")
                // Nothing is taken any more, so this waits for the next start.
                simulators.stash.setFault(.none)
                simulators.stashTime.advance(by: .seconds(60))
                #expect(try await alice.next(from: Scene.bot).media == "photo")
                #expect(try await served.child.ending() == .code(0))
                #expect(served.child.output.lines.last?.contains("stopped") == true)
            }
            try await alice.say("/stats", to: Scene.bot)
            try await scene.serving { served in
                let figures = try await alice.next(from: Scene.bot)
                #expect(figures.text.contains("to you: 1"))
                #expect(try await served.terminate() == .code(0))
            }
        }
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `the second signal ends the process at once, and the request is answered after the next start`(
        _ signal: Int32
    ) async throws {
        try await Simulators.scene { scene, simulators in
            try scene.folder.write(scene.configuration(more: "log:\n  level: debug"), to: "quartet.yml")
            try await scene.serving { served in
                try await begin(scene.person(), simulators, served)
                served.child.send(SIGTERM)
                _ = try await served.child.output.first("stopping")
                served.child.send(signal)
                #expect(try await served.child.ending() == .code(128 + signal))
            }
            simulators.stash.setFault(.none)
            simulators.stashTime.advance(by: .seconds(60))
            let watcher = try await scene.watcher()
            try await scene.serving { served in
                try await watcher.next("the photo") { $0.kind == "message" && $0.data["message"]?["media"] != nil }
                #expect(try await served.terminate() == .code(0))
            }
        }
    }

    @Test func `a handler that does not finish is cut off at the limit`() async throws {
        try await Simulators.scene { scene, simulators in
            let settings = "log:\n  level: debug\nshutdown:\n  limit: 1s"
            try scene.folder.write(scene.configuration(more: settings), to: "quartet.yml")
            try await scene.serving { served in
                try await begin(scene.person(), simulators, served)
                served.child.send(SIGTERM)
                #expect(try await served.child.ending() == .code(75))
                #expect(served.child.output.text.contains("drain limit reached"))
            }
            simulators.stash.setFault(.none)
            simulators.stashTime.advance(by: .seconds(60))
            let watcher = try await scene.watcher()
            try await scene.serving { served in
                try await watcher.next("the photo") { $0.kind == "message" && $0.data["message"]?["media"] != nil }
                #expect(try await served.terminate() == .code(0))
            }
        }
    }

    /// Alice asks for a photo, and Stash is being asked for one.
    private func begin(_ alice: SimulatedPerson, _ simulators: Simulators, _ served: Served) async throws {
        try await served.ready()
        simulators.stash.setFault(.slow(.seconds(10)))
        try await alice.say("/start", to: Scene.bot)
        _ = try await alice.next(from: Scene.bot)
        try await alice.say("/random", to: Scene.bot)
        try await deadline(.seconds(60), "a question to Stash") { await simulators.stashTime.waitForSleepers(1) }
    }
}
