/// A question in inline mode as far as its answer depends on it.
struct InlineQuestion: Hashable, Sendable {
    var bot: Int64
    var text: String
    var offset: String
    var chatType: String?
    /// Whose it is, where the answer is for nobody else.
    var user: Int64?
}

/// What a bot answered to a question in inline mode.
struct InlineAnswer: Sendable {
    var results: [JSONNode]
    var nextOffset: String?
    var button: InlineAnswerButton?
    /// Until when others who ask the same get it too.
    var expires: Int64
}

/// The button above the results: a deep link to the private chat, or a Mini App.
struct InlineAnswerButton: Sendable {
    var text: String
    var start: String?
    var app: String?
}

/// A press on a callback button as far as its answer depends on it.
struct PressQuestion: Hashable, Sendable {
    var place: MessagePlace
    var data: String?
    var user: Int64
}

/// What a bot answered to a press.
struct PressAnswer: Sendable {
    var text: String
    var isAlert: Bool
    var url: String
    /// Until when the person's next press on the button gets it too.
    var expires: Int64
}

extension World {
    /// The answer that a question gets without the bot being asked.
    func keptAnswer(to question: InlineQuestion) -> InlineAnswer? {
        var shared = question
        shared.user = nil
        let found = pending.inlineAnswers[question] ?? pending.inlineAnswers[shared]
        return found.flatMap { $0.expires > now ? $0 : nil }
    }

    func keptAnswer(to press: PressQuestion) -> PressAnswer? {
        pending.pressAnswers[press].flatMap { $0.expires > now ? $0 : nil }
    }

    /// Shows an answer to who asked.
    mutating func tell(_ answer: InlineAnswer, to query: InlineQuery, _ id: String) {
        var query = query
        query.results = answer.results
        query.appLink = answer.button?.app
        // The person may choose for as long as the choice would be reported.
        query.expires = now + UpdateKind.chosenInlineResult.lifetime
        pending.inline[id] = query
        let data = WireWriter.bytes { writer in
            writer.object { writer in
                writer.field("query", id)
                writer.field("results", answer.results) { writer, result in
                    writer.object { AnswerInlineQuery.write(result, in: self, to: &$0) }
                }
                writer.field("next_offset", answer.nextOffset)
                if let button = answer.button {
                    writer.field(
                        "button",
                        object: { writer in
                            writer.field("text", button.text)
                            writer.field("start", button.start)
                            writer.field("url", button.app)
                        })
                }
            }
        }
        effects.events.append(.personal("inline_answer", user: query.user, data))
    }

    /// Shows an answer to who pressed.
    mutating func tell(_ answer: PressAnswer, to user: Int64, at place: MessagePlace, _ id: String) {
        let chat = self.id(of: place.chat)
        let data = WireWriter.bytes { writer in
            writer.object { writer in
                writer.field("query", id)
                writer.field("chat", chat)
                writer.field("message", place.message)
                writer.field("text", answer.text.isEmpty ? nil : answer.text)
                writer.field("alert", answer.isAlert)
                writer.field("url", answer.url.isEmpty ? nil : answer.url)
            }
        }
        effects.events.append(.personal("callback_answer", user: user, data))
    }
}
