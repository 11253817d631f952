/// Makes any list of entities one that Telegram accepts: inside the text, nested, never crossing.
///
/// Rules (Bot API, "Formatting options"): two entities with characters in common lie one inside the other; `code` and
/// `pre` enclose nothing and are enclosed by quotations only; quotations do not nest; of two overlapping links the
/// first one stays.
enum EntityNesting {
    /// The entities within `length` code units, repaired, ordered by start and then from the outside in.
    static func nested(_ entities: [TextEntity], length: Int) -> [TextEntity] {
        let valid = entities.compactMap { entity -> TextEntity? in
            let start = max(0, min(entity.offset, length))
            let end = max(start, min(entity.offset.addingWithoutOverflow(entity.length), length))
            return end > start ? TextEntity(entity.kind, start..<end) : nil
        }
        .sorted(by: comesBefore)
        guard valid.count > 1 else { return valid }

        let quotes = disjoint(valid.filter { $0.kind.role == .quote })
        let quoteRanges = quotes.map(\.range)
        let verbatim = disjoint(valid.filter { $0.kind.role == .verbatim })
            .flatMap { split($0, at: quoteRanges) }
        let verbatimRanges = verbatim.map(\.range)
        let anchors = disjoint(valid.filter { $0.kind.role == .anchor })
            .flatMap { subtract(verbatimRanges, from: $0) }
            .flatMap { split($0, at: quoteRanges) }
        let styles = united(valid.filter { $0.kind.role == .style })
            .flatMap { subtract(verbatimRanges, from: $0) }
            .flatMap { split($0, at: quoteRanges) }
        return uncrossed((quotes + verbatim + anchors + styles).sorted(by: comesBefore))
    }

    static func comesBefore(_ first: TextEntity, _ second: TextEntity) -> Bool {
        if first.offset != second.offset { return first.offset < second.offset }
        if first.length != second.length { return first.length > second.length }
        return first.kind.role.rawValue < second.kind.role.rawValue
    }

    /// Entities in order, each starting where the one before it has ended.
    private static func disjoint(_ ordered: [TextEntity]) -> [TextEntity] {
        var result: [TextEntity] = []
        var end = 0
        for entity in ordered {
            let start = max(entity.offset, end)
            guard start < entity.end else { continue }
            result.append(TextEntity(entity.kind, start..<entity.end))
            end = entity.end
        }
        return result
    }

    /// Overlapping entities of one kind become one.
    private static func united(_ ordered: [TextEntity]) -> [TextEntity] {
        var result: [TextEntity] = []
        var last: [TextEntity.Kind: Int] = [:]
        for entity in ordered {
            if let index = last[entity.kind], result[index].end > entity.offset {
                result[index].length = max(result[index].end, entity.end) - result[index].offset
            } else {
                last[entity.kind] = result.count
                result.append(entity)
            }
        }
        return result
    }

    /// What is left of an entity outside the ranges, which are ordered and disjoint.
    private static func subtract(_ ranges: [Range<Int>], from entity: TextEntity) -> [TextEntity] {
        var rest: [TextEntity] = []
        var start = entity.offset
        for range in ranges where range.overlaps(entity.range) {
            if start < range.lowerBound { rest.append(TextEntity(entity.kind, start..<range.lowerBound)) }
            start = max(start, range.upperBound)
        }
        if start < entity.end { rest.append(TextEntity(entity.kind, start..<entity.end)) }
        return rest
    }

    /// The entity cut at the bounds of the ranges that it crosses or encloses.
    private static func split(_ entity: TextEntity, at ranges: [Range<Int>]) -> [TextEntity] {
        var pieces: [TextEntity] = []
        var start = entity.offset
        for bound in ranges.flatMap({ [$0.lowerBound, $0.upperBound] }) where bound > start && bound < entity.end {
            pieces.append(TextEntity(entity.kind, start..<bound))
            start = bound
        }
        pieces.append(TextEntity(entity.kind, start..<entity.end))
        return pieces
    }

    /// Entities that cross an earlier one are cut where that one ends.
    private static func uncrossed(_ ordered: [TextEntity]) -> [TextEntity] {
        var waiting = Array(ordered.reversed())
        var open: [TextEntity] = []
        var result: [TextEntity] = []
        while var entity = waiting.popLast() {
            while let last = open.last, last.end <= entity.offset { open.removeLast() }
            if let outer = open.last, entity.end > outer.end {
                let rest = TextEntity(entity.kind, outer.end..<entity.end)
                entity.length = outer.end - entity.offset
                let index = waiting.lastIndex { comesBefore(rest, $0) }.map { $0 + 1 } ?? 0
                waiting.insert(rest, at: index)
            }
            open.append(entity)
            result.append(entity)
        }
        return result
    }
}

extension Int {
    fileprivate func addingWithoutOverflow(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }
}
