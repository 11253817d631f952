extension Timestamp: CustomStringConvertible {
    /// The moment in ISO 8601 and UTC, with milliseconds, such as `2026-01-31T08:05:00.250Z`.
    public var description: String { iso8601() }

    /// The moment in ISO 8601, with milliseconds unless told otherwise, on clocks `offset` seconds ahead of UTC.
    public func iso8601(milliseconds: Bool = true, offset: Int = 0) -> String {
        let local = seconds + Int64(offset)
        let days = Int(local.dividedDown(by: 86_400))
        let date = CivilDate(daysSince1970: days)
        let second = Int(local - Int64(days) * 86_400)
        var text: [UInt8] = []
        text.reserveCapacity(29)
        func append(_ value: Int, digits: Int) {
            var divisor = 1
            for _ in 1..<digits { divisor *= 10 }
            var rest = value
            while divisor > 0 {
                text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / divisor % 10))
                rest %= divisor
                divisor /= 10
            }
        }
        append(min(max(date.year, 0), 9999), digits: 4)
        text.append(UInt8(ascii: "-"))
        append(date.month, digits: 2)
        text.append(UInt8(ascii: "-"))
        append(date.day, digits: 2)
        text.append(UInt8(ascii: "T"))
        append(second / 3600, digits: 2)
        text.append(UInt8(ascii: ":"))
        append(second / 60 % 60, digits: 2)
        text.append(UInt8(ascii: ":"))
        append(second % 60, digits: 2)
        if milliseconds {
            text.append(UInt8(ascii: "."))
            append(Int(microseconds - seconds * 1_000_000) / 1000, digits: 3)
        }
        if offset == 0 {
            text.append(UInt8(ascii: "Z"))
        } else {
            text.append(UInt8(ascii: offset < 0 ? "-" : "+"))
            append(abs(offset) / 3600, digits: 2)
            text.append(UInt8(ascii: ":"))
            append(abs(offset) / 60 % 60, digits: 2)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads RFC 3339 form: `2026-01-31T08:05:00Z`, with a fraction of up to nine digits, or an offset such as `+02:00`.
    ///
    /// A lower-case `t` or `z` and a space for the `T` are accepted, as RFC 3339 section 5.6 allows.
    public init?(iso8601 text: String) {
        var reader = DigitReader(text)
        guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
            let day = reader.number(2), reader.skip("T") || reader.skip("t") || reader.skip(" "),
            let hour = reader.number(2), reader.skip(":"), let minute = reader.number(2), reader.skip(":"),
            let second = reader.number(2), (1...12).contains(month), day >= 1,
            day <= CivilDate.days(inMonth: month, of: year), hour < 24, minute < 60, second <= 60
        else { return nil }
        var fraction = 0
        if reader.skip(".") {
            var digits = 0
            while let digit = reader.number(1) {
                if digits < 6 { fraction = fraction * 10 + digit }
                digits += 1
            }
            guard (1...9).contains(digits) else { return nil }
            for _ in 0..<max(0, 6 - digits) { fraction *= 10 }
        }
        var offset = 0
        if !reader.skip("Z") && !reader.skip("z") {
            let isBehind = reader.skip("-")
            guard isBehind || reader.skip("+"), let hours = reader.number(2), reader.skip(":"),
                let minutes = reader.number(2), hours < 24, minutes < 60
            else { return nil }
            offset = (hours * 3600 + minutes * 60) * (isBehind ? -1 : 1)
        }
        guard reader.isAtEnd else { return nil }
        let days = CivilDate(year: year, month: month, day: day).daysSince1970
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset
        self.init(microseconds: Int64(seconds) * 1_000_000 + Int64(fraction))
    }
}

extension FixedWidthInteger {
    /// The quotient rounded towards minus infinity.
    func dividedDown(by divisor: Self) -> Self {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder != 0 && (remainder < 0) != (divisor < 0) ? quotient - 1 : quotient
    }
}

/// Reads fixed-width numbers and separators from the start of a text.
private struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = Substring(text).utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skip(_ separator: Unicode.Scalar) -> Bool {
        guard let first = rest.first, UInt32(first) == separator.value else { return false }
        rest.removeFirst()
        return true
    }

    mutating func number(_ width: Int) -> Int? {
        var value = 0
        var digits = rest.startIndex
        for _ in 0..<width {
            guard digits < rest.endIndex, case let byte = rest[digits],
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
            digits = rest.index(after: digits)
        }
        rest = rest[digits...]
        return value
    }
}
