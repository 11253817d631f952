/// The tokens of a GraphQL text (specification, section 2.1).
struct GraphQLLexer {
    enum Kind: Sendable, Equatable {
        case punctuator(String)
        case name(String)
        case integer(String)
        case float(String)
        case string(String)
        case end
    }

    struct Token: Sendable {
        var kind: Kind
        var location: GraphQLLocation
    }

    private let text: [UInt8]
    private var offset = 0
    private var line = 1
    private var lineStart = 0

    init(_ source: String) {
        text = Array(source.utf8)
    }

    mutating func next() throws(GraphQLError) -> Token {
        skipIgnored()
        let location = GraphQLLocation(line: line, column: offset - lineStart + 1)
        guard offset < text.count else { return Token(kind: .end, location: location) }
        let byte = text[offset]
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
            return Token(kind: .name(take { Self.isNamePart($0) }), location: location)
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            return Token(kind: number(), location: location)
        case UInt8(ascii: "\""):
            return Token(kind: .string(try string(location)), location: location)
        case UInt8(ascii: "."):
            guard text[offset...].starts(with: "...".utf8) else {
                throw .parse("Unexpected character \".\"", location)
            }
            offset += 3
            return Token(kind: .punctuator("..."), location: location)
        case _ where "!$&()=:@[]{}|".utf8.contains(byte):
            offset += 1
            return Token(kind: .punctuator(String(UnicodeScalar(byte))), location: location)
        default:
            throw .parse("Cannot parse the unexpected character \"\(String(UnicodeScalar(byte)))\".", location)
        }
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private mutating func take(while condition: (UInt8) -> Bool) -> String {
        let start = offset
        while offset < text.count, condition(text[offset]) { offset += 1 }
        return String(decoding: text[start..<offset], as: UTF8.self)
    }

    /// White space, commas and comments carry no meaning.
    private mutating func skipIgnored() {
        while offset < text.count {
            switch text[offset] {
            case UInt8(ascii: "\n"):
                offset += 1
                line += 1
                lineStart = offset
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: ","): offset += 1
            case UInt8(ascii: "#"): while offset < text.count, text[offset] != UInt8(ascii: "\n") { offset += 1 }
            default: return
            }
        }
    }

    private mutating func number() -> Kind {
        let text = take {
            Self.isNamePart($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "+")
        }
        return text.contains { $0 == "." || $0 == "e" || $0 == "E" } ? .float(text) : .integer(text)
    }

    private mutating func string(_ location: GraphQLLocation) throws(GraphQLError) -> String {
        offset += 1
        var bytes: [UInt8] = []
        while offset < text.count, text[offset] != UInt8(ascii: "\"") {
            var byte = text[offset]
            guard byte != UInt8(ascii: "\n") else { break }
            if byte == UInt8(ascii: "\\"), offset + 1 < text.count {
                offset += 1
                switch text[offset] {
                case UInt8(ascii: "n"): byte = UInt8(ascii: "\n")
                case UInt8(ascii: "t"): byte = UInt8(ascii: "\t")
                case UInt8(ascii: "r"): byte = UInt8(ascii: "\r")
                default: byte = text[offset]
                }
            }
            bytes.append(byte)
            offset += 1
        }
        guard offset < text.count, text[offset] == UInt8(ascii: "\"") else {
            throw .parse("Unterminated string.", location)
        }
        offset += 1
        return String(decoding: bytes, as: UTF8.self)
    }
}
