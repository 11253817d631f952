/// A subcommand: reads its arguments, then does its work.
protocol Command: Sendable {
    /// The word after `quartet`.
    static var name: String { get }
    /// What it does, in one line.
    static var summary: String { get }
    /// Its arguments, as the first line of its help shows them.
    static var usage: String { get }
    /// Its options with their meanings.
    static var options: [(form: String, meaning: String)] { get }

    /// Reads the arguments; whatever is left unread is refused afterwards.
    init(_ arguments: inout ArgumentReader) throws(UsageError)

    /// Does the work and tells how it went; what it throws becomes a line and an exit code (see `ExitCode`).
    func run() async throws -> ExitCode
}
