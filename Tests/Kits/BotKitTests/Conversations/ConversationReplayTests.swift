import Testing

@testable import BotKit

/// Which step goes on where, given what a journal holds.
struct ConversationReplayTests {
    static func journal(_ entries: [(String, ConversationJournal.Kind, String)], build: String = "1")
        -> ConversationJournal
    {
        var journal = ConversationJournal(started: 1, arguments: "", language: .english, origin: nil, build: build)
        journal.entries = entries.map { .init(key: $0.0, kind: $0.1, value: $0.2, prompt: $0.2.checksum, update: 1) }
        return journal
    }

    static func waiting(_ key: String, _ kind: ConversationJournal.Kind = .ask, prompt: String, build: String = "1")
        -> ConversationJournal
    {
        var journal = journal([], build: build)
        journal.question = .init(key: key, kind: kind, prompt: prompt.checksum, number: 1, message: 5)
        return journal
    }

    @Test func `steps without names are numbered, and a name that comes again is numbered for itself`() {
        var replay = ConversationReplay(Self.journal([]), update: 2, hasAnswer: false, build: "1")
        let keys = [nil, "size", nil, "size", "name"].map { replay.key(of: $0) }
        #expect(keys == ["1", "=size", "2", "=size#2", "=name"])
    }

    @Test func `what is done gives what it gave, the next one is new`() {
        var replay = ConversationReplay(
            Self.journal([("1", .ask, "a"), ("=n", .once, "b")]), update: 2, hasAnswer: false, build: "1")
        #expect(replay.meet("1", .ask, prompt: nil) == .recorded("a"))
        #expect(replay.meet("=n", .once, prompt: nil) == .recorded("b"))
        #expect(replay.meet("2", .say, prompt: nil) == .new)
    }

    @Test(arguments: [
        ("1", ConversationJournal.Kind.ask, true, ConversationReplay.Step.answered),
        ("1", .ask, false, .waiting),
        ("1", .choose, true, .changed),
        ("2", .ask, true, .changed),
        ("=x", .ask, true, .changed),
    ])
    func `a question that waits takes the answer, and no other does`(
        key: String, kind: ConversationJournal.Kind, hasAnswer: Bool, expected: ConversationReplay.Step
    ) {
        var replay = ConversationReplay(
            Self.waiting("1", prompt: "Name?"), update: 2, hasAnswer: hasAnswer, build: "1")
        #expect(replay.meet(key, kind, prompt: "Name?".checksum) == expected)
    }

    @Test func `in another build a nameless step must show the same text, a named one need not`() {
        var same = ConversationReplay(Self.journal([("1", .ask, "a")]), update: 2, hasAnswer: false, build: "1")
        #expect(same.meet("1", .ask, prompt: "other".checksum) == .recorded("a"))
        var other = ConversationReplay(Self.journal([("1", .ask, "a")]), update: 2, hasAnswer: false, build: "2")
        #expect(other.meet("1", .ask, prompt: "other".checksum) == .changed)
        var fitting = ConversationReplay(Self.journal([("1", .ask, "a")]), update: 2, hasAnswer: false, build: "2")
        #expect(fitting.meet("1", .ask, prompt: "a".checksum) == .recorded("a"))
        #expect(fitting.journal.build == "2", "the journal is this build's from now on")
        var named = ConversationReplay(Self.journal([("=n", .ask, "a")]), update: 2, hasAnswer: false, build: "2")
        #expect(named.meet("=n", .ask, prompt: "other".checksum) == .recorded("a"))
        var question = ConversationReplay(Self.waiting("1", prompt: "Name?"), update: 2, hasAnswer: true, build: "2")
        #expect(question.meet("1", .ask, prompt: "City?".checksum) == .changed)
    }

    @Test func `a named step that came in between drops the named question that waited`() {
        var replay = ConversationReplay(Self.waiting("=size", prompt: "Size?"), update: 2, hasAnswer: true, build: "2")
        #expect(replay.meet("=email", .ask, prompt: nil) == .new)
        #expect(replay.hasDroppedQuestion)
        #expect(!replay.hasAnswer)
        #expect(replay.journal.question == nil)
    }

    @Test func `an answer that nothing asked for does not fit`() {
        var replay = ConversationReplay(Self.journal([]), update: 2, hasAnswer: true, build: "1")
        #expect(replay.meet("1", .say, prompt: nil) == .changed)
    }

    @Test func `undoing an update leaves its effects and asks again`() {
        var journal = Self.journal([("1", .ask, "a")])
        let question = ConversationJournal.Question(key: "2", kind: .ask, prompt: 0, number: 2, message: 9)
        journal.entries.append(.init(key: "2", kind: .ask, value: "b", prompt: 0, update: 2))
        journal.entries.append(.init(key: "=pay", kind: .once, value: "c", prompt: nil, update: 2))
        journal.entries.append(.init(key: "3", kind: .say, value: "d", prompt: 0, update: 2))
        journal.undo(2, backTo: question)
        #expect(journal.entries.map(\.key) == ["1", "=pay"])
        #expect(journal.question == question)
    }
}
