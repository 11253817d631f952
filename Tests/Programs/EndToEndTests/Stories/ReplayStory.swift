// A conversation is recorded, and played again against the program without Telegram.
//
//             telegram.record is set, the process starts
//   Alice   /start, /random, /stats
//   Gallery Hello …, [photo], 📊 …
//             the process ends
//   operator  quartet replay talk.jsonl    → 0: nothing differs
//             a word in the recording is another, as an older version would have said it
//   operator  quartet replay talk.jsonl    → 1: the update, the text before and now

import Glibc
import JSON
import TelegramSimulator
import Testing

@Suite(.timeLimit(.minutes(3))) struct ReplayStory {
    @Test func `a recording shows what this version does otherwise, and nothing where it does the same`()
        async throws
    {
        try await Simulators.scene { scene, _ in
            try scene.folder.write(scene.configuration(), to: "quartet.yml")
            try await record(scene, to: "talk.jsonl")
            for name in ["talk.jsonl", "talk.jsonl.db"] {
                var status = stat()
                let isThere = unsafe stat(scene.folder.file(name), &status) == 0
                #expect(isThere && status.st_mode & 0o777 == 0o600, "\(name) is for its owner alone")
            }
            let recording = try scene.folder.text(of: "talk.jsonl")
            for secret in [Scene.token, Scene.stashKey, "EndToEndToken"] { #expect(!recording.contains(secret)) }

            let same = try await Quartet.run(["replay", "talk.jsonl"], in: scene.folder)
            #expect(same.ending == .code(0), "\(same.output)\(same.errors)")
            #expect(same.output.contains("✓ 0 of 3 updates differ"), "\(same.output)")

            try scene.folder.write(recording.replacing("Photos sent", with: "Pictures shown"), to: "talk.jsonl")
            let other = try await Quartet.run(["replay", "talk.jsonl"], in: scene.folder)
            #expect(other.ending == .code(1), "\(other.output)\(other.errors)")
            #expect(other.output.contains("message from 501: \"/stats\""), "\(other.output)")
            #expect(other.output.contains("~ sendMessage"))
            #expect(other.output.contains("✗ 1 of 3 updates differ"))

            try scene.folder.write("no recording\n\n", to: "other.jsonl")
            #expect(try await Quartet.run(["replay", "other.jsonl"], in: scene.folder).ending == .code(65))
            #expect(try await Quartet.run(["replay", "missing.jsonl"], in: scene.folder).ending == .code(66))
            #expect(try await Quartet.run(["replay"], in: scene.folder).ending == .code(64))
        }
    }

    private func record(_ scene: Scene, to path: String) async throws {
        try await scene.person().act("start", ["bot": .integer(Scene.bot)])
        try await scene.serving(environment: ["QUARTET_TELEGRAM_RECORD": path]) { served in
            try await served.ready()
            let alice = scene.person()
            _ = try await alice.next(from: Scene.bot)
            try await alice.say("/random", to: Scene.bot)
            #expect(try await alice.next(from: Scene.bot).media != nil)
            try await alice.say("/stats", to: Scene.bot)
            #expect(try await alice.next(from: Scene.bot).text.contains("Photos sent"))
            #expect(try await served.terminate() == .code(0))
        }
    }
}
