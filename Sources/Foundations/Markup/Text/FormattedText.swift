/// A text with formatting that cannot be broken: plain characters beside entities, nothing to escape.
///
/// Write it as a string literal; what is interpolated is text, never markup:
///
/// ```swift
/// let text: FormattedText = "\(bold: name) sent \(italic: "\(count) photos")"
/// ```
///
/// Whatever is put in, the entities lie inside the text, are nested as Telegram asks, and count UTF-16 code units.
public struct FormattedText: Hashable, Sendable {
    /// The characters, without markup.
    public private(set) var text: String
    /// The formatting, ordered by start and then from the outside in.
    public private(set) var entities: [TextEntity]
    /// Length in UTF-16 code units, the unit of Telegram's offsets.
    public private(set) var length: Int

    /// No text.
    public init() {
        text = ""
        entities = []
        length = 0
    }

    /// A text without formatting.
    public init(_ text: some StringProtocol) {
        self.text = String(text)
        entities = []
        length = self.text.utf16.count
    }

    /// A text with entities from elsewhere; those out of bounds, crossing or wrongly nested are repaired.
    public init(_ text: String, entities: [TextEntity]) {
        self.text = text
        length = text.utf16.count
        self.entities = EntityNesting.nested(entities.map { $0.onCharacters(of: text) }, length: length)
    }

    /// Whether there is no character.
    public var isEmpty: Bool { length == 0 }

    /// Whether there is nothing that a reader would see; Telegram refuses such a message.
    public var isBlank: Bool { text.allSatisfy(\.isBlank) }

    /// Adds a text at the end.
    public mutating func append(_ other: FormattedText) {
        let shift = length
        text += other.text
        length += other.length
        entities.reserveCapacity(entities.count + other.entities.count)
        for entity in other.entities {
            entities.append(TextEntity(entity.kind, offset: entity.offset + shift, length: entity.length))
        }
    }

    /// Adds plain characters at the end.
    public mutating func append(_ other: some StringProtocol) {
        text += other
        length += other.utf16.count
    }

    /// The text as a whole in one more kind of formatting.
    public func formatted(_ kind: TextEntity.Kind) -> FormattedText {
        guard length > 0 else { return self }
        var copy = self
        let whole = TextEntity(kind, 0..<length)
        // Fixed-width text has no formatting inside, whatever was given.
        copy.entities = kind.role == .verbatim ? [whole] : EntityNesting.nested([whole] + entities, length: length)
        return copy
    }

    /// The part between two offsets in UTF-16 code units, moved outwards to whole Unicode scalars.
    public func slice(_ range: Range<Int>) -> FormattedText {
        let bounds = range.clamped(to: 0..<length)
        let lower = text.scalarIndex(atUTF16: bounds.lowerBound, roundedUp: false)
        let upper = text.scalarIndex(atUTF16: bounds.upperBound, roundedUp: true)
        let start = lower.utf16Offset(in: text)
        let end = upper.utf16Offset(in: text)
        var result = FormattedText(text[lower..<upper])
        for entity in entities {
            let part = entity.range.clamped(to: start..<end)
            guard !part.isEmpty else { continue }
            result.entities.append(TextEntity(entity.kind, part.lowerBound - start..<part.upperBound - start))
        }
        return result
    }

    /// The text without white space at its ends, as Telegram stores it.
    public func trimmed() -> FormattedText {
        guard text.first?.isBlank == true || text.last?.isBlank == true else { return self }
        guard let first = text.firstIndex(where: { !$0.isBlank }),
            let last = text.lastIndex(where: { !$0.isBlank })
        else { return FormattedText() }
        return slice(first.utf16Offset(in: text)..<text.index(after: last).utf16Offset(in: text))
    }

    /// Two texts, one after the other.
    public static func + (first: FormattedText, second: FormattedText) -> FormattedText {
        var sum = first
        sum.append(second)
        return sum
    }

    /// Adds a text at the end.
    public static func += (first: inout FormattedText, second: FormattedText) {
        first.append(second)
    }
}

extension FormattedText: CustomStringConvertible {
    /// The characters without formatting.
    public var description: String { text }
}

extension Sequence<FormattedText> {
    /// The texts in order with a separator between them.
    public func joined(separator: FormattedText = "") -> FormattedText {
        var result = FormattedText()
        var isFirst = true
        for text in self {
            if !isFirst { result.append(separator) }
            isFirst = false
            result.append(text)
        }
        return result
    }
}

extension TextEntity {
    /// The entity moved outwards to whole Unicode scalars of the text.
    fileprivate func onCharacters(of text: String) -> TextEntity {
        let count = text.utf16.count
        let start = max(0, min(offset, count))
        let stop = max(start, min(max(0, length) > count ? count : offset + max(0, length), count))
        let lower = text.scalarIndex(atUTF16: start, roundedUp: false).utf16Offset(in: text)
        let upper = text.scalarIndex(atUTF16: stop, roundedUp: true).utf16Offset(in: text)
        return TextEntity(kind, lower..<upper)
    }
}

extension String {
    /// The index of the scalar at, or around, an offset in UTF-16 code units.
    func scalarIndex(atUTF16 offset: Int, roundedUp: Bool) -> Index {
        let index = utf16.index(startIndex, offsetBy: offset)
        if index == endIndex { return index }
        let floor = unicodeScalars.index(before: unicodeScalars.index(after: index))
        return floor == index || !roundedUp ? floor : unicodeScalars.index(after: floor)
    }
}

extension Character {
    /// White space and nothing else; a space that carries a combining mark is not blank.
    var isBlank: Bool { unicodeScalars.allSatisfy(\.properties.isWhitespace) }
}
