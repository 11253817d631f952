/// What a conversation says by itself.
public struct ConversationTexts: Sendable {
    /// The person has sent /cancel.
    public var cancelled: String
    /// Something came that is no answer, such as an unknown command.
    public var reminder: String
    /// A text was asked for.
    public var needsText: String
    /// One of several buttons was asked for.
    public var needsChoice: String
    /// The answer cannot be used.
    public var unclear: String
    /// A new version of the bot asks other things; it begins again.
    public var restarted: String
    /// A new version of the bot cannot go on, and beginning again might do something twice.
    public var ended: String
    /// A new version of the bot asks something in between.
    public var adjusted: String
    /// The time to answer is up; nobody has asked, the bot says so by itself.
    public var expired: String
    /// A button of somebody else's question.
    public var notForYou: String
    /// The button that agrees.
    public var yes: String
    /// The button that does not.
    public var no: String

    static let english = ConversationTexts(
        cancelled: "Cancelled.",
        reminder: "Please answer the question above, or send /cancel.",
        needsText: "Please answer with a text message, or send /cancel.",
        needsChoice: "Please choose one of the buttons, or send /cancel.",
        unclear: "I can’t use that answer. Please try again, or send /cancel.",
        restarted: "I was updated while we were talking, so let’s start over.",
        ended: "I was updated while we were talking and can’t go on from here. Please begin again.",
        adjusted: "I was updated while we were talking. Let’s go on from here:",
        expired: "The time to answer is up, so I’ll leave it there. You can begin again whenever you like.",
        notForYou: "These buttons are for somebody else.",
        yes: "Yes", no: "No")

    static let russian = ConversationTexts(
        cancelled: "Отменено.",
        reminder: "Ответьте, пожалуйста, на вопрос выше или отправьте /cancel.",
        needsText: "Ответьте, пожалуйста, текстом или отправьте /cancel.",
        needsChoice: "Выберите, пожалуйста, одну из кнопок или отправьте /cancel.",
        unclear: "Такой ответ не подходит. Попробуйте ещё раз или отправьте /cancel.",
        restarted: "Пока мы разговаривали, меня обновили, поэтому начнём сначала.",
        ended:
            "Пока мы разговаривали, меня обновили, и продолжить с этого места не получится. Начните, пожалуйста, заново.",
        adjusted: "Пока мы разговаривали, меня обновили. Продолжим отсюда:",
        expired: "Время на ответ вышло, поэтому на этом остановимся. Начать заново можно в любой момент.",
        notForYou: "Эти кнопки не для вас.",
        yes: "Да", no: "Нет")
}
