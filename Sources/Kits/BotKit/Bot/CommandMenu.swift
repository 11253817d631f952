import TelegramAPI

/// Who sees a command in the menu.
public enum CommandScope: Sendable, Hashable, CaseIterable {
    case everywhere
    case privateChats
    case groups
    case groupAdministrators
}

/// A command as the menu shows it.
struct CommandDescription: Sendable, Equatable {
    let name: String
    let text: Localized<String>
    let scope: CommandScope
}

/// One list of commands as Telegram keeps it: for a scope and a language.
struct CommandMenu: Sendable, Equatable {
    let scope: CommandScope
    /// Nil is the list for all languages that have none of their own.
    let language: Language?
    let commands: [BotCommand]

    /// The lists that the declared commands make.
    ///
    /// Telegram shows a person the list of the narrowest scope alone, so each list carries the general ones too.
    static func menus(_ commands: [CommandDescription], default general: Language) -> [CommandMenu] {
        guard !commands.isEmpty else { return [] }
        let scopes = CommandScope.allCases.filter { scope in
            scope == .everywhere || commands.contains { $0.scope == scope }
        }
        let languages: [Language?] = [nil] + Language.allCases.filter { $0 != general }
        return scopes.flatMap { scope in
            languages.map { language in
                CommandMenu(
                    scope: scope, language: language,
                    commands: commands.filter { $0.scope.isShown(in: scope) }.map {
                        BotCommand(command: $0.name, description: $0.text[language ?? general])
                    })
            }
        }
    }

    var method: SetMyCommands {
        SetMyCommands(commands: commands, scope: scope.telegramScope, languageCode: language?.rawValue)
    }
}

extension CommandScope {
    /// Whether commands of this scope stand in the list for another one.
    fileprivate func isShown(in list: CommandScope) -> Bool {
        switch self {
        case .everywhere: true
        case .groups: list == .groups || list == .groupAdministrators
        case .privateChats, .groupAdministrators: list == self
        }
    }

    var telegramScope: BotCommandScope? {
        switch self {
        case .everywhere: nil
        case .privateChats: .allPrivateChats(BotCommandScopeAllPrivateChats())
        case .groups: .allGroupChats(BotCommandScopeAllGroupChats())
        case .groupAdministrators: .allChatAdministrators(BotCommandScopeAllChatAdministrators())
        }
    }
}
