/// Header fields in their order, found by name without regard to case (RFC 9110, section 5).
///
/// A list rather than a table: a message has a handful of fields, and comparing a few short names is cheaper
/// than hashing them.
public struct HTTPFields: Sendable {
    /// One field line.
    public struct Field: Sendable, Equatable {
        /// The name as it was written.
        public var name: String
        /// The value without surrounding white space.
        public var value: String

        /// Makes a field line.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    private var lines: [Field]

    /// Makes an empty list.
    public init() { lines = [] }

    /// Makes a list from field lines.
    public init(_ fields: some Sequence<Field>) { lines = Array(fields) }

    /// The first value under `name`; setting replaces every line of that name, nil removes them.
    public subscript(name: String) -> String? {
        get {
            for line in lines where Self.equal(line.name, name) { return line.value }
            return nil
        }
        set {
            guard let newValue else {
                lines.removeAll { Self.equal($0.name, name) }
                return
            }
            guard let first = lines.firstIndex(where: { Self.equal($0.name, name) }) else {
                lines.append(Field(name: name, value: newValue))
                return
            }
            lines[first].value = newValue
            var index = lines.count - 1
            while index > first {
                if Self.equal(lines[index].name, name) { lines.remove(at: index) }
                index -= 1
            }
        }
    }

    /// Adds a line, keeping those of the same name.
    public mutating func append(_ name: String, _ value: String) { lines.append(Field(name: name, value: value)) }

    /// Makes room for `count` lines.
    public mutating func reserveCapacity(_ count: Int) { lines.reserveCapacity(count) }

    /// Every value under `name`, in order.
    public func all(_ name: String) -> [String] {
        lines.filter { Self.equal($0.name, name) }.map(\.value)
    }

    /// Whether a line of this name exists.
    public func contains(_ name: String) -> Bool { lines.contains { Self.equal($0.name, name) } }

    /// Whether one of the comma-separated members under `name` is `token`, without regard to case.
    public func hasToken(_ token: String, in name: String) -> Bool {
        for line in lines where Self.equal(line.name, name) {
            for member in line.value.utf8.split(separator: UInt8(ascii: ",")) {
                if Self.equal(String(Substring(member)).trimmed, token) { return true }
            }
        }
        return false
    }

    /// The value of `Content-Type`, where it can be understood.
    public var contentType: MediaType? { self["Content-Type"].flatMap(MediaType.init(parsing:)) }

    /// The value of `Content-Length`, where it is a whole number of bytes.
    public var contentLength: Int? {
        guard let text = self["Content-Length"], !text.isEmpty, text.utf8.allSatisfy(\.isDigit) else { return nil }
        return Int(text)
    }

    /// Whether a value can be sent: no control characters but tab, so that it cannot start a line of its own.
    public static func isValidValue(_ value: String) -> Bool {
        value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
    }

    /// Whether a name is a token (RFC 9110, section 5.6.2).
    public static func isValidName(_ name: String) -> Bool { !name.isEmpty && name.utf8.allSatisfy(\.isTokenCharacter) }

    private static func equal(_ left: String, _ right: String) -> Bool { left.equalsIgnoringASCIICase(right) }
}

extension HTTPFields: Equatable, RandomAccessCollection, ExpressibleByDictionaryLiteral {
    /// The position of the first line.
    public var startIndex: Int { 0 }
    /// The number of lines.
    public var endIndex: Int { lines.count }
    /// The line at a position.
    public subscript(position: Int) -> Field { lines[position] }

    /// Fields written as `["Name": "value"]`; a name may come twice.
    public init(dictionaryLiteral elements: (String, String)...) {
        lines = elements.map { Field(name: $0, value: $1) }
    }

    /// Whether both have the same lines in the same order, names compared without regard to case.
    public static func == (left: HTTPFields, right: HTTPFields) -> Bool {
        left.count == right.count && zip(left, right).allSatisfy { equal($0.name, $1.name) && $0.value == $1.value }
    }
}
