/// Splits a multipart body (RFC 7578) as it comes, keeping no more of it than a delimiter.
struct MultipartStream {
    enum Event {
        /// A part begins; `nil` where its head says no name, and its bytes go nowhere.
        case part(MultipartReader.Head?)
        case bytes(ArraySlice<UInt8>)
        /// The part is whole.
        case end
    }

    private enum State { case preamble, afterDelimiter, head, body, over }

    /// Larger heads are not those of a form.
    private static let maximumHead = 1 << 16

    private let delimiter: [UInt8]
    private var state = State.preamble
    private var pending: [UInt8]

    init(boundary: String) {
        delimiter = [0x0D, 0x0A] + Array("--\(boundary)".utf8)
        // A body may begin with its first delimiter, before which no line ends.
        pending = [0x0D, 0x0A]
    }

    /// Takes the next bytes and tells what they make.
    mutating func take(_ chunk: [UInt8], _ sink: (Event) throws -> Void) rethrows {
        pending += chunk
        var start = 0
        loop: while state != .over {
            switch state {
            case .preamble, .body:
                let found = find(delimiter, from: start)
                // What might be the beginning of a delimiter waits for more.
                let end = found ?? max(start, pending.count - delimiter.count + 1)
                if state == .body, end > start { try sink(.bytes(pending[start..<end])) }
                start = end
                guard found != nil else { break loop }
                if state == .body { try sink(.end) }
                start += delimiter.count
                state = .afterDelimiter
            case .afterDelimiter:
                guard pending.count >= start + 2 else { break loop }
                if pending[start] == 0x2D, pending[start + 1] == 0x2D {
                    state = .over
                    break loop
                }
                guard let line = pending[start...].firstIndex(of: 0x0A) else {
                    if pending.count - start > Self.maximumHead { state = .over }
                    break loop
                }
                // The end of the line may be that of an empty head too.
                start = line > start && pending[line - 1] == 0x0D ? line - 1 : line
                state = .head
            case .head:
                guard let end = find([0x0D, 0x0A, 0x0D, 0x0A], from: start) else {
                    if pending.count - start > Self.maximumHead { state = .over }
                    break loop
                }
                let head = String(decoding: pending[start..<end], as: UTF8.self)
                start = end + 4
                // A delimiter may follow at once, with the line's end that the head took.
                if isDelimiterNext(start) { start -= 2 }
                try sink(.part(MultipartReader.head(head)))
                state = .body
            case .over: break loop
            }
        }
        pending.removeFirst(min(start, pending.count))
    }

    private func isDelimiterNext(_ start: Int) -> Bool {
        pending[start...].starts(with: delimiter.dropFirst(2))
    }

    private func find(_ needle: [UInt8], from start: Int) -> Int? {
        let last = pending.count - needle.count
        guard start <= last else { return nil }
        return unsafe pending.withUnsafeBufferPointer { bytes in
            unsafe needle.withUnsafeBufferPointer { needle in
                var index = start
                while index <= last {
                    if unsafe bytes[index] == needle[0] {
                        var matched = 1
                        while matched < needle.count, unsafe bytes[index + matched] == needle[matched] { matched += 1 }
                        if matched == needle.count { return index }
                    }
                    index += 1
                }
                return nil
            }
        }
    }
}
