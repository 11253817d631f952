/// The members of a JSON object, in order.
///
/// A key met twice keeps both members; looking up gives the last.
public struct JSONObject: Sendable, ExpressibleByDictionaryLiteral {
    /// One key with its value.
    public struct Member: Sendable {
        /// The key.
        public let key: String
        /// The value.
        public var value: JSONValue
    }

    /// All members in order.
    public private(set) var members: [Member]

    /// Makes an object without members.
    public init() {
        members = []
    }

    /// Makes an object from a literal.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        members = elements.map { Member(key: $0.0, value: $0.1) }
    }

    /// The value of a key; setting nil removes the key.
    public subscript(key: String) -> JSONValue? {
        get { members.last { $0.key == key }?.value }
        set {
            guard let newValue else {
                members.removeAll { $0.key == key }
                return
            }
            guard let index = members.lastIndex(where: { $0.key == key }) else {
                members.append(Member(key: key, value: newValue))
                return
            }
            members[index].value = newValue
        }
    }

    /// The keys in order.
    public var keys: [String] { members.map(\.key) }

    /// Adds a member at the end without looking for the same key, which is what a parser wants.
    public mutating func append(_ key: String, _ value: JSONValue) {
        members.append(Member(key: key, value: value))
    }
}

extension JSONObject: RandomAccessCollection {
    /// The first member's position.
    public var startIndex: Int { members.startIndex }
    /// The position after the last member.
    public var endIndex: Int { members.endIndex }
    /// The member at a position.
    public subscript(position: Int) -> Member { members[position] }
}

extension JSONObject: Equatable {
    /// Objects are equal when they have the same keys with equal values, in any order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.count == right.count && left.allSatisfy { right[$0.key] == left[$0.key] }
    }
}
