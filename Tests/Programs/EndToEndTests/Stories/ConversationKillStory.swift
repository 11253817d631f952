// A small bot is killed while people are in the middle of conversations of several steps.
//
//   P501    shirt a      Probe  name a #1
//   P501    Ann          Probe  age a #1
//             kill -9, at any moment of this
//   P501    many         Probe  number a #2       (a number, please)
//   P501    30           Probe  size a #2         [S] [M] [L]
//             kill -9
//   P501    presses M    Probe  packed a #3, gift a #3 …
//
// Every conversation ends with the right summary. What `commit` writes is written once; what `once` does is done once,
// and again only where a kill came before it was noted. No question is lost, and what was said twice was said by two
// runs, with a kill between them. A fifth of the kills that QUARTET_KILLS asks for.

import FoundationEssentials
import Glibc
import JSON
import SQLiteStorage
import Storage
import Support
import TelegramSimulator
import Testing

@Suite(.serialized, .timeLimit(.minutes(10))) struct ConversationKillStory {
    private static var kills: Int {
        max(1, (unsafe getenv("QUARTET_KILLS").flatMap { unsafe Int(String(cString: $0)) } ?? 500) / 5)
    }

    /// Those who go through conversations; the last of the people only lets the bot echo.
    private static let talking = CrashProbe.people.dropLast()
    private static let echoing: Int64 = 505

    private func talkers(_ probe: CrashProbe) async throws -> [Int64: Talker] {
        for id in CrashProbe.people { try await probe.person(id).act("start", ["bot": .integer(Scene.bot)]) }
        return Dictionary(uniqueKeysWithValues: Self.talking.map { ($0, Talker(probe.person($0))) })
    }

    @Test func `every conversation goes on where it was, at whatever point the bot is killed`() async throws {
        try await CrashProbe.with { probe in
            var random = SeededRandom(seed: 20_261_122)
            var talkers = try await talkers(probe)
            func goOn() async throws {
                for id in Self.talking.shuffled(using: &random).prefix(2) {
                    if talkers[id]?.isDone == true { talkers[id]?.planShirt(using: &random) }
                    try await talkers[id]?.goOn()
                }
            }
            for round in 1...Self.kills {
                // So that there is something to be done in each run.
                try await probe.person(Self.echoing).say("echo \(round)", to: Scene.bot)
                try await goOn()
                let moment = CrashProbe.KillMoment(using: &random)
                try await probe.killing("patient-\(round)", at: moment) { try await goOn() }
            }
            let last = try await finish(talkers, probe)
            var (ended, repeats, again) = (0, 0, 0)
            for (id, talker) in last {
                let heard = Heard(try await probe.conversation(id))
                #expect(heard.first == talker.answers, "no question is lost, and each summary is right")
                #expect(heard.unexplained.isEmpty, "said twice by one run")
                again += try await checkEffects(of: talker, id, probe)
                repeats += heard.repeats
                ended += talker.effects.count
            }
            print("\(Self.kills) kills: \(ended) conversations, \(repeats) repeats, \(again) effects again")
            #expect(ended > Self.kills / 10)
            // A kill makes repeat what was sent and not yet noted: of each person one text, and one effect.
            #expect(repeats <= Self.kills * Self.talking.count)
            #expect(again <= Self.kills)
        }
    }

    @Test func `a new version finds people in the middle of the old one, and is killed itself`() async throws {
        let (restarted, ended) = ("I was updated while we were talking, so", "I was updated while we were talking and")
        try await CrashProbe.with { probe in
            var talkers = try await talkers(probe)
            talkers[501]?.say("shirt a", "Ann")
            talkers[502]?.say("shirt b", "Bob", "40")
            talkers[503]?.say("shirt c", "Cat", "50")
            talkers[504]?.say("shirt d", "Dan", "60", "M", "no")
            try await probe.running("old") { child in
                for id in Self.talking { try await talkers[id]?.goOn() }
                try await probe.allIsDone(child, last: Self.echoing)
                child.send(SIGKILL)
                let ending = try await child.ending()
                #expect(ending == .signal(SIGKILL))
            }
            var seen: [Int64: Int64] = [:]
            for id in Self.talking { seen[id] = try await probe.conversation(id).last?.id }

            // Nothing was done for Ann: she begins anew. For Bob and Cat something was, so theirs end.
            talkers[501]?.say("30")
            talkers[501]?.say("Rome", "Ann", "31", "L", "yes", after: "city a ")
            talkers[502]?.say("m")
            talkers[502]?.say("shirt e", "Oslo", "Bob", "41", "S", "no", after: ended)
            talkers[503]?.press("M", on: "size c ")
            talkers[503]?.say("echo c", after: ended)
            talkers[504]?.say("shirt f", "Kyiv", "Dan", "61", "M")
            talkers[504]?.press("Yes", on: "gift f ")
            func shirt(_ word: String) -> [String] {
                ["city", "name", "age", "size", "packed", "gift"].map { "\($0) \(word)" }
            }
            talkers[501]?.answers = [restarted] + shirt("a") + ["shirt a Rome Ann 31 L true"]
            talkers[502]?.answers = [ended] + shirt("e") + ["shirt e Oslo Bob 41 S false"]
            talkers[503]?.answers = [ended, "echo c"]
            talkers[504]?.answers = shirt("f") + ["shirt f Kyiv Dan 61 M true"]
            talkers[501]?.notes = ["reserve a", "shirt a Rome Ann 31 L true"]
            talkers[502]?.notes = ["reserve b", "reserve e", "shirt e Oslo Bob 41 S false"]
            talkers[503]?.notes = ["reserve c"]
            talkers[504]?.notes = ["reserve d", "shirt d Dan 60 M false", "reserve f", "shirt f Kyiv Dan 61 M true"]
            for (id, words) in [501: ["a"], 502: ["b", "e"], 503: ["c"], 504: ["d", "f"]] as [Int64: [String]] {
                talkers[id]?.effects = words
            }
            var random = SeededRandom(seed: 20_261_123)
            for round in 1...20 {
                try await probe.person(Self.echoing).say("echo \(round)", to: Scene.bot)
                for id in Self.talking { try await talkers[id]?.goOn() }
                let moment = CrashProbe.KillMoment(using: &random)
                try await probe.killing("patient-\(round)", version: 2, at: moment) {}
            }
            for (id, talker) in try await finish(talkers, probe, version: 2) {
                let heard = Heard(try await probe.conversation(id).filter { $0.id > seen[id] ?? 0 })
                let first = heard.first.map { text in [restarted, ended].first { text.hasPrefix($0) } ?? text }
                #expect(first == talker.answers)
                #expect(heard.unexplained.isEmpty, "said twice by one run")
                _ = try await checkEffects(of: talker, id, probe)
            }
        }
    }

    /// Runs the bot without a kill until everybody has come to an end.
    private func finish(
        _ talkers: [Int64: Talker], _ probe: CrashProbe, version: Int = 1
    ) async throws -> [Int64: Talker] {
        try await probe.running("patient-last", version: version) { child in
            let last = try await deadline(.seconds(90), "all conversations to end\n\(child.transcript)") {
                var talkers = talkers
                while talkers.values.contains(where: { !$0.isDone }) {
                    for id in Self.talking { try await talkers[id]?.goOn() }
                    try await SystemPause.brief()
                }
                return talkers
            }
            try await probe.allIsDone(child, last: Self.echoing)
            child.send(SIGTERM)
            let ending = try await child.ending()
            #expect(ending == .code(0), "\(child.transcript)")
            return last
        }
    }

    /// Compares what was done for somebody with what should have been; tells how much was done again after a kill.
    private func checkEffects(of talker: Talker, _ id: Int64, _ probe: CrashProbe) async throws -> Int {
        let database = try await SQLiteDatabase.open(path: probe.databasePath)
        let (notes, open) = try await database.read { connection in
            (
                try connection.values(
                    "SELECT kind || ' ' || text FROM notes WHERE chat = \(id) ORDER BY rowid", as: String.self),
                try connection.value("SELECT COUNT(*) FROM bot_dialogues WHERE chat = \(id)", as: Int.self)
            )
        }
        await database.close()
        #expect(notes == talker.notes, "what is committed is committed once, in order")
        #expect(open == 0, "nothing is left of a conversation that has ended")
        let lines = try String(contentsOfFile: probe.databasePath + ".effects", encoding: .utf8)
            .split(separator: "\n").map { $0.split(separator: " #").map(String.init) }
        var again = 0
        for word in talker.effects {
            let runs = lines.filter { $0[0] == word }.map { $0[1] }
            #expect(!runs.isEmpty && Set(runs).count == runs.count, "\(word) was done by \(runs)")
            again += runs.count - 1
        }
        return again
    }
}
