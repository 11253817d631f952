/// One setting: where it can be written, what it may be, and what it is when nobody says.
package struct Option<Value: Sendable>: Sendable {
    /// The key in `quartet.yml`, with dots between levels.
    package let key: String
    /// Other keys under which earlier configurations have it.
    package let aliases: [String]
    /// Environment variables that set it, the first found wins.
    package let environment: [String]
    /// The value when nobody says.
    package let fallback: Value
    /// What the option does, in one line.
    package let summary: String
    /// Whether the value is hidden.
    package let isSecret: Bool
    let type: OptionType<Value>

    init(
        _ key: String, _ type: OptionType<Value>, default fallback: Value, environment: [String] = [],
        aliases: [String] = [], isSecret: Bool = false, _ summary: String
    ) {
        self.key = key
        self.type = type
        self.fallback = fallback
        self.environment = [Self.ownVariable(for: key)] + environment
        self.aliases = aliases
        self.isSecret = isSecret
        self.summary = summary
    }

    /// An option that may be left unset.
    static func optional<Base>(
        _ key: String, _ type: OptionType<Base>, environment: [String] = [], aliases: [String] = [],
        isSecret: Bool = false, _ summary: String
    ) -> Option where Value == Base? {
        Option(
            key, type.optional, default: nil, environment: environment, aliases: aliases, isSecret: isSecret, summary)
    }

    /// `QUARTET_` and the key in capitals, so that each option has a variable.
    private static func ownVariable(for key: String) -> String {
        "QUARTET_" + key.uppercased().replacing(".", with: "_")
    }
}

/// An option without its type, as the table and the reader hold it.
package protocol AnyOption: Sendable {
    /// The key in `quartet.yml`, with dots between levels.
    var key: String { get }
    /// Other keys under which earlier configurations have it.
    var aliases: [String] { get }
    /// Environment variables that set it.
    var environment: [String] { get }
    /// What the option does, in one line.
    var summary: String { get }
    /// Whether the value is hidden.
    var isSecret: Bool { get }
    /// What may be written, in a few words.
    var expectation: String { get }
    /// The value when nobody says, as text.
    var fallbackText: String { get }
}

/// How the reader uses an option.
protocol ReadableOption: AnyOption {
    var example: String { get }
    func value(of node: YAMLNode) throws(ValueFault) -> any Sendable
    func value(of text: String) throws(ValueFault) -> any Sendable
    func show(_ value: any Sendable) -> String
}

extension Option: ReadableOption {
    /// What may be written, in a few words.
    package var expectation: String { type.expectation }
    /// The value when nobody says, as text.
    package var fallbackText: String { type.show(fallback) }

    var example: String { type.example }

    func value(of node: YAMLNode) throws(ValueFault) -> any Sendable { try type.fromNode(node) }

    func value(of text: String) throws(ValueFault) -> any Sendable { try type.fromText(text) }

    func show(_ value: any Sendable) -> String { (value as? Value).map(type.show) ?? "" }
}
