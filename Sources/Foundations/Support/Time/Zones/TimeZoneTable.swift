/// The contents of a time zone file: changes with their moments, and a rule for the time after the last one.
struct TimeZoneTable: Sendable, Equatable {
    /// One kind of local time that a zone has had.
    struct LocalType: Sendable, Equatable {
        var offset: Int
        var isDaylightSaving: Bool
        var abbreviation: String
    }

    /// Moments of change in ascending order, in seconds since 1970.
    var changes: [Int64]
    /// The kind of local time from the change at the same index on.
    var typeAfterChange: [UInt8]
    var types: [LocalType]
    var rule: POSIXTimeZone?

    static func fixed(offset: Int, abbreviation: String) -> TimeZoneTable {
        TimeZoneTable(
            changes: [], typeAfterChange: [],
            types: [LocalType(offset: offset, isDaylightSaving: false, abbreviation: abbreviation)], rule: nil)
    }

    /// The kind of local time at a moment (RFC 8536 section 3.2: type 0 before the first change, the footer after the last).
    func type(at seconds: Int64) -> LocalType {
        guard let last = changes.last, seconds < last else {
            if let rule { return rule.type(at: seconds) }
            return types[Int(typeAfterChange.last ?? 0)]
        }
        var low = 0
        var high = changes.count
        while low < high {
            let middle = (low + high) / 2
            if changes[middle] <= seconds { low = middle + 1 } else { high = middle }
        }
        return types[low == 0 ? 0 : Int(typeAfterChange[low - 1])]
    }
}
