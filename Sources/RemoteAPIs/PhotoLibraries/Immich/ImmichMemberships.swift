/// Which pictures have which labels, gathered label by label and asked for picture by picture.
///
/// A search tells neither the albums nor the tags of an asset, so each of them is searched for its assets. A picture
/// takes 24 bytes for each label.
struct ImmichMemberships {
    private struct Member {
        var high: UInt64
        var low: UInt64
        var label: Int32
    }

    private var members: [Member] = []
    private var isSorted = true

    /// Notes that a picture has a label; a picture whose identifier is no UUID is left out.
    mutating func note(_ id: String, _ label: Int32) {
        guard let (high, low) = Self.numbers(id) else { return }
        members.append(Member(high: high, low: low, label: label))
        isSorted = false
    }

    /// Must be called between the last `note` and the first `labels(of:)`.
    mutating func finish() {
        members.sort { ($0.high, $0.low, $0.label) < ($1.high, $1.low, $1.label) }
        isSorted = true
    }

    /// The labels of a picture in ascending order, each once.
    func labels(of id: String) -> [Int32] {
        assert(isSorted, "finish() was not called")
        guard !members.isEmpty, let (high, low) = Self.numbers(id) else { return [] }
        var start = 0
        var end = members.count
        while start < end {
            let middle = (start + end) / 2
            if (members[middle].high, members[middle].low) < (high, low) { start = middle + 1 } else { end = middle }
        }
        var labels: [Int32] = []
        for member in members[start...] {
            guard member.high == high, member.low == low else { break }
            if labels.last != member.label { labels.append(member.label) }
        }
        return labels
    }

    /// The two halves of a UUID.
    private static func numbers(_ id: String) -> (UInt64, UInt64)? {
        var halves: (UInt64, UInt64) = (0, 0)
        var digits = 0
        for byte in id.utf8 where byte != UInt8(ascii: "-") {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: return nil
            }
            if digits < 16 {
                halves.0 = halves.0 << 4 | UInt64(digit)
            } else {
                halves.1 = halves.1 << 4 | UInt64(digit)
            }
            digits += 1
        }
        return digits == 32 ? halves : nil
    }
}
