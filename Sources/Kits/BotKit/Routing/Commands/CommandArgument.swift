/// A type that can stand behind a command: `/roll 20`.
///
/// An optional argument may be missing; a `String` in the last place takes the rest of the line.
public protocol CommandArgument: Sendable {
    /// Takes this argument from what is left of the line; nil where it is missing or something else stands there.
    static func read(from arguments: inout ArgumentReader) -> Self?
}

/// What is left of a command's line while its arguments are read.
public struct ArgumentReader: Sendable {
    private var rest: Substring
    /// Whether the argument that is being read is the last one declared.
    public internal(set) var isLast = false

    init(_ text: Substring) { rest = text }

    /// Whether nothing is left.
    public var isAtEnd: Bool { rest.isEmpty }

    /// The next word, left in place.
    public var nextWord: Substring? { isAtEnd ? nil : rest.prefix { !$0.isWhitespace } }

    /// Takes the next word.
    public mutating func takeWord() -> Substring? {
        guard let word = nextWord else { return nil }
        rest = rest[word.endIndex...].drop(while: \.isWhitespace)
        return word
    }

    /// Takes everything that is left.
    public mutating func takeRest() -> Substring? {
        guard !isAtEnd else { return nil }
        defer { rest = rest[rest.endIndex...] }
        return rest
    }
}

extension CommandArgument where Self: LosslessStringConvertible {
    /// Takes one word that the type understands.
    public static func read(from arguments: inout ArgumentReader) -> Self? {
        guard let word = arguments.nextWord, let value = Self(String(word)) else { return nil }
        _ = arguments.takeWord()
        return value
    }
}

extension Int: CommandArgument {}
extension Int64: CommandArgument {}
extension Double: CommandArgument {}

extension String: CommandArgument {
    /// Takes one word, or in the last place the rest of the line.
    public static func read(from arguments: inout ArgumentReader) -> String? {
        (arguments.isLast ? arguments.takeRest() : arguments.takeWord()).map(String.init)
    }
}

extension Optional: CommandArgument where Wrapped: CommandArgument {
    /// Takes the argument if it stands here.
    public static func read(from arguments: inout ArgumentReader) -> Wrapped?? {
        if let value = Wrapped.read(from: &arguments) { return .some(value) }
        // Something else in the last place is a mistake of the writer, not a missing argument.
        return arguments.isLast && !arguments.isAtEnd ? .none : .some(nil)
    }
}

/// Thrown where a command's arguments do not fit; the person is told how the command is written.
struct UsageError: Error {
    let command: String
    let usage: Localized<String>?
}

extension CommandCall {
    /// All arguments, or nil where they do not fit.
    func read<each Argument: CommandArgument>(_ types: repeat (each Argument).Type) -> (repeat each Argument)? {
        var count = 0
        for _ in repeat each types { count += 1 }
        var reader = ArgumentReader(arguments)
        var place = 0
        func next<Value: CommandArgument>(_ type: Value.Type) throws(Misfit) -> Value {
            place += 1
            reader.isLast = place == count
            guard let value = Value.read(from: &reader) else { throw Misfit() }
            return value
        }
        do {
            return (repeat try next(each types))
        } catch {
            return nil
        }
    }

    private struct Misfit: Error {}
}
