/// How an option's values are written and read.
package struct OptionType<Value: Sendable>: Sendable {
    /// What is expected, in a few words that fit after “expected”.
    let expectation: String
    /// What a person could write.
    let example: String
    let fromNode: @Sendable (YAMLNode) throws(ValueFault) -> Value
    let fromText: @Sendable (String) throws(ValueFault) -> Value
    /// The value as `quartet info` shows it.
    let show: @Sendable (Value) -> String
}

/// Why a value is refused: a reason of its own, or nil when it is not of the expected form.
struct ValueFault: Error {
    var reason: String?
}

extension OptionType {
    /// A type whose values are single words in a file and in the environment alike.
    static func scalar(
        _ expectation: String, example: String, allowsQuotes: Bool = true,
        show: @escaping @Sendable (Value) -> String,
        read: @escaping @Sendable (String) throws(ValueFault) -> Value
    ) -> OptionType {
        OptionType(
            expectation: expectation, example: example,
            fromNode: { (node) throws(ValueFault) in
                guard case .scalar(let text, let isPlain) = node.content else { throw ValueFault() }
                guard isPlain || allowsQuotes else {
                    throw ValueFault(reason: "expected \(expectation), found text in quotes; leave the quotes out")
                }
                return try read(text)
            }, fromText: read, show: show)
    }

    /// The same type, where nothing (`null`, `~` or an empty value) may be written too.
    var optional: OptionType<Value?> {
        OptionType<Value?>(
            expectation: expectation, example: example,
            fromNode: { (node) throws(ValueFault) in
                if case .scalar(let text, true) = node.content, ["", "~", "null", "Null", "NULL"].contains(text) {
                    return nil
                }
                return try fromNode(node)
            },
            fromText: { (text) throws(ValueFault) in try fromText(text) },
            show: { $0.map(show) ?? "not set" })
    }
}
