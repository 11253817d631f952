/// What BotKit itself says to people; a bot may replace any of it.
public struct KitTexts: Sendable {
    /// A handler failed.
    public var failure: String
    /// A button of an old message that means nothing any more.
    public var staleButton: String
    /// Somebody who may not use the bot.
    public var refusal: String
    /// A dialogue was left behind for too long.
    public var dialogueExpired: String
    /// What conversations of several steps say.
    public var conversation: ConversationTexts
    /// A command without the argument it needs; given the command and how it is written.
    public var usage: @Sendable (_ usage: String) -> String
    /// For owners: how many updates could not be handled, and the number of the last one.
    public var trouble: @Sendable (_ count: Int, _ update: Int64) -> String = KitTexts.troubleInEnglish

    /// Texts in one language.
    public init(
        failure: String, staleButton: String, refusal: String, dialogueExpired: String,
        conversation: ConversationTexts, usage: @escaping @Sendable (_ usage: String) -> String
    ) {
        self.failure = failure
        self.staleButton = staleButton
        self.refusal = refusal
        self.dialogueExpired = dialogueExpired
        self.conversation = conversation
        self.usage = usage
    }

    private static let troubleInEnglish: @Sendable (Int, Int64) -> String = { count, update in
        let what = count == 1 ? "An update" : "\(count) updates"
        return "⚠️ \(what) could not be handled: the program ended each time, or it took too long. "
            + "Everything else goes on. The log has the details (the last one: \(update))."
    }

    private static let troubleInRussian: @Sendable (Int, Int64) -> String = { count, update in
        "⚠️ Не удалось обработать обновления (\(count)): программа каждый раз падала либо обработка тянулась слишком "
            + "долго. Всё остальное работает. Подробности в журнале (последнее: \(update))."
    }

    /// The texts in every language.
    public static let standard = Localized(
        english: KitTexts(
            failure: "Something went wrong on my side. I have noted it; please try again a little later.",
            staleButton: "This button is out of date. Please ask for a new message.",
            refusal: "Sorry, this is a private bot and you are not on its list.",
            dialogueExpired: "We left off too long ago. Let’s start over.",
            conversation: .english, usage: { "Please write it like this: \($0)" }),
        russian: russian)

    private static let russian: KitTexts = {
        var texts = KitTexts(
            failure: "У меня что-то пошло не так. Ошибка записана; попробуйте ещё раз чуть позже.",
            staleButton: "Эта кнопка устарела. Запросите сообщение заново.",
            refusal: "Извините, это закрытый бот, и вас нет в списке его пользователей.",
            dialogueExpired: "Мы прервались слишком давно. Давайте начнём сначала.",
            conversation: .russian, usage: { "Напишите, пожалуйста, так: \($0)" })
        texts.trouble = troubleInRussian
        return texts
    }()
}
