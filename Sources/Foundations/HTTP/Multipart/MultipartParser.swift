/// Reads a form with files out of its bytes, wherever the chunks of the stream end (RFC 7578, RFC 2046 section 5.1).
///
/// A pure state machine that holds no more than a boundary's length, or the fields of one part.
public struct MultipartParser: Sendable {
    /// What the bytes say.
    public enum Event: Sendable, Equatable {
        /// A part begins.
        case part(Head)
        /// Some of the part's content.
        case content([UInt8])
        /// The part is complete.
        case partEnd
    }

    /// The fields of a part.
    public struct Head: Sendable, Equatable {
        /// The form field's name.
        public var name: String
        /// The file's name, nil for a plain field; an empty one is a file without a name.
        public var fileName: String?
        /// The content's type where one is given.
        public var contentType: MediaType?
        /// All fields of the part.
        public var fields: HTTPFields
    }

    /// Why the bytes are no form.
    public enum Failure: Error, Sendable, Equatable {
        /// The first line is not the boundary.
        case missingBoundary
        /// A part has no `Content-Disposition: form-data` with a name, or a malformed field.
        case malformedHead
        /// The fields of a part are longer than 16 KiB.
        case headTooLong
        /// The stream ended within a part.
        case incomplete
    }

    private enum Step {
        case preamble
        case afterBoundary
        case head
        case content
        case epilogue
    }

    private static let maximumHead = 16 * 1024

    /// CR LF and the boundary with its two dashes.
    private let delimiter: [UInt8]
    private var step = Step.preamble
    private var buffer: [UInt8] = [0x0D, 0x0A]  // the first boundary needs no line end before it

    /// Makes a parser for a boundary as the content type gives it.
    public init(boundary: MultipartBoundary) { delimiter = Array("\r\n--\(boundary.text)".utf8) }

    /// Whether the closing boundary has been seen.
    public var isComplete: Bool { step == .epilogue }

    /// Takes more bytes and returns what they say.
    public mutating func events(in bytes: [UInt8]) throws(Failure) -> [Event] {
        if step == .epilogue { return [] }
        buffer += bytes
        var events: [Event] = []
        while try advance(&events) {}
        return events
    }

    /// Throws when the stream is over too early.
    public func finish() throws(Failure) { if step != .epilogue { throw .incomplete } }

    private mutating func advance(_ events: inout [Event]) throws(Failure) -> Bool {
        switch step {
        case .preamble:
            guard let found = find(delimiter) else {
                if buffer.count > Self.maximumHead { throw .missingBoundary }
                return false
            }
            buffer.removeFirst(found + delimiter.count)
            step = .afterBoundary
        case .afterBoundary:
            // White space may follow a boundary, then a line end; two dashes close the form.
            guard buffer.count >= 2 else { return false }
            if buffer[0] == UInt8(ascii: "-"), buffer[1] == UInt8(ascii: "-") {
                buffer = []
                step = .epilogue
                return false
            }
            guard let end = find([0x0D, 0x0A]) else {
                if buffer.count > 256 { throw .missingBoundary }
                return false
            }
            guard buffer[..<end].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { throw .missingBoundary }
            buffer.removeFirst(end)  // the line end stays: a part without fields has an empty line right away
            step = .head
        case .head:
            guard let end = find([0x0D, 0x0A, 0x0D, 0x0A]) else {
                if buffer.count > Self.maximumHead { throw .headTooLong }
                return false
            }
            if end > Self.maximumHead { throw .headTooLong }
            events.append(.part(try Self.head(buffer[..<end])))
            buffer.removeFirst(end + 4)
            // An empty content's boundary has only the head's line end before it.
            buffer.insert(contentsOf: [0x0D, 0x0A], at: 0)
            step = .content
            isContentFresh = true
        case .content:
            return try takeContent(&events)
        case .epilogue:
            buffer = []
            return false
        }
        return true
    }

    /// The buffer starts with a line end that belongs to the head and not to the content.
    private var isContentFresh = false

    private mutating func takeContent(_ events: inout [Event]) throws(Failure) -> Bool {
        if let found = find(delimiter) {
            let start = isContentFresh ? min(2, found) : 0
            if isContentFresh, found == 0 {
                events.append(.partEnd)
            } else {
                if found > start { events.append(.content(Array(buffer[start..<found]))) }
                events.append(.partEnd)
            }
            buffer.removeFirst(found + delimiter.count)
            isContentFresh = false
            step = .afterBoundary
            return true
        }
        // What might be the beginning of a boundary waits for more.
        let safe = buffer.count - (delimiter.count - 1)
        guard safe > 0 else { return false }
        let start = isContentFresh ? 2 : 0
        guard safe > start else { return false }
        events.append(.content(Array(buffer[start..<safe])))
        buffer.removeFirst(safe)
        isContentFresh = false
        return false
    }

    private func find(_ needle: [UInt8]) -> Int? {
        guard buffer.count >= needle.count else { return nil }
        let first = needle[0]
        let last = buffer.count - needle.count
        var index = 0
        while index <= last {
            if buffer[index] == first {
                var offset = 1
                while offset < needle.count, buffer[index + offset] == needle[offset] { offset += 1 }
                if offset == needle.count { return index }
            }
            index += 1
        }
        return nil
    }

    private static func head(_ bytes: ArraySlice<UInt8>) throws(Failure) -> Head {
        var fields = HTTPFields()
        for line in bytes.split(whereSeparator: { $0 == 0x0D || $0 == 0x0A }) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { throw .malformedHead }
            let name = String(decoding: line[..<colon], as: UTF8.self)
            guard HTTPFields.isValidName(name) else { throw .malformedHead }
            fields.append(name, String(decoding: line[line.index(after: colon)...], as: UTF8.self).trimmed)
        }
        guard let disposition = fields["Content-Disposition"] else { throw .malformedHead }
        var scanner = ParameterScanner(disposition, quoting: .form)
        guard let kind = scanner.head(), kind.equalsIgnoringASCIICase("form-data") else { throw .malformedHead }
        var name: String?
        var fileName: String?
        var extendedName: String?
        while let (parameter, value) = scanner.next() {
            switch parameter {
            case "name": name = name ?? unescape(value)
            case "filename": fileName = fileName ?? unescape(value)
            case "filename*": extendedName = extended(value)
            default: break
            }
        }
        guard let name else { throw .malformedHead }
        return Head(
            name: name, fileName: fileName ?? extendedName, contentType: fields.contentType, fields: fields)
    }

    /// Undoes what browsers escape and nothing else: `%22`, `%0D`, `%0A`.
    private static func unescape(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        let source = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < source.count {
            if source[index] == UInt8(ascii: "%"), index + 2 < source.count,
                let high = source[index + 1].hexadecimalValue,
                let low = source[index + 2].hexadecimalValue, [0x22, 0x0D, 0x0A].contains(high << 4 | low)
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(source[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Reads `UTF-8''na%C3%AFve.txt` (RFC 8187), which the form standard forbids and some clients send.
    private static func extended(_ value: String) -> String? {
        let parts = value.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, String(parts[0]).equalsIgnoringASCIICase("utf-8") else { return nil }
        return Percent.decode(parts[2])
    }
}
