/// The names and values of a query or of a posted form, in order; a name may come more than once.
public struct QueryItems: Sendable, Equatable {
    /// One name and its value.
    public struct Item: Sendable, Equatable {
        /// The decoded name.
        public var name: String
        /// The decoded value, empty where there was no `=`.
        public var value: String

        /// Makes an item from decoded texts.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Every item in order.
    public private(set) var all: [Item]

    /// Makes an empty list.
    public init() { all = [] }

    /// Makes a list from decoded items.
    public init(_ items: [Item]) { all = items }

    /// Reads `a=1&b=x+y%21`; malformed escapes stay as they are, as browsers and servers have it.
    public init(parsing text: some StringProtocol) {
        all = []
        for piece in text.utf8.split(separator: UInt8(ascii: "&")) {
            let (name, value): (Substring, Substring)
            let part = Substring(String(decoding: piece, as: UTF8.self))
            if let equals = part.utf8.firstIndex(of: UInt8(ascii: "=")) {
                (name, value) = (part[..<equals], part[part.utf8.index(after: equals)...])
            } else {
                (name, value) = (part, "")
            }
            all.append(
                Item(
                    Percent.decodeLeniently(name, plusIsSpace: true),
                    Percent.decodeLeniently(value, plusIsSpace: true)))
        }
    }

    /// The first value under `name`.
    public subscript(name: String) -> String? { all.first { $0.name == name }?.value }

    /// Every value under `name`, in order.
    public func all(_ name: String) -> [String] { all.filter { $0.name == name }.map(\.value) }

    /// Whether there are no items.
    public var isEmpty: Bool { all.isEmpty }

    /// Adds an item.
    public mutating func append(_ name: String, _ value: String) { all.append(Item(name, value)) }

    /// The text for a URL's query: spaces as `%20`.
    public func encoded() -> String { joined(for: .queryComponent) }

    /// The text for a form's content: spaces as `+`.
    public func formEncoded() -> String { joined(for: .form) }

    private func joined(for place: Percent.Place) -> String {
        all.map { Percent.encode($0.name, for: place) + "=" + Percent.encode($0.value, for: place) }
            .joined(separator: "&")
    }
}

extension QueryItems: ExpressibleByDictionaryLiteral {
    /// Items written as `["name": "value"]`; a name may come twice.
    public init(dictionaryLiteral elements: (String, String)...) { all = elements.map { Item($0, $1) } }
}
