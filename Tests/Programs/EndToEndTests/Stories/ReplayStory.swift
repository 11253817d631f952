// A conversation is recorded, and played again against the program without Telegram.
//
//             telegram.record is set, the process starts
//   Alice   /start, /random, /stats, /every day 9:00, presses “now”
//   Gallery Hello …, [photo], 📊 …, a schedule, [photo], which a job sends
//             the process ends
//   operator  quartet replay talk.jsonl    → 0: nothing differs
//             a word in the recording is another, as an older version would have said it
//   operator  quartet replay talk.jsonl    → 1: the update, the text before and now
//             the same with the caption of the job's photo

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
            #expect(same.output.contains("✓ 0 of 5 updates differ"), "\(same.output)")
            #expect(same.output.contains("1 of them by jobs"), "\(same.output)")

            try scene.folder.write(recording.replacing("Photos sent", with: "Pictures shown"), to: "talk.jsonl")
            let other = try await Quartet.run(["replay", "talk.jsonl"], in: scene.folder)
            #expect(other.ending == .code(1), "\(other.output)\(other.errors)")
            #expect(other.output.contains("message from 501: \"/stats\""), "\(other.output)")
            #expect(other.output.contains("~ sendMessage"))
            #expect(other.output.contains("✗ 1 of 5 updates differ"))

            try scene.folder.write(Self.withOtherCaption(recording), to: "talk.jsonl")
            let job = try await Quartet.run(["replay", "talk.jsonl"], in: scene.folder)
            #expect(job.ending == .code(1), "\(job.output)\(job.errors)")
            #expect(job.output.contains("callback_query from 501"), "\(job.output)")
            #expect(job.output.contains("~ sendPhoto (job gallery.chat_photo)"), "\(job.output)")
            #expect(job.output.contains("caption: \"as it was\" →"), "\(job.output)")

            try scene.folder.write("no recording\n\n", to: "other.jsonl")
            #expect(try await Quartet.run(["replay", "other.jsonl"], in: scene.folder).ending == .code(65))
            #expect(try await Quartet.run(["replay", "missing.jsonl"], in: scene.folder).ending == .code(66))
            #expect(try await Quartet.run(["replay"], in: scene.folder).ending == .code(64))
        }
    }

    private func record(_ scene: Scene, to path: String) async throws {
        let alice = scene.person()
        try await alice.act("start", ["bot": .integer(Scene.bot)])
        try await scene.serving(environment: ["QUARTET_TELEGRAM_RECORD": path]) { served in
            try await served.ready()
            _ = try await alice.next(from: Scene.bot)
            try await alice.say("/random", to: Scene.bot)
            #expect(try await alice.next(from: Scene.bot).media != nil)
            try await alice.say("/stats", to: Scene.bot)
            #expect(try await alice.next(from: Scene.bot).text.contains("Photos sent"))
            try await alice.say("/every day 9:00", to: Scene.bot)
            let made = try await alice.next(from: Scene.bot)
            try await alice.press(try #require(made.buttons.first?.first), on: made, in: Scene.bot)
            #expect(try await alice.next(from: Scene.bot).media != nil)
            #expect(try await served.terminate() == .code(0))
        }
    }

    /// The recording as a version would have made it whose jobs wrote something else below their photos.
    private static func withOtherCaption(_ recording: String) throws -> String {
        try recording.split(separator: "\n").map { text in
            guard var line = try JSONValue(parsing: Array(text.utf8)).objectValue, line["job"] != nil,
                var parameters = line["parameters"]?.objectValue
            else { return String(text) }
            parameters["caption"] = "as it was"
            line["parameters"] = .object(parameters)
            return JSONValue.object(line).description
        }.joined(separator: "\n")
    }
}
