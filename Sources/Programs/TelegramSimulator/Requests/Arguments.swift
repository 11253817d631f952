/// A file that came with a request, already on disk.
struct Upload: Sendable, Equatable {
    var name: String
    var type: String?
    var path: String
    var size: Int
}

/// The arguments of a call, merged from query and body; the first of a name wins.
struct Arguments: Sendable {
    private(set) var values: [String: String] = [:]
    private(set) var files: [String: Upload] = [:]
    /// The names of values that are no UTF-8.
    private var malformed: Set<String> = []

    init() {}

    /// The fields of an object, as a method would have them.
    init(_ node: JSONNode) { add(json: node.bytes) }

    mutating func add(_ name: String, _ value: String, isMalformed: Bool = false) {
        guard values[name] == nil else { return }
        values[name] = value
        if isMalformed { malformed.insert(name) }
    }

    /// Adds a value from its bytes.
    mutating func add(_ name: String, bytes: [UInt8]) {
        if let value = String(validating: bytes, as: UTF8.self) { return add(name, value) }
        add(name, String(decoding: bytes, as: UTF8.self), isMalformed: true)
    }

    /// Refuses values that are no UTF-8.
    func checkEncoding() throws(APIError) {
        guard !malformed.isEmpty else { return }
        let isText = malformed.contains("text") || malformed.contains("caption")
        throw .badRequest("\(isText ? "text" : "strings") must be encoded in UTF-8")
    }

    mutating func add(_ name: String, file: Upload) {
        if files[name] == nil { files[name] = file }
    }

    /// About how many bytes the values take.
    var size: Int { values.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count } }

    /// The same arguments with each value made shorter.
    func shortened(_ shorten: (String) -> String) -> Self {
        var copy = self
        copy.values = values.mapValues(shorten)
        return copy
    }

    /// Adds a JSON body: a fault in it is no error, what was read before it counts.
    mutating func add(json body: [UInt8]) {
        var parser = JSONNodeParser(body)
        for argument in parser.arguments() { add(argument.name, argument.value, isMalformed: argument.isMalformed) }
    }

    /// Adds `a=b&c=d`, with `+` for a space.
    mutating func add(form text: String) {
        for item in text.utf8.split(separator: 0x26) {
            let pair = item.split(separator: 0x3D, maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(decoding: Self.decoded(pair[0]), as: UTF8.self)
            add(name, bytes: pair.count > 1 ? Self.decoded(pair[1]) : [])
        }
    }

    private static func decoded(_ text: Substring.UTF8View) -> [UInt8] {
        var bytes: [UInt8] = []
        var input = text[...]
        while let byte = input.popFirst() {
            if byte == "+" {
                bytes.append(0x20)
            } else if byte == "%", let high = hex(input.first), let low = hex(input.dropFirst().first) {
                bytes.append(high << 4 | low)
                input = input.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }

    private static func hex(_ byte: UInt8?) -> UInt8? {
        guard let byte else { return nil }
        if byte.isDigit { return byte - 0x30 }
        guard byte.isLetter, byte | 0x20 <= 0x66 else { return nil }
        return (byte | 0x20) - 0x61 + 10
    }

    // MARK: Reading

    subscript(name: String) -> String { values[name] ?? "" }

    func has(_ name: String) -> Bool { values[name] != nil }

    /// The text of an argument that a method cannot do without.
    func required(_ name: String) throws(APIError) -> String {
        let text = self[name]
        if text.isEmpty { throw .badRequest("parameter \"\(name)\" is required") }
        return text
    }

    /// The same arguments without one that a method does not read.
    func without(_ name: String) -> Self {
        var copy = self
        copy.values[name] = nil
        return copy
    }

    /// True for `true`, `yes` and `1` in any case, with spaces around.
    func bool(_ name: String) -> Bool { Self.isTrue(self[name]) }

    static func isTrue(_ text: String) -> Bool {
        let text = text.trimmingSpaces().lowercased()
        return text == "true" || text == "yes" || text == "1"
    }

    /// An integer read leniently (digits up to the first other character) and moved into the range.
    func integer(_ name: String, default value: Int64 = 0, in range: ClosedRange<Int64>) -> Int64 {
        guard let text = values[name], !text.isEmpty else {
            return Swift.min(Swift.max(value, range.lowerBound), range.upperBound)
        }
        return Swift.min(Swift.max(Self.lenient(text), range.lowerBound), range.upperBound)
    }

    func int64(_ name: String) -> Int64 { Self.lenient(self[name]) }

    private static func lenient(_ text: String) -> Int64 {
        var digits = ""
        for byte in text.utf8 {
            guard byte.isDigit || (digits.isEmpty && byte == "-") else { break }
            digits.append(Character(Unicode.Scalar(byte)))
        }
        if let value = Int64(digits) { return value }
        return digits.utf8.count > 18 ? (digits.hasPrefix("-") ? .min : .max) : 0
    }

    /// The argument as JSON; `nil` where it is absent, empty or not JSON.
    func json(_ name: String) -> JSONNode? {
        guard let text = values[name], !text.isEmpty else { return nil }
        return JSONNode(text)
    }
}
