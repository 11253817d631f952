extension JSONReader {
    /// Takes a whole number; `1.0` and `1e3` count as whole, `1.5` and what 64 bits cannot hold do not.
    public mutating func readInt64() throws(JSONError) -> Int64 {
        let byte = try peekByte()
        guard byte == UInt8(ascii: "-") || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")) else {
            throw try mismatch(.number)
        }
        let start = position
        let token = try scanNumber()
        if let integer = token.integer { return integer }
        if !token.isInteger, let whole = Int64(exactly: try double(token.range)) { return whole }
        throw JSONError(.numberOutOfRange, at: start)
    }

    /// Takes a whole number.
    public mutating func readInt() throws(JSONError) -> Int {
        Int(try readInt64())
    }

    /// Takes a number; one that overflows to infinity is refused.
    public mutating func readDouble() throws(JSONError) -> Double {
        let byte = try peekByte()
        guard byte == UInt8(ascii: "-") || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")) else {
            throw try mismatch(.number)
        }
        return try double(try scanNumber().range)
    }

    /// The bytes of a number, and its value where it is a whole number of 64 bits.
    struct NumberToken {
        let range: Range<Int>
        let isInteger: Bool
        let integer: Int64?
    }

    /// Passes over a number, checking the grammar of RFC 8259 section 6.
    mutating func scanNumber() throws(JSONError) -> NumberToken {
        let start = position
        let isNegative = bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        // The value is summed up below zero, whose range is one longer.
        var value: Int64? = 0
        let firstDigit = position
        while let digit = nextDigit() {
            if let sum = value {
                let (product, overflow) = sum.multipliedReportingOverflow(by: 10)
                let (difference, underflow) = product.subtractingReportingOverflow(Int64(digit))
                value = overflow || underflow ? nil : difference
            }
        }
        let digits = position - firstDigit
        guard digits > 0, digits == 1 || bytes[firstDigit] != UInt8(ascii: "0") else { throw invalidNumber() }
        var isInteger = true
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            try takeDigits()
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            position += 1
            if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
                position += 1
            }
            try takeDigits()
        }
        var integer = isInteger ? value : nil
        if !isNegative, let sum = integer { integer = sum == .min ? nil : -sum }
        return NumberToken(range: start..<position, isInteger: isInteger, integer: integer)
    }

    /// The value of a number's bytes.
    func double(_ range: Range<Int>) throws(JSONError) -> Double {
        let text = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0[range], as: UTF8.self) }
        guard let value = Double(text), value.isFinite else {
            throw JSONError(.numberOutOfRange, at: range.lowerBound)
        }
        return value
    }

    private mutating func nextDigit() -> UInt8? {
        guard position < bytes.count else { return nil }
        let digit = bytes[position] &- UInt8(ascii: "0")
        guard digit < 10 else { return nil }
        position += 1
        return digit
    }

    private mutating func takeDigits() throws(JSONError) {
        guard nextDigit() != nil else { throw invalidNumber() }
        while nextDigit() != nil {}
    }

    private func invalidNumber() -> JSONError {
        position < bytes.count ? JSONError(.invalidNumber, at: position) : JSONError(.unexpectedEnd, at: position)
    }
}
