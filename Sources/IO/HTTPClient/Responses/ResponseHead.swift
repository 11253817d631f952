import HTTP

/// The status line and header fields of an answer.
struct ResponseHead {
    let version: String
    let status: HTTPStatus
    let fields: HTTPFields

    /// Takes apart what libcurl has already checked: lines that end in CR LF or LF, the first a status line.
    init(_ bytes: [UInt8]) {
        status = HTTPStatus(rawValue: Self.status(in: bytes))
        version = String(decoding: bytes.prefix { $0 != 0x20 && $0 != 0x0D && $0 != 0x0A }, as: UTF8.self)
        var fields = HTTPFields()
        var isFirst = true
        for line in bytes.split(separator: 0x0A) {
            if isFirst {
                isFirst = false
                continue
            }
            guard let colon = line.firstIndex(of: 0x3A) else { continue }
            fields.append(
                String(decoding: line[..<colon], as: UTF8.self),
                String(decoding: Self.trimmed(line[(colon + 1)...]), as: UTF8.self))
        }
        self.fields = fields
    }

    /// The three digits after the first space, 0 if they are not there.
    static func status(in bytes: [UInt8]) -> Int {
        guard let space = bytes.firstIndex(of: 0x20) else { return 0 }
        var status = 0
        for byte in bytes[(space + 1)...].prefix(3) {
            guard byte >= 0x30, byte <= 0x39 else { return 0 }
            status = status * 10 + Int(byte - 0x30)
        }
        return status
    }

    private static func trimmed(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        var rest = value.drop(while: isSpace)
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        return rest
    }
}
