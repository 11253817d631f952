/// The same thing in every language; a language that is missing does not compile.
///
/// A catalogue is a struct of texts and of functions that make texts, with one value for each language:
///
/// ```swift
/// struct GalleryTexts: Sendable {
///     var greeting: @Sendable (_ name: String) -> FormattedText
///     static let all = Localized(english: GalleryTexts { "Hello, \(bold: $0)!" },
///                                russian: GalleryTexts { "Привет, \(bold: $0)!" })
/// }
/// // in a handler:
/// try await ctx.reply(GalleryTexts.all[ctx].greeting(name))
/// ```
public struct Localized<Value: Sendable>: Sendable {
    /// The English one.
    public var english: Value
    /// The Russian one.
    public var russian: Value

    /// One value for each language.
    public init(english: Value, russian: Value) {
        self.english = english
        self.russian = russian
    }

    /// The value in a language.
    public subscript(language: Language) -> Value {
        switch language {
        case .english: english
        case .russian: russian
        }
    }

    /// The values made into others.
    public func map<Other: Sendable>(_ transform: (Value) throws -> Other) rethrows -> Localized<Other> {
        Localized<Other>(english: try transform(english), russian: try transform(russian))
    }
}

extension Localized: Equatable where Value: Equatable {}

extension Localized: ExpressibleByUnicodeScalarLiteral where Value: ExpressibleByStringLiteral {
    /// The same text in every language: a name, a symbol.
    public init(unicodeScalarLiteral value: Value.StringLiteralType) { self.init(stringLiteral: value) }
}

extension Localized: ExpressibleByExtendedGraphemeClusterLiteral where Value: ExpressibleByStringLiteral {
    /// The same text in every language: a name, a symbol.
    public init(extendedGraphemeClusterLiteral value: Value.StringLiteralType) { self.init(stringLiteral: value) }
}

extension Localized: ExpressibleByStringLiteral where Value: ExpressibleByStringLiteral {
    /// The same text in every language: a name, a symbol.
    public init(stringLiteral value: Value.StringLiteralType) {
        self.init(english: Value(stringLiteral: value), russian: Value(stringLiteral: value))
    }
}
