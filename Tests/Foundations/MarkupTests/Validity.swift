import Markup
import Testing

/// Checks what Telegram asks of a text with entities, written from its rules and not from the code under test.
func expectValid(_ text: FormattedText, _ note: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation) {
    let units = Array(text.text.utf16)
    #expect(text.length == units.count, note, sourceLocation: sourceLocation)
    func isTrail(_ offset: Int) -> Bool { offset < units.count && (0xDC00...0xDFFF).contains(units[offset]) }
    for (index, entity) in text.entities.enumerated() {
        #expect(
            entity.offset >= 0 && entity.length > 0 && entity.end <= units.count, note, sourceLocation: sourceLocation)
        #expect(!isTrail(entity.offset) && !isTrail(entity.end), note, sourceLocation: sourceLocation)
        for other in text.entities[(index + 1)...] where other.range.overlaps(entity.range) {
            let isNested =
                entity.offset <= other.offset && other.end <= entity.end
                || other.offset <= entity.offset && entity.end <= other.end
            #expect(isNested, note, sourceLocation: sourceLocation)
            #expect(mayOverlap(entity.kind, other.kind), note, sourceLocation: sourceLocation)
        }
    }
}

private func mayOverlap(_ first: TextEntity.Kind, _ second: TextEntity.Kind) -> Bool {
    func isQuote(_ kind: TextEntity.Kind) -> Bool { kind == .quote || kind == .expandableQuote }
    func isFixedWidth(_ kind: TextEntity.Kind) -> Bool {
        switch kind {
        case .code, .pre: true
        default: false
        }
    }
    func isLink(_ kind: TextEntity.Kind) -> Bool {
        switch kind {
        case .link, .mention: true
        default: false
        }
    }
    if isQuote(first) && isQuote(second) { return false }
    if isFixedWidth(first) { return isQuote(second) }
    if isFixedWidth(second) { return isQuote(first) }
    return !(isLink(first) && isLink(second))
}
