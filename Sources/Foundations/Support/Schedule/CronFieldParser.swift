/// The values that one field of a schedule allows.
struct CronFieldSet: Sendable, Hashable {
    /// Bit n is set when the value n is allowed; Sunday is 0.
    var bits: UInt64
    /// Whether the field starts with `*`, on which Vixie cron's day and daylight-saving rules turn.
    var isStar: Bool

    func contains(_ value: Int) -> Bool { bits >> UInt64(value) & 1 == 1 }

    /// The least allowed value from `value` on.
    func first(from value: Int) -> Int? {
        guard value < 64 else { return nil }
        let rest = bits & (UInt64.max << UInt64(value))
        return rest == 0 ? nil : rest.trailingZeroBitCount
    }
}

/// Reads one field: a list of numbers, names, ranges and steps.
struct CronFieldParser {
    let field: CronField

    func parse(_ text: Substring) throws(CronError) -> CronFieldSet {
        var bits: UInt64 = 0
        for item in text.split(separator: ",", omittingEmptySubsequences: false) {
            bits |= try parseItem(item)
        }
        if field == .weekday && bits >> 7 & 1 == 1 { bits = (bits | 1) & 0x7F }
        return CronFieldSet(bits: bits, isStar: text.first == "*")
    }

    private func parseItem(_ item: Substring) throws(CronError) -> UInt64 {
        let parts = item.split(separator: "/", omittingEmptySubsequences: false)
        guard let base = parts.first, !base.isEmpty, parts.count <= 2 else { throw refusal(of: item) }
        let hasStep = parts.count == 2
        var range: ClosedRange<Int>
        var largestStep: Int
        if base == "*" {
            range = field.full
            // Vixie cron accepts steps up to the field's highest number, such as */31 for days.
            largestStep = field.bounds.upperBound
        } else {
            let ends = base.split(separator: "-", omittingEmptySubsequences: false)
            guard ends.count <= 2 else { throw refusal(of: item) }
            let low = try value(ends[0], of: item)
            let high = ends.count == 2 ? try value(ends[1], of: item) : hasStep ? max(low, field.full.upperBound) : low
            guard low <= high else { throw .backwardRange(String(base), field: field) }
            range = low...high
            largestStep = max(1, high - low)
        }
        var step = 1
        if hasStep {
            guard let number = number(parts[1]) else { throw refusal(of: item) }
            guard (1...largestStep).contains(number) else {
                throw .badStep(number, field: field, largest: largestStep)
            }
            step = number
        }
        return stride(from: range.lowerBound, through: range.upperBound, by: step).reduce(0) { $0 | 1 << UInt64($1) }
    }

    private func value(_ text: Substring, of item: Substring) throws(CronError) -> Int {
        if let index = field.names.firstIndex(of: text.lowercased()) { return index + field.full.lowerBound }
        guard let value = number(text) else { throw refusal(of: item) }
        guard field.bounds.contains(value) else { throw .outOfRange(value, field: field) }
        return value
    }

    private func number(_ text: Substring) -> Int? {
        guard (1...9).contains(text.utf8.count), text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return Int(text)
    }

    private func refusal(of item: Substring) -> CronError {
        let signs = item.uppercased()
        let isForeign =
            signs.contains { "#?".contains($0) }
            || signs == "L" || signs == "LW"
            || (signs.last == "L" || signs.last == "W") && signs.first?.isNumber == true
            || signs.hasPrefix("L-")
        let shown = String(item.prefix(20))
        return isForeign ? .unsupportedSign(shown, field: field) : .unreadable(shown, field: field)
    }
}
