/// A value in a YAML document, with the line it starts on.
struct YAMLNode: Sendable, Equatable {
    /// The shape of a value; what a plain scalar means is up to whoever reads it.
    enum Content: Sendable, Equatable {
        /// A single value; `isPlain` when it was written without quotes.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        case mapping([YAMLEntry])
    }

    var content: Content
    /// Counted from 1.
    var line: Int
}

/// One `key: value` of a mapping.
struct YAMLEntry: Sendable, Equatable {
    var key: String
    /// The line of the key, counted from 1.
    var line: Int
    var value: YAMLNode
}

/// Why a document cannot be read.
struct YAMLFault: Error, Equatable {
    /// Counted from 1; nil when the document as a whole is at fault.
    var line: Int?
    var reason: String
}
