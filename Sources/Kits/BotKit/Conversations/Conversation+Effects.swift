public import Markup
public import Storage

extension Conversation {
    /// Says something; not again when the code runs again.
    @discardableResult
    public func say(
        _ text: FormattedText, step: String? = nil, keyboard: (any Keyboard)? = nil
    ) async throws -> MessageReference {
        let (key, prompt, outcome) = try await meet(step, .say, text.text)
        if case .recorded(let json) = outcome { return try decode(json) }
        let message = MessageReference(try await send(text, keyboard: keyboard))
        record(key, .say, prompt, try encode(message))
        try await save()
        return message
    }

    /// Says something; not again when the code runs again.
    @discardableResult
    public func say(
        _ text: String, step: String? = nil, keyboard: (any Keyboard)? = nil
    ) async throws -> MessageReference {
        try await say(FormattedText(text), step: step, keyboard: keyboard)
    }

    /// Does something outside the database and keeps what it gave; not again when the code runs again.
    ///
    /// Only where the process is killed between the doing and the keeping is it done a second time: give what it
    /// calls a key by which that can be recognised. What is written into the database belongs into `commit`.
    @discardableResult
    public func once<Value: Codable & Sendable>(
        _ step: String, _ body: () async throws -> Value
    ) async throws -> Value {
        let (key, prompt, outcome) = try await meet(step, .once, nil)
        if case .recorded(let json) = outcome { return try decode(json) }
        let value = try await body()
        record(key, .once, prompt, try encode(value))
        try await save()
        return value
    }

    /// Does something outside the database; not again when the code runs again.
    public func once(_ step: String, _ body: () async throws -> Void) async throws {
        try await once(step) {
            try await body()
            return true
        }
    }

    /// Writes into the database exactly once: the step is noted in the same transaction.
    @discardableResult
    public func commit<Value: Codable & Sendable>(
        _ step: String, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        let (key, prompt, outcome) = try await meet(step, .once, nil)
        if case .recorded(let json) = outcome { return try decode(json) }
        let (value, json) = try await ctx.saveDialogue { [self] connection in
            let value = try body(connection)
            let json = try encode(value)
            return ((value, json), try stored { $0.record(key, .once, prompt: prompt, value: json) })
        }
        record(key, .once, prompt, json)
        return value
    }

    /// Writes into the database exactly once: the step is noted in the same transaction.
    public func commit(
        _ step: String, _ body: @escaping @Sendable (any SQLConnection) throws -> Void
    ) async throws {
        try await commit(step) { connection in
            try body(connection)
            return true
        }
    }
}
