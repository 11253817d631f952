/// A formatted stretch of a text: what it looks like and where it lies, in UTF-16 code units.
///
/// Source of the unit: the Bot API's `MessageEntity`, whose offsets count UTF-16 code units.
public struct TextEntity: Hashable, Sendable {
    /// What a stretch of text looks like or leads to.
    public enum Kind: Hashable, Sendable {
        case bold
        case italic
        case underline
        case strikethrough
        case spoiler
        /// Fixed-width words inside a line.
        case code
        /// A fixed-width block, with the name of its language where it is known.
        case pre(language: String?)
        /// Words that open a URL.
        case link(url: String)
        /// A person's name that leads to the account, for people without a username too.
        case mention(userID: Int64)
        case quote
        /// A quotation that is shown collapsed.
        case expandableQuote
        case customEmoji(id: String)
    }

    /// What the stretch looks like.
    public var kind: Kind
    /// Start, in UTF-16 code units from the start of the text.
    public var offset: Int
    /// Length in UTF-16 code units.
    public var length: Int

    /// The first code unit after the stretch.
    public var end: Int { offset + length }

    /// The stretch as a range of UTF-16 code units.
    public var range: Range<Int> { offset..<offset + length }

    /// An entity over `length` UTF-16 code units from `offset`.
    public init(_ kind: Kind, offset: Int, length: Int) {
        self.kind = kind
        self.offset = offset
        self.length = length
    }

    init(_ kind: Kind, _ range: Range<Int>) {
        self.init(kind, offset: range.lowerBound, length: range.count)
    }
}

extension TextEntity.Kind {
    /// How the rules of nesting treat a kind.
    enum Role: Int {
        /// Encloses everything else, never another quotation.
        case quote
        /// Encloses nothing.
        case verbatim
        /// Leads somewhere; two of them never overlap.
        case anchor
        /// May enclose and be enclosed.
        case style
    }

    var role: Role {
        switch self {
        case .quote, .expandableQuote: .quote
        case .code, .pre: .verbatim
        case .link, .mention: .anchor
        case .bold, .italic, .underline, .strikethrough, .spoiler, .customEmoji: .style
        }
    }

    /// Whether a border inside such an entity would spoil it for the reader.
    var prefersToStayWhole: Bool {
        switch self {
        case .code, .link, .mention, .customEmoji: true
        default: false
        }
    }
}
