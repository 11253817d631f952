import Support
import Synchronization
import Testing

@testable import BotKit

/// A conversation that is under way when the bot gets new code.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct ConversationVersionsStory {
    typealias Body = @Sendable (Conversation) async throws -> Void
    static let texts = KitTexts.standard.english.conversation

    static let old: Body = { talk in
        let name = try await talk.ask("Your name?")
        let city = try await talk.ask("Your city?")
        try await talk.say("\(name), \(city)")
    }

    /// What Alice hears when she answers the second question after the code has changed.
    func heard(
        old: @escaping Body = Self.old, new: @escaping Body, version: Int = 1, answers: [String], build: String = "2"
    ) async throws -> [String?] {
        let heard = Mutex<[String?]>([])
        try await Stage.play { stage in
            func make(_ body: @escaping Body, _ version: Int, _ build: String) throws -> Bot {
                var configuration = stage.configuration
                configuration.build = build
                return try stage.bot(configuration) { bot in
                    bot.conversation("order", on: .command("order"), version: version, body)
                }
            }
            let alice = try await stage.person(501)
            try await stage.run(try make(old, 1, "1")) {
                try await alice.say("/order")
                _ = try await alice.hears()
                try await alice.say("Ann")
                _ = try await alice.hears()
            }
            try await stage.run(try make(new, version, build)) {
                for answer in answers {
                    try await alice.say(answer)
                    let text = try await alice.hears()
                    heard.withLock { $0.append(text) }
                    if text == Self.texts.restarted || text == Self.texts.adjusted {
                        let next = try await alice.hears()
                        heard.withLock { $0.append(next) }
                    }
                }
            }
        }
        return heard.withLock(\.self)
    }

    @Test func `the same code goes on in another build`() async throws {
        #expect(try await heard(new: Self.old, answers: ["Rome"]) == ["Ann, Rome"])
    }

    @Test func `another kind of step starts over`() async throws {
        let new: Body = { talk in
            let name = try await talk.ask("Your name?")
            try await talk.say("Welcome")
            let city = try await talk.ask("Your city?")
            try await talk.say("\(name) of \(city)")
        }
        #expect(
            try await heard(new: new, answers: ["Rome"]) == [Self.texts.restarted, "Your name?"])
    }

    @Test func `a question that asks something else does not take the answer`() async throws {
        let new: Body = { talk in
            let city = try await talk.ask("Your city?")
            let name = try await talk.ask("Your name?")
            try await talk.say("\(name), \(city)")
        }
        #expect(
            try await heard(new: new, answers: ["Rome", "Rome", "Ann"])
                == [Self.texts.restarted, "Your city?", "Your name?", "Ann, Rome"])
    }

    @Test func `a raised version starts over`() async throws {
        #expect(
            try await heard(new: Self.old, version: 2, answers: ["Rome"]) == [Self.texts.restarted, "Your name?"])
    }

    @Test func `a question that is gone ends politely`() async throws {
        let new: Body = { talk in _ = try await talk.ask("Your name?") }
        #expect(try await heard(new: new, answers: ["Rome"]) == [Self.texts.ended])
    }

    @Test func `what was done once is not done again: the conversation ends instead of starting over`() async throws {
        let old: Body = { talk in
            let name = try await talk.ask("Your name?")
            try await talk.once("reserve") {}
            let city = try await talk.ask("Your city?")
            try await talk.say("\(name), \(city)")
        }
        let new: Body = { talk in
            let name = try await talk.ask("Your name?")
            try await talk.once("reserve") {}
            let town = try await talk.choose("Your town?", ["Rome", "Oslo"])
            try await talk.say("\(name), \(town)")
        }
        #expect(try await heard(old: old, new: new, answers: ["Rome"]) == [Self.texts.ended])
    }

    @Test func `a stored answer of another type starts over`() async throws {
        let new: Body = { talk in
            let name = try await talk.ask("Your name?") { Int($0) }
            try await talk.say("\(name)")
        }
        #expect(try await heard(new: new, answers: ["Rome"]) == [Self.texts.restarted, "Your name?"])
    }

    @Test func `named steps may be added and moved: nothing that was said is asked again`() async throws {
        let old: Body = { talk in
            let name = try await talk.ask("Your name?", step: "name")
            let city = try await talk.ask("Your city?", step: "city")
            try await talk.say("\(name), \(city)", step: "end")
        }
        let new: Body = { talk in
            let mail = try await talk.ask("Your address?", step: "mail")
            let city = try await talk.ask("Which city?", step: "city")
            let name = try await talk.ask("Who?", step: "name")
            try await talk.say("\(name), \(city), \(mail)", step: "end")
        }
        #expect(
            try await heard(old: old, new: new, answers: ["Rome", "a@b.c", "Rome"])
                == [Self.texts.adjusted, "Your address?", "Which city?", "Ann, Rome, a@b.c"])
    }
}
