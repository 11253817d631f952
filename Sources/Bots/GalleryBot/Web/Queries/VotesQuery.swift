internal import JSON
internal import Storage
internal import Support

/// Votes by the day on which they were cast.
///
/// A vote that was changed counts once, as it stands now, on the day of the change.
struct VotesQuery: Sendable {
    let days: Days

    func json(in connection: any SQLConnection) throws -> JSONValue {
        var up = [Int64](repeating: 0, count: days.count)
        var down = up
        try connection.forEach("SELECT value, voted_at FROM votes WHERE voted_at >= \(days.start)") { row in
            guard let index = days.index(of: try row.get("voted_at")) else { return }
            if try row.get("value", as: Int.self) > 0 { up[index] += 1 } else { down[index] += 1 }
        }
        let bars = zip(up, down).map { JSONValue.array([.integer($0), .integer($1)]) }
        return ["from": .string(Self.text(days.first)), "days": .array(bars)]
    }

    private static func text(_ date: CivilDate) -> String {
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
    }
}
