// A small bot is killed 500 times while five people write to it; QUARTET_KILLS asks for another number.
//
//   P501    tally a            P502   order b       P503   later c  …
//             kill -9, at any moment of this
//   Probe   tally a = 1 #2     Probe  size b #2     (the kill comes before the job of c has answered)
//             the process starts again
//   Probe   later c #3         …
//
// Everything is answered, in order; what is counted counts once; what was said twice was said by two runs, with a kill
// between them. The same, a fifth as often, where each kill is a loss of power: what was not synced is gone, but for some
// writes that reached the disk early, out of their order.

import Glibc
import JSON
import SQLiteStorage
import Storage
import Support
import TelegramSimulator
import Testing

@Suite(.serialized, .timeLimit(.minutes(10))) struct ProbeKillStory {
    private static var kills: Int {
        unsafe getenv("QUARTET_KILLS").flatMap { unsafe Int(String(cString: $0)) } ?? 500
    }

    /// What somebody has written and should be answered.
    private struct Script {
        var count = 0
        /// Answers in order, without the run; those of jobs are apart.
        var answers: [String] = []
        var later: [String] = []
        /// What should be noted, in order.
        var notes: [String] = []
        private var words = 0

        /// The next texts to write: one, or the three of an order.
        mutating func next(_ person: Int64, _ random: inout SeededRandom) -> [String] {
            words += 1
            let word = "w\(person)-\(words)"
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                answers.append("echo \(word)")
                return ["echo \(word)"]
            case 1:
                count += 1
                answers.append("tally \(word) = \(count)")
                notes.append("tally \(word)")
                return ["tally \(word)"]
            case 2:
                count += 1
                later.append("later \(word)")
                notes.append("later \(word)")
                return ["later \(word)"]
            default:
                count += 1
                answers += ["size \(word)", "colour s\(word)", "ordered c\(word)"]
                notes.append("order \(word) s\(word) c\(word)")
                return ["order \(word)", "s\(word)", "c\(word)"]
            }
        }
    }

    @Test func `nothing is lost and nothing counts twice, at whatever point the bot is killed`() async throws {
        try await play(kills: Self.kills, losesPower: false)
    }

    @Test func `nothing is lost and nothing counts twice, at whatever point the power fails`() async throws {
        try await play(kills: max(1, Self.kills / 5), losesPower: true)
    }

    private func play(kills: Int, losesPower: Bool) async throws {
        try await CrashProbe.with { probe in
            var random = SeededRandom(seed: 20_261_121)
            var scripts = Dictionary(uniqueKeysWithValues: CrashProbe.people.map { ($0, Script()) })
            let people = Dictionary(uniqueKeysWithValues: CrashProbe.people.map { ($0, probe.person($0)) })
            for person in people.values { try await person.act("start", ["bot": .integer(Scene.bot)]) }
            func write(_ count: Int) async throws {
                for _ in 0..<count {
                    let id = CrashProbe.people.randomElement(using: &random) ?? 501
                    for text in scripts[id]?.next(id, &random) ?? [] { try await people[id]?.say(text, to: Scene.bot) }
                }
            }
            for round in 1...kills {
                try await write(Int.random(in: 1...4, using: &random))
                let moment = CrashProbe.KillMoment(using: &random)
                let more = Int.random(in: 0...2, using: &random)
                let power = losesPower ? UInt32.random(in: 0 ... .max, using: &random) : nil
                try await probe.killing("patient-\(round)", power: power, at: moment) { try await write(more) }
            }
            scripts[501]?.answers.append("echo last")
            try await probe.running("patient-last") { child in
                try await probe.allIsDone(child, last: 501)
                child.send(SIGTERM)
                let ending = try await child.ending()
                #expect(ending == .code(0), "\(child.transcript)")
            }
            var repeats = 0
            for (id, script) in scripts { repeats += try await check(script, of: id, probe) }
            let changes = scripts.values.reduce(0) { $0 + $1.notes.count }
            print("\(kills) \(losesPower ? "losses of power" : "kills"): \(changes) changes, \(repeats) repeats")
            // A kill makes repeat what was sent and not yet noted: of each person one text, and four jobs at once.
            #expect(repeats <= kills * (CrashProbe.people.count + 4))
        }
    }

    /// Compares what somebody saw with what they should have seen; tells how much was said again.
    private func check(_ script: Script, of id: Int64, _ probe: CrashProbe) async throws -> Int {
        let said = try await probe.conversation(id).filter { $0.view["out"]?.boolValue != true }.map(\.text)
        var runs: [String: [String]] = [:]
        var first: [String] = []
        for text in said {
            let parts = text.split(separator: " #").map(String.init)
            try #require(parts.count == 2, "a strange answer: \(text)")
            if runs[parts[0]] == nil { first.append(parts[0]) }
            runs[parts[0], default: []].append(parts[1])
        }
        #expect(first.filter { !$0.hasPrefix("later") } == script.answers, "each text has its answer, in order")
        #expect(first.filter { $0.hasPrefix("later") }.sorted() == script.later.sorted(), "each job has answered")
        for (text, runs) in runs where Set(runs).count < runs.count {
            Issue.record("one run has said “\(text)” twice: \(runs)")
        }

        let database = try await SQLiteDatabase.open(path: probe.databasePath)
        let (notes, done, count) = try await database.read { connection in
            (
                try connection.values(
                    "SELECT kind || ' ' || text FROM notes WHERE chat = \(id) AND kind <> 'done' ORDER BY rowid",
                    as: String.self),
                try connection.values(
                    "SELECT 'later ' || text FROM notes WHERE chat = \(id) AND kind = 'done'", as: String.self),
                try connection.value("SELECT count FROM counts WHERE chat = \(id)", as: Int.self)
            )
        }
        await database.close()
        #expect(notes == script.notes, "each change counts once, in order")
        #expect(done.sorted() == script.later.sorted(), "each job is done once")
        #expect(count == script.count)
        return runs.values.reduce(0) { $0 + $1.count - 1 }
    }

    @Test func `a text that ends the program each time is set aside and told, and the chat goes on`() async throws {
        try await CrashProbe.with { probe in
            let alice = probe.person(501)
            for id in [Int64(501), 502] { try await probe.person(id).act("start", ["bot": .integer(Scene.bot)]) }
            for text in ["echo before", "die now", "echo after"] { try await alice.say(text, to: Scene.bot) }
            // Once when it comes, and twice again.
            for round in 1...3 {
                try await probe.running("\(round)") { child in
                    let ending = try await child.ending()
                    #expect(ending == .signal(SIGABRT), "\(child.transcript)")
                }
            }
            try await probe.running("4") { child in
                try await deadline(.seconds(60), "the chat to go on\n\(child.transcript)") {
                    while try await !probe.conversation(501).contains(where: { $0.text == "echo after #4" }) {
                        try await SystemPause.brief()
                    }
                    while try await !probe.conversation(502).contains(where: { $0.text.contains("⚠️") }) {
                        try await SystemPause.brief()
                    }
                }
                child.send(SIGTERM)
                #expect(try await child.ending() == .code(0))
            }
            let answers = try await probe.conversation(501).filter { $0.view["out"]?.boolValue != true }.map(\.text)
            #expect(Set(answers.map { $0.prefix { $0 != "#" } }) == ["echo before ", "echo after "], "\(answers)")
        }
    }
}
