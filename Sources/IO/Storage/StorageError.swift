/// What went wrong with a database: a code to act on and one line that a person understands.
///
/// Arguments of statements are never part of it, so it can be logged.
public struct StorageError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of fault.
    public var code: Code
    /// One line for a person: what happened, to which file, and what to do where that is known.
    public var message: String
    /// The statement, with question marks for its arguments.
    public var statement: String?

    /// An error with its line for a person.
    public init(_ code: Code, _ message: String, statement: String? = nil) {
        self.code = code
        self.message = message
        self.statement = statement
    }

    /// The kinds of fault.
    public enum Code: Sendable, Hashable {
        /// Another process holds the database, longer than the waiting time.
        case locked
        /// The file or its directory cannot be written.
        case readOnly
        /// The file is damaged or is no database.
        case corrupt
        /// No room is left on the disk.
        case full
        /// A newer version of the program has migrated the database.
        case newerSchema
        /// The migrations already applied are not those of this program.
        case divergedHistory
        /// A rule of a table refused the change.
        case constraint(Constraint)
        /// The statement is wrong, or its arguments do not match it.
        case syntax
        /// A connection was used in a way that is not allowed, such as `COMMIT` inside a body.
        case misuse
        /// A column is missing or holds another type than asked for.
        case mismatch
        /// The file cannot be opened: no such directory, no permission, not a file.
        case cannotOpen
        /// Reading or writing the disk failed.
        case io
        /// The database is closed.
        case closed
    }

    /// A rule of a table, as named in the error.
    public struct Constraint: Sendable, Hashable {
        /// What the rule demands.
        public var kind: Kind
        /// What it is about, such as `users.email`, or the name of the index or check; nil if not told.
        public var subject: String?

        /// A rule of a kind, with its subject where the database tells it.
        public init(_ kind: Kind, _ subject: String? = nil) {
            self.kind = kind
            self.subject = subject
        }

        /// The kinds of rule.
        public enum Kind: String, Sendable {
            case unique, foreignKey, check, notNull, other
        }
    }

    /// The line for a person.
    public var description: String {
        guard let statement else { return message }
        return "\(message) [\(statement)]"
    }

    /// Whether the same call may succeed later without a change.
    public var isTransient: Bool { code == .locked }

    /// Whether a unique rule refused the change.
    public var isUniqueViolation: Bool {
        if case .constraint(let constraint) = code { constraint.kind == .unique } else { false }
    }

    /// A short name from a fixed set, fit for a metric's label.
    public var label: String {
        switch code {
        case .locked: "locked"
        case .readOnly: "read_only"
        case .corrupt: "corrupt"
        case .full: "full"
        case .newerSchema: "newer_schema"
        case .divergedHistory: "diverged_history"
        case .constraint(let constraint): "constraint_\(constraint.kind.rawValue)"
        case .syntax: "syntax"
        case .misuse: "misuse"
        case .mismatch: "mismatch"
        case .cannotOpen: "cannot_open"
        case .io: "io"
        case .closed: "closed"
        }
    }
}
