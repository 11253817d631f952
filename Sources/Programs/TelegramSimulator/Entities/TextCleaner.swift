/// Brings a parsed text into the form that the service stores.
///
/// Control characters become spaces, the ends are trimmed, entities follow the text, empty ones go, and what
/// the service detects is merged in where the author marked nothing exclusive.
enum TextCleaner {
    static func clean(_ input: FormattedText, detects: Bool = true) -> FormattedText {
        var units = Array(input.text.utf16)
        var entities = input.entities
        let plain = !units.contains { ($0 < 0x20 && $0 != 0x0A) || ($0 >= 0x2028 && $0 <= 0x202E) }
        if !plain { removeControls(&units, &entities) }
        let isBlank = { (unit: UInt16) in unit == 0x20 || unit == 0x0A || unit == 0xA0 || unit == 0x3000 }
        var end = units.count
        while end > 0, isBlank(units[end - 1]) { end -= 1 }
        var start = 0
        while start < end, units[start] == 0x20 || units[start] == 0x0A { start += 1 }
        let text =
            start == 0 && end == units.count && plain
            ? input.text : String(decoding: units[start..<end], as: UTF16.self)
        entities = entities.compactMap { entity in
            var moved = entity
            let low = max(entity.offset, start)
            let high = min(entity.end, end)
            guard low < high else { return nil }
            if !entity.isVerbatim, entity.kind != .customEmoji, units[low..<high].allSatisfy(isBlank) { return nil }
            moved.offset = low - start
            moved.length = high - low
            return moved
        }
        if !entities.isEmpty { entities = nested(entities) }
        if detects {
            let found = DetectedEntities.find(in: text)
            if entities.isEmpty {
                entities = found
            } else if !found.isEmpty {
                let exclusive = entities.filter { isExclusive($0.kind) }
                entities += found.filter { item in
                    !exclusive.contains { $0.offset < item.end && item.offset < $0.end }
                }
                entities = nested(entities)
            }
        }
        return FormattedText(text: text, entities: entities)
    }

    private static func isExclusive(_ kind: MessageEntity.Kind) -> Bool {
        switch kind {
        case .bold, .italic, .underline, .strikethrough, .spoiler, .blockquote, .expandableBlockquote: false
        default: true
        }
    }

    private static func removeControls(_ units: inout [UInt16], _ entities: inout [MessageEntity]) {
        var kept: [UInt16] = []
        kept.reserveCapacity(units.count)
        var moved = [Int](repeating: 0, count: units.count + 1)
        for (index, unit) in units.enumerated() {
            moved[index] = kept.count
            if unit == 0x0D || (unit >= 0x2028 && unit <= 0x202E) { continue }
            kept.append(unit < 0x20 && unit != 0x0A ? 0x20 : unit)
        }
        moved[units.count] = kept.count
        for index in entities.indices {
            let start = moved[min(max(entities[index].offset, 0), units.count)]
            let end = moved[min(max(entities[index].end, 0), units.count)]
            entities[index].offset = start
            entities[index].length = max(0, end - start)
        }
        units = kept
    }

    /// Orders entities, drops duplicates and splits those that cross, so that each lies within or beside another.
    private static func nested(_ entities: [MessageEntity]) -> [MessageEntity] {
        var pending = entities.sorted(by: precedes)
        var result: [MessageEntity] = []
        var open: [MessageEntity] = []
        var index = 0
        while index < pending.count {
            var entity = pending[index]
            index += 1
            while let last = open.last, last.end <= entity.offset { open.removeLast() }
            if open.contains(where: { $0.isVerbatim || $0.kind == entity.kind && $0.end >= entity.end }) { continue }
            if let last = open.last, entity.end > last.end {
                var rest = entity
                rest.offset = last.end
                rest.length = entity.end - last.end
                entity.length = last.end - entity.offset
                let place = pending[index...].firstIndex { !precedes($0, rest) } ?? pending.count
                pending.insert(rest, at: place)
            }
            result.append(entity)
            open.append(entity)
        }
        return result.sorted(by: precedes)
    }

    private static func precedes(_ first: MessageEntity, _ second: MessageEntity) -> Bool {
        if first.offset != second.offset { return first.offset < second.offset }
        if first.length != second.length { return first.length > second.length }
        return rank(first.kind) < rank(second.kind)
    }

    /// Which of two entities over the same text is the outer one.
    private static func rank(_ kind: MessageEntity.Kind) -> Int {
        switch kind {
        case .blockquote, .expandableBlockquote: 0
        case .textLink, .textMention, .url, .mention, .hashtag, .cashtag, .botCommand, .email, .phoneNumber: 1
        case .bold: 2
        case .italic: 3
        case .underline: 4
        case .strikethrough: 5
        case .spoiler: 6
        case .customEmoji, .dateTime: 7
        case .code, .pre: 8
        }
    }
}
