import Markup

/// Decides what a text that is still being written shows next: no clock and no network inside.
///
/// In private chats it is a draft, which Telegram shows for 30 seconds after each change and which the finished
/// message replaces; elsewhere it is a message that is edited. A text longer than a message is continued in the next
/// one, and what was sent as a whole part never changes again.
struct StreamPlan: Sendable {
    /// How the text is shown while it grows.
    enum Way: Sendable {
        case drafts
        case edits
    }

    /// What is to be done now.
    enum Action: Equatable, Sendable {
        /// Show a draft; best effort, the next one makes up for it.
        case draft(id: Int, FormattedText)
        /// Send a message with the whole part, which must arrive.
        case send(FormattedText)
        /// Change the last message; one that `isLast` must arrive.
        case edit(FormattedText, isLast: Bool)
        /// Nothing until this time, unless something is appended that fills a message, or the text ends.
        case wait(until: Duration)
        /// Nothing until something is appended.
        case idle
        case done
    }

    /// Speeds; times between two showings.
    struct Pace: Sendable {
        /// What is collected before the first showing.
        var first: Duration
        var interval: Duration
        var longestInterval = Duration.seconds(30)
        /// Drafts vanish after 30 seconds (`sendMessageDraft`), so one that does not grow is shown again.
        var keepAlive = Duration.seconds(20)

        static let drafts = Pace(first: .zero, interval: .milliseconds(700))
        /// About one edit a second is what a private chat takes.
        static let privateEdits = Pace(first: .milliseconds(600), interval: .milliseconds(1200))
        /// A group takes 20 messages and edits a minute from all of a bot's work.
        static let groupEdits = Pace(first: .milliseconds(800), interval: .seconds(4))
    }

    private var stream = MarkdownStream()
    private(set) var way: Way
    private var pace: Pace
    private let limit: Int
    /// Where the part that is being written begins.
    private var start = 0
    /// What the part shows now.
    private var shown: FormattedText?
    private var hasMessage = false
    private var shownAt = Duration.zero
    private var earliest: Duration?
    private(set) var draftID: Int
    private var isFinished = false
    /// Telegram refused the formatting, so the words come without.
    private(set) var isPlain = false
    /// Parts that are sent as a whole.
    private(set) var completeParts = 0

    init(way: Way, pace: Pace, draftID: Int = 1, limit: Int = FormattedText.messageLimit) {
        self.way = way
        self.pace = pace
        self.draftID = draftID
        self.limit = limit
    }

    mutating func append(_ piece: some StringProtocol, at now: Duration) {
        guard !isFinished else { return }
        stream.append(piece)
        if earliest == nil { earliest = now + pace.first }
    }

    mutating func finish() {
        isFinished = true
        stream.finish()
    }

    /// What to do now; tell the outcome of an action before asking again.
    mutating func next(at now: Duration) -> Action {
        if let full = fullPart() { return last(full) }
        let part = plain(current())
        if isFinished { return part.isBlank || hasMessage && part == shown ? .done : last(part) }
        guard !part.isBlank else { return .idle }
        if part == shown {
            guard way == .drafts else { return .idle }
            let again = shownAt + pace.keepAlive
            return now >= again ? .draft(id: draftID, part) : .wait(until: again)
        }
        if let earliest, now < earliest { return .wait(until: earliest) }
        switch way {
        case .drafts: return .draft(id: draftID, part)
        case .edits: return hasMessage ? .edit(part, isLast: false) : .send(part)
        }
    }

    /// The action was done.
    mutating func succeeded(_ action: Action, at now: Duration) {
        shownAt = now
        earliest = now + pace.interval
        switch action {
        case .draft(_, let text): shown = text
        case .send(let text):
            shown = text
            hasMessage = true
            if way == .drafts || isComplete(text) { goOn() }
        case .edit(let text, let isLast):
            shown = text
            if isLast { goOn() }
        case .wait, .idle, .done: break
        }
    }

    /// Telegram wants a pause: showings become rarer.
    mutating func flooded(for duration: Duration, at now: Duration) {
        pace.interval = min(pace.interval * 2, pace.longestInterval)
        earliest = now + max(duration, pace.interval)
    }

    /// This server or chat knows no drafts.
    mutating func draftsRefused(pace: Pace) {
        way = .edits
        self.pace = pace
        shown = nil
    }

    /// The formatting was refused; the words are good.
    mutating func markupRefused() {
        isPlain = true
        shown = nil
    }

    /// The message that was edited is gone, so a new one continues.
    mutating func messageLost() {
        hasMessage = false
        shown = nil
    }

    // MARK: Parts

    private func current() -> FormattedText { stream.text.slice(start..<Int.max).trimmedEnd() }

    /// The part being written, where it is longer than a message can be.
    private mutating func fullPart() -> FormattedText? {
        var text = stream.text
        guard text.length - start > limit else { return nil }
        var part = text.part(from: start, limit: limit)
        if part.end > stream.settledLength, !isFinished {
            // The border must not lie where the next words may still change the formatting.
            stream.settle()
            text = stream.text
            guard text.length - start > limit else { return nil }
            part = text.part(from: start, limit: limit)
        }
        return plain(part.text)
    }

    private func last(_ part: FormattedText) -> Action {
        switch way {
        case .drafts: .send(part)
        case .edits: hasMessage ? .edit(part, isLast: true) : .send(part)
        }
    }

    /// Whether a message with this text is all that the part will ever say.
    private mutating func isComplete(_ text: FormattedText) -> Bool {
        if let full = fullPart() { return text == full }
        return isFinished && text == plain(current())
    }

    private mutating func goOn() {
        completeParts += 1
        let text = stream.text
        start = text.length - start > limit ? text.part(from: start, limit: limit).next : text.length
        hasMessage = false
        shown = nil
        draftID += 1
    }

    private func plain(_ text: FormattedText) -> FormattedText { isPlain ? FormattedText(text.text) : text }
}

extension FormattedText {
    fileprivate func trimmedEnd() -> FormattedText {
        guard text.last?.isWhitespace == true else { return self }
        let end = text.lastIndex { !$0.isWhitespace }.map { text.index(after: $0).utf16Offset(in: text) } ?? 0
        return slice(0..<end)
    }
}
