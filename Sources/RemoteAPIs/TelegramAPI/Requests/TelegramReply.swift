public import JSON

/// The answer to a call that worked, not yet read.
public struct TelegramReply: Sendable {
    /// The whole answer.
    public let body: [UInt8]
    /// The place of the result in the answer.
    let resultOffset: Int

    private static let keys = JSONKeyTable("ok result")

    /// Makes a reply from a result in JSON, for interceptors that answer by themselves.
    public init(result: [UInt8]) {
        body = result
        resultOffset = 0
    }

    /// Reads the envelope; nil if the answer does not say `"ok":true` or is cut short.
    init?(answer: [UInt8]) {
        var reader = JSONReader(answer)
        do {
            guard let offset = try Self.locate(&reader) else { return nil }
            body = answer
            resultOffset = offset
        } catch {
            return nil
        }
    }

    private static func locate(_ reader: inout JSONReader) throws(JSONError) -> Int? {
        var isOK = false
        var offset: Int?
        try reader.beginObject()
        while let field = try reader.nextKey(in: keys) {
            switch field {
            case 0: isOK = try reader.readBool()
            case 1:
                offset = reader.offset
                try reader.skipValue()
            default: try reader.skipValue()
            }
        }
        try reader.finish()
        return isOK ? offset : nil
    }

    /// The result as a tree.
    public func result() throws(JSONError) -> JSONValue {
        var reader = JSONReader(body, from: resultOffset)
        return try reader.readValue()
    }

    /// Reads the result as a method's type.
    public func decode<T: TelegramDecodable>(_ type: T.Type = T.self) throws(JSONError) -> T {
        var reader = JSONReader(body, from: resultOffset)
        return try T(from: &reader)
    }
}
