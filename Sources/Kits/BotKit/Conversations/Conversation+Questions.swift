public import Markup
public import TelegramAPI

extension Conversation {
    /// Asks for a text.
    ///
    /// - Parameters:
    ///   - step: A name of the step's own; see `Conversation`.
    ///   - keyboard: Keys whose texts are answers, such as a `ReplyKeyboard`.
    ///   - wait: How long the answer may take; the conversation's `timeout` otherwise.
    public func ask(
        _ question: FormattedText, step: String? = nil, keyboard: (any Keyboard)? = nil, within wait: Duration? = nil
    ) async throws -> String {
        try await ask(question, step: step, keyboard: keyboard, within: wait) { $0 }
    }

    /// Asks for a text and makes something of it; asks again while that gives nil or throws `TryAgain`.
    ///
    /// What was made is kept, so an answer is judged once: a date that lay ahead stays accepted.
    public func ask<Value: Codable & Sendable>(
        _ question: FormattedText, step: String? = nil, keyboard: (any Keyboard)? = nil, within wait: Duration? = nil,
        else hint: FormattedText? = nil, as read: (_ text: String) async throws -> Value?
    ) async throws -> Value {
        try await self.question(.ask, step, question, within: wait, keyboard: { _ in keyboard }) { answer in
            guard case .message(let message) = answer, let text = message.text else {
                return .unclear(FormattedText(texts.needsText))
            }
            guard let value = try await read(text) else { return .unclear(hint ?? FormattedText(texts.unclear)) }
            return .value(value)
        }
    }

    /// Asks for any kind of message, such as a photo or a location, and takes from it what is needed.
    public func receive<Value: Codable & Sendable>(
        _ question: FormattedText, step: String? = nil, keyboard: (any Keyboard)? = nil, within wait: Duration? = nil,
        else hint: FormattedText? = nil, _ read: (_ message: Message) async throws -> Value?
    ) async throws -> Value {
        try await self.question(.receive, step, question, within: wait, keyboard: { _ in keyboard }) { answer in
            guard case .message(let message) = answer, let value = try await read(message) else {
                return .unclear(hint ?? FormattedText(texts.unclear))
            }
            return .value(value)
        }
    }

    /// Asks for one of several choices, with a button each; what a button says may also be written.
    public func choose(
        _ question: FormattedText, _ choices: [String], step: String? = nil, columns: Int = 3,
        within wait: Duration? = nil
    ) async throws -> String {
        try await choose(question, choices, step: step, columns: columns, within: wait) { $0 }
    }

    /// Asks for one of several values, each with a button that bears its title.
    ///
    /// The title that was chosen is what is kept: the value is that of the same title, wherever it stands now.
    public func choose<Value: Sendable>(
        _ question: FormattedText, _ choices: [Value], step: String? = nil, columns: Int = 1,
        within wait: Duration? = nil, title: (Value) -> String
    ) async throws -> Value {
        let titles = choices.map(title)
        let chosen = try await self.question(.choose, step, question, within: wait) { number in
            buttons(titles, columns: columns, number: number)
        } read: { answer -> Reading<String> in
            let index =
                switch answer {
                case .press(let index): titles.indices.contains(index) ? index : nil
                case .message(let message): titles.firstIndex { $0.lowercased() == message.text?.lowercased() }
                }
            guard let index else { return .unclear(FormattedText(texts.needsChoice)) }
            await settle(question, titles[index])
            return .value(titles[index])
        }
        guard let index = titles.firstIndex(of: chosen) else { throw stop(.changed) }
        return choices[index]
    }

    /// Asks for yes or no.
    public func confirm(
        _ question: FormattedText, step: String? = nil, within wait: Duration? = nil
    ) async throws -> Bool {
        try await choose(question, [true, false], step: step, columns: 2, within: wait) { $0 ? texts.yes : texts.no }
    }

    private func buttons(_ titles: [String], columns: Int, number: Int) -> InlineKeyboard {
        let (started, person) = (journal.started, ctx.user?.id.rawValue ?? 0)
        return InlineKeyboard(
            titles.enumerated().map { index, title in
                Button(
                    title, data: definition.tag,
                    ConversationPress(person: person, started: started, question: number, choice: index))
            }, columns: columns)
    }

    /// Shows in the question what was chosen, and takes its buttons away; a courtesy that may fail.
    private func settle(_ question: FormattedText, _ title: String) async {
        guard let chat = ctx.chatID, let message = journal.question?.message else { return }
        do {
            var text = question
            text.append("\n✓ \(title)")
            try await ctx.sender.edit(MessageReference(chat: chat, message: message), text)
        } catch {
            ctx.logger.debug("the buttons of an answered question stay", ["error": .string("\(error)")])
        }
    }
}

// The same with texts that come from elsewhere.
extension Conversation {
    /// Asks for a text.
    public func ask(_ question: String, step: String? = nil, within wait: Duration? = nil) async throws -> String {
        try await ask(FormattedText(question), step: step, within: wait)
    }

    /// Asks for a text and makes something of it; asks again while that gives nil or throws `TryAgain`.
    public func ask<Value: Codable & Sendable>(
        _ question: String, step: String? = nil, within wait: Duration? = nil, else hint: String? = nil,
        as read: (_ text: String) async throws -> Value?
    ) async throws -> Value {
        try await ask(
            FormattedText(question), step: step, within: wait, else: hint.map { FormattedText($0) }, as: read)
    }

    /// Asks for one of several choices, with a button each; what a button says may also be written.
    public func choose(
        _ question: String, _ choices: [String], step: String? = nil, columns: Int = 3, within wait: Duration? = nil
    ) async throws -> String {
        try await choose(FormattedText(question), choices, step: step, columns: columns, within: wait)
    }

    /// Asks for yes or no.
    public func confirm(_ question: String, step: String? = nil, within wait: Duration? = nil) async throws -> Bool {
        try await confirm(FormattedText(question), step: step, within: wait)
    }
}
