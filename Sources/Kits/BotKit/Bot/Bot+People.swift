public import TelegramAPI

extension Bot {
    /// The language to speak to a person outside an update: their choice, else the bot's own.
    public func language(of person: UserID) -> Language {
        core.people.language(of: person.rawValue) ?? core.configuration.defaultLanguage
    }
}
