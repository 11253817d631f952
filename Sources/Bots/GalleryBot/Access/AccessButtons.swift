internal import BotKit

/// A stranger's button: ask the owner to be let in.
struct AskOwner: CallbackPayload {
    static let tag = "ask"
}

/// An owner's button in a group that is not allowed: show photos here.
struct OpenHere: CallbackPayload {
    static let tag = "open"
}

/// An owner's answer about a group or channel to which they have added the bot.
struct DecideGroup: CallbackPayload {
    static let tag = "grp"
    var chat: Int64
    var opens: Bool
}

/// An owner's answer about a person; with a page it came from the list, and the list is shown again.
struct DecidePerson: CallbackPayload {
    static let tag = "who"
    var user: Int64
    var allows: Bool
    var page: Int?
}

/// An owner's button in the list of people: asks before anything is changed.
struct ConfirmPerson: CallbackPayload {
    static let tag = "who?"
    var user: Int64
    var allows: Bool
    var page: Int
}

/// A page of the list of people.
struct ShowPeople: CallbackPayload {
    static let tag = "people"
    var page: Int
}

/// A page of the list of invitations.
struct ShowInvitations: CallbackPayload {
    static let tag = "invs"
    var page: Int
}

/// Takes an invitation back.
struct RevokeInvitation: CallbackPayload {
    static let tag = "inv-"
    var name: String
    var page: Int
}

/// Ends the showing of photos in a group, and leaves it.
struct CloseGroup: CallbackPayload {
    static let tag = "grp-"
    var chat: Int64
}
