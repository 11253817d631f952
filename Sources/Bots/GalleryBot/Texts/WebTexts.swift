internal import BotKit
internal import Markup

/// What the bot says about the owner's page.
struct WebTexts: Sendable {
    /// The description in the owner's command menu.
    var menu: String
    /// A link that opens the page once, given how many browsers are signed in.
    var link: @Sendable (_ url: String, _ browsers: Int) -> FormattedText
    /// The button that signs every browser out.
    var signOut: String
    /// Every browser was signed out.
    var signedOut: String
}

extension WebTexts {
    /// The texts in every language.
    static let all = Localized(english: english, russian: russian)

    private static let english = WebTexts(
        menu: "Your page in the browser",
        link: { url, browsers in
            var text: FormattedText = "🖥 Your page:\n\(link: url, to: url)"
            text +=
                "\n\nThe link works once and for ten minutes. Please don’t pass it on: whoever opens it sees everything."
            if browsers > 0 {
                text += "\n\nSigned in now: \(bold: browsers) \(browsers == 1 ? "browser" : "browsers")."
            }
            return text
        },
        signOut: "Sign out everywhere",
        signedOut: "Every browser is signed out, and earlier links open nothing any more.")

    private static let russian = WebTexts(
        menu: "Ваша страница в браузере",
        link: { url, browsers in
            var text: FormattedText = "🖥 Ваша страница:\n\(link: url, to: url)"
            text +=
                "\n\nСсылка сработает один раз и действует десять минут. Не передавайте её: кто откроет, увидит всё."
            if browsers > 0 {
                text += "\n\nСейчас вход выполнен в \(bold: browsers) "
                text += "\(Plural.russian(browsers, one: "браузере", few: "браузерах", many: "браузерах"))."
            }
            return text
        },
        signOut: "Выйти везде", signedOut: "Вход отменён во всех браузерах, прежние ссылки больше не действуют.")
}
