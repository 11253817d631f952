extension JSONValue {
    /// Parses a whole text; see `JSONReader` for what is refused.
    public init(parsing bytes: [UInt8], maximumDepth: Int = 128) throws(JSONError) {
        var reader = JSONReader(bytes, maximumDepth: maximumDepth)
        self = try reader.readValue()
        try reader.finish()
    }

    /// Parses a whole text.
    public init(parsing text: String, maximumDepth: Int = 128) throws(JSONError) {
        try self.init(parsing: Array(text.utf8), maximumDepth: maximumDepth)
    }
}

extension JSONReader {
    /// Takes the next value as a tree.
    public mutating func readValue() throws(JSONError) -> JSONValue {
        switch try peekKind() {
        case .null:
            _ = try takeNull()
            return .null
        case .bool:
            return .bool(try readBool())
        case .string:
            return .string(try readString())
        case .number:
            let token = try scanNumber()
            // Minus zero has no integer of its own.
            if let integer = token.integer, integer != 0 || token.range.count == 1 { return .integer(integer) }
            return .number(try double(token.range))
        case .array:
            var elements: [JSONValue] = []
            try beginArray()
            while try nextElement() { elements.append(try readValue()) }
            return .array(elements)
        case .object:
            var object = JSONObject()
            try beginObject()
            while let key = try nextKey() { object.append(key, try readValue()) }
            return .object(object)
        }
    }
}
