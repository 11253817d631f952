import TelegramAPI

/// Who sees a command in the menu.
public enum CommandScope: Sendable, Hashable, CaseIterable {
    case everywhere
    case privateChats
    case groups
    case groupAdministrators
    /// Whoever decides about a chat: people in their private chats, and a group's administrators.
    case managers
    /// The bot's owners in their private chats; see `BotConfiguration.owners`.
    case owners
}

/// A command as the menu shows it.
struct CommandDescription: Sendable, Equatable {
    let name: String
    let text: Localized<String>
    let scope: CommandScope
}

/// One list of commands as Telegram keeps it: for a scope and a language.
struct CommandMenu: Sendable, Equatable {
    /// Whom Telegram shows a list; of those that fit, only the narrowest.
    enum Audience: Sendable, Equatable {
        case everybody
        case privateChats
        case groups
        case groupAdministrators
        case owner(UserID)
    }

    let audience: Audience
    /// Nil is the list for all languages that have none of their own.
    let language: Language?
    let commands: [BotCommand]

    /// The lists that the declared commands make.
    ///
    /// Telegram shows a person the list of the narrowest scope alone, so each list carries the general ones too.
    static func menus(
        _ commands: [CommandDescription], default general: Language, owners: [UserID] = []
    ) -> [CommandMenu] {
        guard !commands.isEmpty else { return [] }
        // What everybody may do stands first, wherever it is declared.
        let commands = commands.filter { $0.scope != .owners } + commands.filter { $0.scope == .owners }
        let audiences: [Audience] =
            [.everybody, .privateChats, .groups, .groupAdministrators] + owners.map { Audience.owner($0) }
        let languages: [Language?] = [nil] + Language.allCases.filter { $0 != general }
        return audiences.filter { audience in
            audience == .everybody || commands.contains { audience.isNamed(by: $0.scope) }
        }.flatMap { audience in
            languages.map { language in
                CommandMenu(
                    audience: audience, language: language,
                    commands: commands.filter { audience.sees($0.scope) }.map {
                        BotCommand(command: $0.name, description: $0.text[language ?? general])
                    })
            }
        }
    }

    var method: SetMyCommands {
        SetMyCommands(commands: commands, scope: audience.telegramScope, languageCode: language?.rawValue)
    }
}

extension CommandMenu.Audience {
    /// Whether a command of this scope needs a list for this audience.
    fileprivate func isNamed(by scope: CommandScope) -> Bool { scope != .everywhere && sees(scope) }

    /// Whether commands of a scope stand in the list for this audience.
    fileprivate func sees(_ scope: CommandScope) -> Bool {
        switch scope {
        case .everywhere: true
        case .privateChats: isPrivate
        case .groups: self == .groups || self == .groupAdministrators
        case .groupAdministrators: self == .groupAdministrators
        case .managers: isPrivate || self == .groupAdministrators
        case .owners: if case .owner = self { true } else { false }
        }
    }

    private var isPrivate: Bool {
        switch self {
        case .privateChats, .owner: true
        case .everybody, .groups, .groupAdministrators: false
        }
    }

    /// The name under which it is remembered what Telegram was told last.
    var name: String {
        switch self {
        case .everybody: "everywhere"
        case .privateChats: "privateChats"
        case .groups: "groups"
        case .groupAdministrators: "groupAdministrators"
        case .owner(let id): "owner \(id)"
        }
    }

    var telegramScope: BotCommandScope? {
        switch self {
        case .everybody: nil
        case .privateChats: .allPrivateChats(BotCommandScopeAllPrivateChats())
        case .groups: .allGroupChats(BotCommandScopeAllGroupChats())
        case .groupAdministrators: .allChatAdministrators(BotCommandScopeAllChatAdministrators())
        case .owner(let id): .chat(BotCommandScopeChat(chatID: ChatTarget(ChatID(id))))
        }
    }
}
