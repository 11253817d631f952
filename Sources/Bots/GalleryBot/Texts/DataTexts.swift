internal import BotKit
internal import Markup

/// What is said about the data of a person, in one language.
struct DataTexts: Sendable {
    var exportMenu: String
    var forgetMenu: String
    /// Asked in a group.
    var privately: String
    /// Below the file.
    var exported: String
    /// Telegram does not take so large a file.
    var tooLarge: String
    /// What will go; those of the configuration keep their access.
    var forgetQuestion: @Sendable (_ isConfigured: Bool) -> FormattedText
    var forgetButton: String
    var keepButton: String
    var kept: String
    var tooLate: String
    var forgotten: @Sendable (_ isConfigured: Bool) -> String
}

extension DataTexts {
    /// The texts in every language.
    static let all = Localized(english: english, russian: russian)

    static let english = DataTexts(
        exportMenu: "Everything I keep about you, as a file",
        forgetMenu: "Delete everything I keep about you",
        privately: "I only do that in our private chat.",
        exported: "Everything I keep about you. The file is JSON: any text editor opens it.",
        tooLarge: "There is so much about you that Telegram does not take the file. Please ask the bot’s owner.",
        forgetQuestion: { isConfigured in
            var text: FormattedText = "\(bold: "Shall I forget you?") This deletes, for good:"
            text += "\n• your votes and everything I concluded from them"
            text += "\n• the history of photos in this chat"
            text += "\n• this chat’s schedules, settings and hidden galleries"
            text += "\n• your name, your language and the messages you sent me"
            text +=
                isConfigured
                ? "\n\nYou may go on using the bot: the owner has put you into its configuration."
                : "\n\nYou will not be able to use the bot any more until the owner lets you in again."
            return text + "\n\nWhat you want to keep, /export gives you first. The button works for five minutes."
        },
        forgetButton: "🗑 Yes, forget me", keepButton: "No, keep everything",
        kept: "Nothing was deleted.",
        tooLate: "That was too long ago, so nothing was deleted. Please send /forget again.",
        forgotten: { isConfigured in
            isConfigured
                ? "Done: I have forgotten everything about you. /start begins anew."
                : "Done: I have forgotten everything about you. Goodbye!"
        })

    static let russian = DataTexts(
        exportMenu: "Всё, что я о вас храню, одним файлом",
        forgetMenu: "Удалить всё, что я о вас храню",
        privately: "Это я делаю только в личной переписке.",
        exported: "Всё, что я о вас храню. Это файл JSON, его откроет любой текстовый редактор.",
        tooLarge: "Данных о вас так много, что Telegram не принимает файл. Обратитесь к владельцу бота.",
        forgetQuestion: { isConfigured in
            var text: FormattedText = "\(bold: "Забыть вас?") Будут удалены навсегда:"
            text += "\n• ваши голоса и всё, что из них следует"
            text += "\n• история фото в этом чате"
            text += "\n• расписания, настройки и скрытые галереи этого чата"
            text += "\n• ваше имя, язык и сообщения, которые вы мне отправляли"
            text +=
                isConfigured
                ? "\n\nДоступ к боту останется: владелец указал вас в его настройках."
                : "\n\nДоступ к боту пропадёт, пока владелец не впустит вас снова."
            return text + "\n\nЕсли хотите что-то сохранить, сначала отправьте /export. Кнопка действует пять минут."
        },
        forgetButton: "🗑 Да, забыть меня", keepButton: "Нет, оставить всё как есть",
        kept: "Ничего не удалено.",
        tooLate: "Прошло слишком много времени, ничего не удалено. Отправьте /forget ещё раз.",
        forgotten: { isConfigured in
            isConfigured
                ? "Готово: я забыл всё, что знал о вас. Начать заново можно с /start."
                : "Готово: я забыл всё, что знал о вас. Всего доброго!"
        })
}
