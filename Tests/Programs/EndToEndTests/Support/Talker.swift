import JSON
import Support
import TelegramSimulator

/// Somebody who goes through conversations with the small bot, and what they should see and bring about.
struct Talker: Sendable {
    /// Something to do, where need be when the bot has said something that begins so.
    struct Step: Sendable {
        enum Act: Sendable {
            case say(String)
            case press(String)
        }

        var after: String?
        let act: Act
    }

    let person: SimulatedPerson
    var steps: [Step] = []
    /// Answers in order, without the run.
    var answers: [String] = []
    /// What should be noted in the database, in order.
    var notes: [String] = []
    /// What should be done once outside of it.
    var effects: [String] = []
    private var words = 0

    init(_ person: SimulatedPerson) {
        self.person = person
    }

    var isDone: Bool { steps.isEmpty }

    /// Plans to write something.
    mutating func say(_ texts: String..., after question: String? = nil) {
        for (index, text) in texts.enumerated() {
            steps.append(Step(after: index == 0 ? question : nil, act: .say(text)))
        }
    }

    /// Plans to press a button below what begins so.
    mutating func press(_ label: String, on question: String) {
        steps.append(Step(after: question, act: .press(label)))
    }

    /// Plans a whole conversation: some of it is written ahead, the rest waits for questions and presses buttons.
    mutating func planShirt(using random: inout SeededRandom) {
        words += 1
        let word = "w\(person.id)-\(words)"
        let (size, isGift) = (["S", "M", "L"].randomElement(using: &random) ?? "S", Bool.random(using: &random))
        let gift = isGift ? "Yes" : "No"
        say("shirt \(word)", "n\(word)", "many", "30")
        if Bool.random(using: &random) {
            say(size.lowercased(), gift)
        } else {
            press(size, on: "size \(word) ")
            press(gift, on: "gift \(word) ")
        }
        let summary = "\(word) n\(word) 30 \(size) \(isGift)"
        answers += ["name", "age", "number", "size", "packed", "gift"].map { "\($0) \(word)" } + ["shirt \(summary)"]
        effects.append(word)
        notes += ["reserve \(word)", "shirt \(summary)"]
    }

    /// Does what can be done next, up to where an answer is waited for.
    mutating func goOn() async throws {
        while let step = steps.first {
            var question: SimulatedMessage?
            if let after = step.after {
                question = try await person.history(of: Scene.bot, limit: 20).last {
                    $0.view["out"]?.boolValue != true && $0.text.hasPrefix(after)
                }
                guard question != nil else { return }
            }
            switch step.act {
            case .say(let text): try await person.say(text, to: Scene.bot)
            case .press(let label): try await Self.press(label, on: question, by: person)
            }
            steps.removeFirst()
        }
    }

    /// Presses without waiting for what the bot says to that.
    private static func press(
        _ label: String, on message: SimulatedMessage?, by person: SimulatedPerson
    ) async throws {
        guard let message, let row = message.buttons.firstIndex(where: { $0.contains(label) }),
            let column = message.buttons[row].firstIndex(of: label)
        else { throw SimulatedPerson.Trouble.noSuchButton(label) }
        _ = try await person.act(
            "press",
            [
                "chat": .integer(Scene.bot), "message": .integer(message.id), "row": .integer(Int64(row)),
                "column": .integer(Int64(column)),
            ])
    }
}

/// What the small bot has said to somebody, without what it said again in a later run.
struct Heard {
    /// What was said for the first time, in order; without the run and the choice that a question shows.
    private(set) var first: [String] = []
    /// The runs that said it; empty for what the kit says by itself.
    private(set) var runs: [String: [String]] = [:]

    init(_ messages: [SimulatedMessage]) {
        for message in messages where message.view["out"]?.boolValue != true {
            let line = message.text.prefix { $0 != "\n" }
            let parts = line.split(separator: " #", maxSplits: 1).map(String.init)
            if runs[parts[0]] == nil { first.append(parts[0]) }
            runs[parts[0], default: []].append(parts.count > 1 ? parts[1] : "")
        }
    }

    /// What one run has said twice: no kill explains that.
    var unexplained: [String] {
        runs.filter { !$0.value.contains("") && Set($0.value).count < $0.value.count }.keys.sorted()
    }

    var repeats: Int { runs.values.reduce(0) { $0 + $1.count - 1 } }
}
