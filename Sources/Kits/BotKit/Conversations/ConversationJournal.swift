import Support

/// What has happened in a conversation so far: enough to run its code again up to where it stands.
struct ConversationJournal: Codable, Equatable, Sendable {
    /// What a step does; a step of the same key that does something else is another step.
    enum Kind: String, Codable, Sendable {
        case ask
        case choose
        case receive
        case say
        case once
    }

    /// A step that is done.
    struct Entry: Codable, Equatable, Sendable {
        var key: String
        var kind: Kind
        /// What it gave, as JSON.
        var value: String
        /// A checksum of what the person read; nil for steps that show nothing.
        var prompt: UInt32?
        /// The update in whose handling it was done.
        var update: Int
    }

    /// The question that waits for its answer.
    struct Question: Codable, Equatable, Sendable {
        var key: String
        var kind: Kind
        var prompt: UInt32
        /// Counts the questions of a conversation, so that the buttons of an earlier one are told from this one's.
        var number: Int
        /// The message that asks.
        var message: Int?
    }

    /// The update that began it, which is also the name of this run of the conversation on its buttons.
    var started: Int
    /// What the conversation was begun with.
    var arguments: String
    /// The language at the beginning, which it keeps.
    var language: Language
    /// The person's message that began it, for replies in groups.
    var origin: Int?
    /// The program that wrote the entries.
    var build: String
    var entries: [Entry] = []
    var question: Question?
    var asked = 0

    /// Whether something was done that a new beginning would do a second time.
    var hasEffects: Bool { entries.contains { $0.kind == .once } }

    /// Undoes what an update brought, except effects, so that the person can answer again.
    mutating func undo(_ update: Int, backTo question: Question?) {
        entries.removeAll { $0.update == update && $0.kind != .once }
        self.question = question
    }
}

/// Runs a conversation's code against its journal: says of each step whether it was done, and notices when the two
/// do not fit.
///
/// Pure. A step with a key of its own is found by it wherever it stands; one without by its place and kind. Where
/// another build of the program wrote the journal, a step without a key must show the same text, too: a place alone
/// would take one question's answer for another's.
struct ConversationReplay: Sendable {
    /// What a step is to do.
    enum Step: Equatable, Sendable {
        /// It is done, and gave this.
        case recorded(String)
        /// It has asked, and here is the answer.
        case answered
        /// It has asked, and waits.
        case waiting
        /// It comes for the first time.
        case new
        /// The journal was written by other code.
        case changed
    }

    private(set) var journal: ConversationJournal
    /// The update that is being handled.
    let update: Int
    /// An answer that no step has taken yet.
    private(set) var hasAnswer: Bool
    /// A question was given up, since the code now asks something else first.
    private(set) var hasDroppedQuestion = false
    private let isOtherBuild: Bool
    private var place = 0
    private var uses: [String: Int] = [:]

    /// Begins a run of the code from its first line.
    init(_ journal: ConversationJournal, update: Int, hasAnswer: Bool, build: String) {
        self.journal = journal
        self.update = update
        self.hasAnswer = hasAnswer
        isOtherBuild = journal.build != build
        self.journal.build = build
    }

    /// The name of the next step: its own, numbered when it is used again, or its place.
    mutating func key(of name: String?) -> String {
        guard let name else {
            place += 1
            return "\(place)"
        }
        uses[name, default: 0] += 1
        let count = uses[name] ?? 1
        return count == 1 ? "=\(name)" : "=\(name)#\(count)"
    }

    /// What the step of this key is to do.
    mutating func meet(_ key: String, _ kind: ConversationJournal.Kind, prompt: UInt32?) -> Step {
        let isNamed = key.hasPrefix("=")
        if let index = journal.entries.firstIndex(where: { $0.key == key }) {
            guard journal.entries[index].kind == kind, isNamed || fits(journal.entries[index].prompt, prompt) else {
                return .changed
            }
            journal.entries[index].prompt = prompt
            return .recorded(journal.entries[index].value)
        }
        guard let question = journal.question else { return hasAnswer ? .changed : .new }
        if question.key == key {
            guard question.kind == kind, isNamed || fits(question.prompt, prompt) else { return .changed }
            return hasAnswer ? .answered : .waiting
        }
        // Steps with names may come in between: what was asked is asked again in its turn.
        guard isNamed, question.key.hasPrefix("=") else { return .changed }
        hasAnswer = false
        hasDroppedQuestion = true
        journal.question = nil
        return .new
    }

    /// Notes what a step gave.
    mutating func record(_ key: String, _ kind: ConversationJournal.Kind, prompt: UInt32?, value: String) {
        if journal.question?.key == key {
            journal.question = nil
            hasAnswer = false
        }
        journal.entries.append(.init(key: key, kind: kind, value: value, prompt: prompt, update: update))
    }

    /// Counts a question before it is asked, for its buttons.
    mutating func nextQuestion() -> Int {
        journal.asked += 1
        return journal.asked
    }

    /// Notes that a question stands in the chat.
    mutating func ask(_ question: ConversationJournal.Question) { journal.question = question }

    private func fits(_ old: UInt32?, _ new: UInt32?) -> Bool { !isOtherBuild || old == new }
}
