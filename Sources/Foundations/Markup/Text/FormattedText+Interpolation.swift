extension FormattedText: ExpressibleByStringInterpolation {
    /// A text without formatting.
    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// The text that an interpolated literal describes.
    public init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.text
    }

    /// Collects a literal: `"\(bold: name), see \(link: "the guide", to: url)"`.
    public struct StringInterpolation: StringInterpolationProtocol {
        var text = FormattedText()

        /// An empty literal.
        public init(literalCapacity: Int, interpolationCount: Int) {}

        /// Adds the characters of the literal.
        public mutating func appendLiteral(_ literal: String) {
            text.append(literal)
        }

        /// Adds a text with its formatting.
        public mutating func appendInterpolation(_ value: FormattedText) {
            text.append(value)
        }

        /// Adds a value as plain characters.
        public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            text.append(value.description)
        }

        /// Adds a text in bold.
        public mutating func appendInterpolation(bold value: FormattedText) {
            text.append(value.formatted(.bold))
        }

        /// Adds a value in bold.
        public mutating func appendInterpolation(bold value: some CustomStringConvertible) {
            append(value, as: .bold)
        }

        /// Adds a text in italics.
        public mutating func appendInterpolation(italic value: FormattedText) {
            text.append(value.formatted(.italic))
        }

        /// Adds a value in italics.
        public mutating func appendInterpolation(italic value: some CustomStringConvertible) {
            append(value, as: .italic)
        }

        /// Adds an underlined text.
        public mutating func appendInterpolation(underline value: FormattedText) {
            text.append(value.formatted(.underline))
        }

        /// Adds an underlined value.
        public mutating func appendInterpolation(underline value: some CustomStringConvertible) {
            append(value, as: .underline)
        }

        /// Adds a text that is struck through.
        public mutating func appendInterpolation(strike value: FormattedText) {
            text.append(value.formatted(.strikethrough))
        }

        /// Adds a value that is struck through.
        public mutating func appendInterpolation(strike value: some CustomStringConvertible) {
            append(value, as: .strikethrough)
        }

        /// Adds a text that is covered until tapped.
        public mutating func appendInterpolation(spoiler value: FormattedText) {
            text.append(value.formatted(.spoiler))
        }

        /// Adds a value that is covered until tapped.
        public mutating func appendInterpolation(spoiler value: some CustomStringConvertible) {
            append(value, as: .spoiler)
        }

        /// Adds fixed-width characters inside a line.
        public mutating func appendInterpolation(code value: some CustomStringConvertible) {
            append(value, as: .code)
        }

        /// Adds a fixed-width block.
        public mutating func appendInterpolation(pre value: some CustomStringConvertible, language: String? = nil) {
            append(value, as: .pre(language: language))
        }

        /// Adds a quotation, collapsed where asked.
        public mutating func appendInterpolation(quote value: FormattedText, expandable: Bool = false) {
            text.append(value.formatted(expandable ? .expandableQuote : .quote))
        }

        /// Adds a value as a quotation, collapsed where asked.
        public mutating func appendInterpolation(quote value: some CustomStringConvertible, expandable: Bool = false) {
            append(value, as: expandable ? .expandableQuote : .quote)
        }

        /// Adds a text that opens a URL.
        public mutating func appendInterpolation(link value: FormattedText, to url: String) {
            text.append(value.formatted(.link(url: url)))
        }

        /// Adds a value that opens a URL.
        public mutating func appendInterpolation(link value: some CustomStringConvertible, to url: String) {
            append(value, as: .link(url: url))
        }

        /// Adds a name that leads to a person.
        public mutating func appendInterpolation(mention name: some CustomStringConvertible, userID: Int64) {
            append(name, as: .mention(userID: userID))
        }

        /// Adds a custom emoji with the ordinary one that stands in for it.
        public mutating func appendInterpolation(customEmoji id: String, fallback: String) {
            append(fallback, as: .customEmoji(id: id))
        }

        private mutating func append(_ value: some CustomStringConvertible, as kind: TextEntity.Kind) {
            text.append(FormattedText(value.description).formatted(kind))
        }
    }
}
