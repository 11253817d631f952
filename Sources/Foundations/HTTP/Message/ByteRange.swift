/// One range of a `Range` field, such as `bytes=0-499` (RFC 9110, section 14.1.2).
public enum ByteRange: Sendable, Equatable {
    /// From one byte to another, both included.
    case between(Int, Int)
    /// From a byte to the end.
    case from(Int)
    /// The last bytes.
    case last(Int)

    /// Reads a field's value; nil for another unit, several ranges or a malformed one, which are to be ignored.
    public init?(parsing text: String) {
        let parts = text.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, String(parts[0]).trimmed.equalsIgnoringASCIICase("bytes") else { return nil }
        let bounds = parts[1].trimmed.split(separator: "-", omittingEmptySubsequences: false)
        guard bounds.count == 2, bounds.allSatisfy({ $0.utf8.allSatisfy(\.isDigit) && $0.utf8.count < 19 }) else {
            return nil
        }
        switch (Int(bounds[0]), Int(bounds[1])) {
        case (let first?, let last?):
            guard first <= last else { return nil }
            self = .between(first, last)
        case (let first?, nil): self = .from(first)
        case (nil, let count?): self = .last(count)
        default: return nil
        }
    }

    /// The positions within content of `size` bytes; nil when none lies in the range, which answers 416.
    public func bounds(in size: Int) -> Range<Int>? {
        switch self {
        case .between(let first, let last): first < size ? first..<min(size, last + 1) : nil
        case .from(let first): first < size ? first..<size : nil
        case .last(let count): count > 0 && size > 0 ? max(0, size - count)..<size : nil
        }
    }
}
