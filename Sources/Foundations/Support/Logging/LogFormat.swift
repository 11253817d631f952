/// How records look in the log.
public enum LogFormat: String, Sendable, CaseIterable {
    /// One JSON object per line: `time`, `level`, `label`, `message`, then the fields.
    case json
    /// One line for people: time, level, label, message, then `key=value`.
    case text

    /// Words under which a value never prints, whatever it looks like.
    private static let secretNames: Set<String> = [
        "token", "bot_token", "api_key", "apikey", "authorization", "password", "secret", "secret_token",
        "database_url", "encryption_key",
    ]

    /// Writes one record as one line, secrets scrubbed and control characters escaped.
    func line(
        _ record: LogRecord, at time: Timestamp, redactor: Redactor, isColoured: Bool = false, into out: inout [UInt8]
    ) {
        let fields = record.fields.sorted { $0.key < $1.key }.map { key, value in
            (redactor.redact(key), Self.clean(value, named: key, redactor))
        }
        let message = redactor.redact(record.message)
        let label = redactor.redact(record.label)
        switch self {
        case .json: jsonLine(record.level, label, message, fields, time, &out)
        case .text: textLine(record.level, label, message, fields, time, isColoured, &out)
        }
        out.append(UInt8(ascii: "\n"))
    }

    private static func clean(_ value: LogValue, named name: String, _ redactor: Redactor) -> LogValue {
        guard case .string(let text) = value else { return value }
        return .string(secretNames.contains(name.lowercased()) ? "***" : redactor.redact(text))
    }

    private func jsonLine(
        _ level: LogLevel, _ label: String, _ message: String, _ fields: [(String, LogValue)], _ time: Timestamp,
        _ out: inout [UInt8]
    ) {
        out += "{\"time\":\"\(time.iso8601())\",\"level\":\"\(level.name)\",\"label\":".utf8
        LogEscape.json(label, into: &out)
        out += ",\"message\":".utf8
        LogEscape.json(message, into: &out)
        for (key, value) in fields {
            out.append(UInt8(ascii: ","))
            // A field must not overwrite what every record has.
            LogEscape.json(["time", "level", "label", "message"].contains(key) ? key + "_" : key, into: &out)
            out.append(UInt8(ascii: ":"))
            switch value {
            case .string(let text): LogEscape.json(text, into: &out)
            case .number(let number) where !number.isFinite: LogEscape.json("\(number)", into: &out)
            default: out += value.plain.utf8
            }
        }
        out.append(UInt8(ascii: "}"))
    }

    private func textLine(
        _ level: LogLevel, _ label: String, _ message: String, _ fields: [(String, LogValue)], _ time: Timestamp,
        _ isColoured: Bool, _ out: inout [UInt8]
    ) {
        let (colour, dim, plain) = isColoured ? (level.colour, "\u{1B}[2m", "\u{1B}[0m") : ("", "", "")
        let name = level.name.uppercased() + String(repeating: " ", count: 7 - level.name.utf8.count)
        out += "\(dim)\(time.iso8601())\(plain) \(colour)\(name)\(plain) ".utf8
        LogEscape.text(label, into: &out)
        out += ": ".utf8
        LogEscape.text(message, into: &out)
        for (key, value) in fields {
            out += " \(dim)".utf8
            LogEscape.text(key, into: &out)
            out += "=\(plain)".utf8
            if case .string(let text) = value, text.isEmpty || text.contains(where: { " \"=".contains($0) }) {
                LogEscape.json(text, into: &out)
            } else {
                LogEscape.text(value.plain, into: &out)
            }
        }
    }
}

extension LogLevel {
    fileprivate var colour: String {
        switch self {
        case .debug: "\u{1B}[2m"
        case .info: "\u{1B}[32m"
        case .notice: "\u{1B}[36m"
        case .warning: "\u{1B}[33m"
        case .error: "\u{1B}[31m"
        }
    }
}

extension LogValue {
    /// The value without quotes; lengths of time in milliseconds.
    var plain: String {
        switch self {
        case .string(let text): text
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .bool(let value): "\(value)"
        case .duration(let value): "\((value.inSeconds * 1_000_000).rounded() / 1000)"
        }
    }
}

/// Makes any text safe inside one line of a log.
enum LogEscape {
    private static let digits = Array("0123456789abcdef".utf8)

    static func json(_ text: String, into out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        escape(text, alsoQuotes: true, into: &out)
        out.append(UInt8(ascii: "\""))
    }

    /// A line break in a message would let its author write log lines of his own.
    static func text(_ text: String, into out: inout [UInt8]) { escape(text, alsoQuotes: false, into: &out) }

    private static func escape(_ text: String, alsoQuotes: Bool, into out: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\n"): out += "\\n".utf8
            case UInt8(ascii: "\r"): out += "\\r".utf8
            case UInt8(ascii: "\t"): out += "\\t".utf8
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                if alsoQuotes { out.append(UInt8(ascii: "\\")) }
                out.append(byte)
            case 0..<0x20, 0x7F:
                out += "\\u00".utf8
                out.append(digits[Int(byte >> 4)])
                out.append(digits[Int(byte & 15)])
            default: out.append(byte)
            }
        }
    }
}
