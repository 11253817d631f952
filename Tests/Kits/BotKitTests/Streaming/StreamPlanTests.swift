import Markup
import Testing

@testable import BotKit

@Suite struct StreamPlanTests {
    private static func plan(_ way: StreamPlan.Way = .edits, limit: Int = 40) -> StreamPlan {
        StreamPlan(way: way, pace: way == .drafts ? .drafts : .privateEdits, limit: limit)
    }

    /// Plays a plan against a Telegram that takes everything, with pieces appended every `step`.
    private static func play(
        _ plan: StreamPlan, pieces: [String], step: Duration
    ) -> (messages: [FormattedText], showings: [Duration]) {
        var plan = plan
        var messages: [FormattedText] = []
        var showings: [Duration] = []
        var now = Duration.zero
        var rest = pieces[...]
        while true {
            let action = plan.next(at: now)
            switch action {
            case .done: return (messages, showings)
            case .idle, .wait:
                now += step
                if let piece = rest.popFirst() { plan.append(piece, at: now) } else { plan.finish() }
            case .draft:
                showings.append(now)
                plan.succeeded(action, at: now)
            case .send(let text):
                messages.append(text)
                showings.append(now)
                plan.succeeded(action, at: now)
            case .edit(let text, _):
                messages[messages.count - 1] = text
                showings.append(now)
                plan.succeeded(action, at: now)
            }
        }
    }

    @Test(arguments: [StreamPlan.Way.drafts, .edits])
    func `the messages are the text, whatever the pieces`(_ way: StreamPlan.Way) {
        let source = "# Title\n\nSome **bold words** and more of them. " + String(repeating: "And so on. ", count: 30)
        let whole = FormattedText(markdown: source).text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for size in [1, 3, 17, 1000] {
            var pieces: [String] = []
            var rest = source[...]
            while !rest.isEmpty {
                pieces.append(String(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            let result = Self.play(Self.plan(way), pieces: pieces, step: .milliseconds(50))
            let text = result.messages.map(\.text).joined(separator: " ").split(whereSeparator: \.isWhitespace)
            #expect(text.joined(separator: " ") == whole)
            #expect(result.messages.allSatisfy { $0.length <= 40 && !$0.isBlank })
        }
    }

    @Test func `showings keep their distance, the last state excepted`() {
        let pieces = Array(repeating: "word ", count: 200)
        let result = Self.play(Self.plan(limit: 4096), pieces: pieces, step: .milliseconds(30))
        let gaps = zip(result.showings.dropFirst(), result.showings).map { $0 - $1 }
        #expect(gaps.dropLast().allSatisfy { $0 >= .milliseconds(1200) })
        #expect(result.showings.count >= 5)
    }

    @Test func `a flood makes showings rarer, and the last state still comes`() {
        var plan = Self.plan(limit: 4096)
        plan.append("one", at: .zero)
        #expect(plan.next(at: .seconds(1)) == .send("one"))
        plan.succeeded(.send("one"), at: .seconds(1))
        plan.append(" two", at: .seconds(1))
        #expect(plan.next(at: .seconds(3)) == .edit("one two", isLast: false))
        plan.flooded(for: .seconds(7), at: .seconds(3))
        #expect(plan.next(at: .seconds(4)) == .wait(until: .seconds(10)))
        plan.finish()
        #expect(plan.next(at: .seconds(4)) == .edit("one two", isLast: true))
    }

    @Test func `a draft that does not grow is shown again before it vanishes`() {
        var plan = Self.plan(.drafts, limit: 4096)
        plan.append("thinking", at: .zero)
        plan.succeeded(plan.next(at: .zero), at: .zero)
        #expect(plan.next(at: .seconds(5)) == .wait(until: .seconds(20)))
        #expect(plan.next(at: .seconds(20)) == .draft(id: 1, "thinking"))
    }

    @Test func `refused formatting leaves the words`() {
        var plan = Self.plan(limit: 4096)
        plan.append("**bold**", at: .zero)
        plan.finish()
        #expect(plan.next(at: .zero) == .send("\(bold: "bold")"))
        plan.markupRefused()
        #expect(plan.next(at: .zero) == .send("bold"))
    }

    @Test func `where there are no drafts the text is edited`() {
        var plan = Self.plan(.drafts, limit: 4096)
        plan.append("one", at: .zero)
        #expect(plan.next(at: .zero) == .draft(id: 1, "one"))
        plan.draftsRefused(pace: .privateEdits)
        #expect(plan.next(at: .zero) == .send("one"))
        plan.succeeded(.send("one"), at: .zero)
        plan.append(" two", at: .zero)
        #expect(plan.next(at: .seconds(2)) == .edit("one two", isLast: false))
    }

    @Test func `a message that was deleted is written anew`() {
        var plan = Self.plan(limit: 4096)
        plan.append("one", at: .zero)
        plan.succeeded(.send("one"), at: .zero)
        plan.messageLost()
        plan.append(" two", at: .zero)
        plan.finish()
        #expect(plan.next(at: .zero) == .send("one two"))
    }

    @Test func `nothing but white space is no message`() {
        var plan = Self.plan()
        plan.append(" \n ", at: .zero)
        #expect(plan.next(at: .seconds(9)) == .idle)
        plan.finish()
        #expect(plan.next(at: .seconds(9)) == .done)
    }
}
