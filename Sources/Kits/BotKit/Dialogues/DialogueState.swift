/// Where somebody is in a conversation with several steps; survives a restart.
///
/// ```swift
/// enum Signup: DialogueState {
///     case name
///     case age(name: String)
/// }
///
/// bot.command("signup") { ctx in
///     ctx.go(to: Signup.name)
///     try await ctx.reply("What is your name?")
/// }
/// bot.dialogue(Signup.self) { ctx, state in
///     switch state {
///     case .name:
///         ctx.go(to: Signup.age(name: ctx.text ?? ""))
///         try await ctx.reply("And your age?")
///     case .age(let name):
///         ctx.endDialogue()
///         try await ctx.reply("Welcome, \(bold: name)!")
///     }
/// }
/// ```
///
/// A person has at most one state in a chat. The new state is stored together with the mark that the update is handled,
/// and with what `ctx.commit` writes; if the handler fails, the old state stays.
public protocol DialogueState: Codable, Sendable {
    /// What tells this dialogue from the bot's others, in the database too.
    static var name: String { get }
    /// Raised when the states change so that stored ones cannot be read any more.
    static var version: Int { get }
    /// How long a state waits for the person.
    static var timeout: Duration { get }
    /// Whether the bot says by itself when that time is up; otherwise the person hears of it when they write next.
    static var tellsExpiry: Bool { get }

    /// Makes a state from one that an older version stored, as JSON; nil ends the dialogue.
    static func upgrade(_ json: [UInt8], from version: Int) -> Self?
}

extension DialogueState {
    /// The type's name.
    public static var name: String { String(describing: Self.self) }
    /// 1.
    public static var version: Int { 1 }
    /// One day.
    public static var timeout: Duration { .seconds(86_400) }
    /// The bot says so.
    public static var tellsExpiry: Bool { true }
    /// Ends the dialogue.
    public static func upgrade(_ json: [UInt8], from version: Int) -> Self? { nil }
}

/// A declared dialogue without its type.
struct DialogueType: Sendable {
    let name: String

    init(_ type: (some DialogueState).Type) {
        name = type.name
    }
}
