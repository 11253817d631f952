/// The text form of payloads: `tag:field,field`, whole numbers in base 36, `~` for nil.
enum CallbackCoding {
    /// Most bytes of callback data (Bot API, InlineKeyboardButton).
    static let limit = 64

    static func encode<Payload: Encodable>(_ payload: Payload, tag: String) throws(CallbackPayloadError) -> String {
        let encoder = CompactEncoder()
        do {
            try payload.encode(to: encoder)
        } catch {
            throw .unsupported(type: "\(Payload.self)", "\(error)")
        }
        let data = encoder.fields.isEmpty ? tag : tag + ":" + encoder.fields.joined(separator: ",")
        guard data.utf8.count <= limit else { throw .tooLong(type: "\(Payload.self)", bytes: data.utf8.count) }
        return data
    }

    static func decode<Payload: Decodable>(
        _ type: Payload.Type, tag: String, from data: String
    ) throws(CallbackPayloadError) -> Payload? {
        let (found, fields) = split(data)
        guard found == tag else { return nil }
        let decoder = CompactDecoder(fields: fields)
        do {
            let payload = try Payload(from: decoder)
            guard decoder.isAtEnd else { throw CallbackPayloadError.stale(type: "\(type)") }
            return payload
        } catch {
            throw .stale(type: "\(type)")
        }
    }

    /// The tag alone: what stands before the first colon.
    static func tag(of data: String) -> Substring {
        data.prefix { $0 != ":" }
    }

    private static func split(_ data: String) -> (tag: String, fields: [String]) {
        guard let colon = data.firstIndex(of: ":") else { return (data, []) }
        var fields: [String] = []
        var field = ""
        var isEscaped = false
        for character in data[data.index(after: colon)...].unicodeScalars {
            if isEscaped {
                // The backslash of a literal tilde stays, to tell it from nil.
                if character == "~" { field += "\\" }
                field.unicodeScalars.append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "," {
                fields.append(field)
                field = ""
            } else {
                field.unicodeScalars.append(character)
            }
        }
        return (String(data[..<colon]), fields + [field])
    }
}
