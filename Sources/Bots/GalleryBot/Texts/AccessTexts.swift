internal import BotKit
internal import Markup
internal import PhotoLibraries

/// What is said about who may use the bot and where, in one language.
struct AccessTexts: Sendable {
    // MARK: To strangers

    /// The button below the refusal.
    var askOwner: String
    /// The owner was asked.
    var asked: String
    /// The owner was asked before.
    var askedBefore: String
    /// Nobody could be asked.
    var nobodyToAsk: String
    /// An invitation that is no good, whatever the reason.
    var badInvitation: String
    /// The owner has said yes.
    var letIn: String
    /// A press by somebody who may use the bot already.
    var alreadyIn: String

    // MARK: To owners, about people

    /// The descriptions in the owner's command menu.
    var menu: Menu
    /// Names a person: their name, username and number.
    var person: @Sendable (_ name: String, _ username: String?, _ id: Int64) -> FormattedText
    /// Somebody asks to be let in.
    var request: @Sendable (_ person: FormattedText) -> FormattedText
    var allowButton: String
    var denyButton: String
    var isAllowed: @Sendable (_ person: FormattedText) -> FormattedText
    var isDenied: @Sendable (_ person: FormattedText) -> FormattedText
    var wasAllowed: @Sendable (_ person: FormattedText) -> FormattedText
    var wasDenied: @Sendable (_ person: FormattedText) -> FormattedText
    /// Somebody of the configuration cannot be turned away by command.
    var isConfigured: @Sendable (_ person: FormattedText) -> FormattedText
    /// Asks who is meant.
    var whomToAllow: String
    var whomToDeny: String
    var choosePerson: String
    /// A username that the bot has not met.
    var unknownUsername: @Sendable (_ username: String) -> String
    /// A forwarded message whose author is hidden, or a contact without an account.
    var hiddenPerson: String
    /// Nothing in the message tells a person.
    var nobodyMeant: String
    var isBot: String
    /// A command of the owner's in a group.
    var privatelyPlease: String
    /// A command of the owner's from somebody else.
    var ownerOnly: String

    // MARK: To owners, the list

    var users: @Sendable (_ count: Int, _ page: String) -> FormattedText
    var user: @Sendable (UserLine) -> FormattedText
    var blockButton: @Sendable (_ name: String) -> String
    var restoreButton: @Sendable (_ name: String) -> String
    var confirmBlock: @Sendable (_ person: FormattedText) -> FormattedText
    var confirmRestore: @Sendable (_ person: FormattedText) -> FormattedText
    var yes: String
    var no: String

    // MARK: To owners, invitations

    var invitation: @Sendable (_ link: String, _ days: Int, _ uses: Int) -> FormattedText
    var invitationUsage: String
    var invitations: @Sendable (_ count: Int, _ page: String) -> FormattedText
    var noInvitations: String
    /// One invitation: the start of its hash, when it was made and ends, and how often it may still be used.
    var invitationLine: @Sendable (_ name: String, _ made: String, _ ends: String, _ uses: Int) -> FormattedText
    var revokeButton: @Sendable (_ name: String) -> String
    var revoked: String
    var invitationUsed: @Sendable (_ person: FormattedText) -> FormattedText

    // MARK: To owners, about groups

    /// An owner has added the bot.
    var addedHere: @Sendable (_ title: String, _ isChannel: Bool) -> FormattedText
    /// Somebody else has added the bot, and it has left.
    var addedByOther: @Sendable (_ title: String, _ person: FormattedText) -> FormattedText
    var showHere: String
    var leave: String
    var left: @Sendable (_ title: String) -> FormattedText
    var isOpen: @Sendable (_ title: String) -> FormattedText
    /// An owner's command in a group that is not allowed.
    var notOpenHere: String
    /// What the group then reads.
    var openHere: String
    var groups: @Sendable (_ count: Int) -> FormattedText
    var noGroups: String
    var closeButton: @Sendable (_ title: String) -> String
    var isClosed: @Sendable (_ title: String) -> FormattedText
    /// A group of the configuration cannot be closed by a button.
    var isConfiguredGroup: String
    /// The group is gone or the bot is not in it any more.
    var groupUnknown: String

    // MARK: To owners, troubles

    /// Something is wrong with the photo library at the start.
    var libraryTrouble: @Sendable (PhotoLibraryError) -> String
    /// The part of the help that is about one's data, in private chats.
    var dataHelp: FormattedText
    /// The part of the help that only owners see.
    var help: FormattedText

    struct Menu: Sendable {
        var users: String
        var allow: String
        var deny: String
        var invite: String
        var invites: String
        var groups: String
    }

    /// What the list tells of one person.
    struct UserLine: Equatable, Sendable {
        var name: String
        var username: String?
        var id: Int64
        var status: Status
        /// Dates as text; nil where nobody knows.
        var since: String?
        var seen: String?
        var photos: Int

        enum Status: Sendable {
            case owner
            case configured
            case allowed
            case denied
        }
    }
}

extension AccessTexts {
    /// The texts in every language.
    static let all = Localized(english: english, russian: russian)

    static func naming(_ name: String, _ username: String?, _ id: Int64) -> FormattedText {
        let shown = name.isEmpty ? "…" : name
        if let username { return "\(bold: shown) (@\(username), \(code: id))" }
        return shown == "\(id)" ? "\(code: id)" : "\(bold: shown) (\(code: id))"
    }
}
