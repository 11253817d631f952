import Support

extension OptionType<String> {
    /// Any text that is not empty.
    static let text = scalar("text", example: "some text", show: { $0 }) { (text) throws(ValueFault) in
        guard !text.isEmpty else { throw ValueFault() }
        return text
    }

    /// A file or folder; `~/` is the home folder.
    static let path = scalar("a path", example: "data/quartet.log", show: { $0 }) { (text) throws(ValueFault) in
        guard !text.isEmpty, !text.contains("\0") else { throw ValueFault() }
        return Environment.expandingHome(text)
    }

    /// The address of a web server, without the slash at the end.
    static let webAddress = scalar(
        "a web address", example: "http://127.0.0.1:9999", show: { $0 }
    ) { (text) throws(ValueFault) in
        let rest = text.hasPrefix("https://") ? text.dropFirst(8) : text.hasPrefix("http://") ? text.dropFirst(7) : ""
        guard let first = rest.first, first != "/", !text.contains(where: \.isWhitespace) else { throw ValueFault() }
        guard !rest.prefix(while: { $0 != "/" }).contains("@") else {
            throw ValueFault(reason: "a user name or password must not stand in the address")
        }
        var address = text
        while address.last == "/" { address.removeLast() }
        return address
    }

    /// A host name or an IP address to listen on.
    static let host = scalar("a host", example: "127.0.0.1", show: { $0 }) { (text) throws(ValueFault) in
        guard !text.isEmpty, text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || ".-:".contains($0)) })
        else {
            throw ValueFault()
        }
        return text
    }
}

extension OptionType<Secret> {
    /// A text that is never shown.
    static let secret = scalar(
        "a secret", example: "…", show: { $0.isEmpty ? "not set" : "***" }
    ) { (text) throws(ValueFault) in
        guard !text.isEmpty else { throw ValueFault() }
        return Secret(text)
    }

    /// A word that a person types.
    static let password = scalar(
        "at least 10 characters", example: "…", show: { $0.isEmpty ? "not set" : "***" }
    ) { (text) throws(ValueFault) in
        guard text.count >= 10 else { throw ValueFault() }
        return Secret(text)
    }

    /// What BotFather gives for a bot.
    static let botToken = scalar(
        "a bot token from @BotFather", example: "123456789:AA…", show: { $0.isEmpty ? "not set" : "***" }
    ) { (text) throws(ValueFault) in
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[0].allSatisfy({ $0.isASCII && $0.isNumber }),
            parts[1].count >= 3,
            parts[1].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") })
        else { throw ValueFault() }
        return Secret(text)
    }

    /// What Telegram allows for a webhook's secret: 1 to 256 of `A-Z a-z 0-9 _ -`.
    static let webhookSecret = scalar(
        "1 to 256 letters, digits, _ or -", example: "…", show: { $0.isEmpty ? "not set" : "***" }
    ) { (text) throws(ValueFault) in
        guard (1...256).contains(text.utf8.count),
            text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") })
        else { throw ValueFault() }
        return Secret(text)
    }
}

extension OptionType<Int> {
    /// A whole number within bounds.
    static func integer(in range: ClosedRange<Int>, example: Int) -> OptionType {
        let bound =
            range.upperBound == .max ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
        return scalar(
            "a whole number, \(bound)", example: "\(example)", allowsQuotes: false, show: { "\($0)" }
        ) { (text) throws(ValueFault) in
            guard let value = decimal(text), range.contains(value) else { throw ValueFault() }
            return value
        }
    }

    /// A TCP port; 0 takes a free one.
    static let port = integer(in: 0...65_535, example: 8000)

    /// A size in bytes, with `KB`, `MB` or `GB` (of 1024) behind the number where wanted.
    static let byteCount = scalar(
        "a size", example: "10MB", show: { $0.isMultiple(of: 1 << 20) ? "\($0 >> 20)MB" : "\($0)" }
    ) { (text) throws(ValueFault) in
        let units = [("KB", 1 << 10), ("MB", 1 << 20), ("GB", 1 << 30), ("B", 1)]
        let written = text.uppercased().filter { $0 != " " }
        let (suffix, unit) = units.first { written.hasSuffix($0.0) } ?? ("", 1)
        guard let count = decimal(String(written.dropLast(suffix.count))), count >= 1,
            case (let bytes, false) = count.multipliedReportingOverflow(by: unit)
        else { throw ValueFault() }
        return bytes
    }
}

/// Reads a decimal number without signs of other notations; underscores, octal and hexadecimal mislead.
private func decimal(_ text: String) -> Int? {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }), digits == "0" || digits.first != "0" else {
        return nil
    }
    return Int(text)
}

extension OptionType<Bool> {
    /// True or false, in the words of YAML 1.1.
    static let flag = OptionType(
        expectation: "true or false", example: "true",
        fromNode: { (node) throws(ValueFault) in
            guard case .scalar(let text, true) = node.content else { throw ValueFault() }
            return try boolean(text)
        },
        fromText: { (text) throws(ValueFault) in
            if text == "1" || text == "0" { return text == "1" }
            return try boolean(text)
        }, show: { "\($0)" })

    private static func boolean(_ text: String) throws(ValueFault) -> Bool {
        switch text.lowercased() {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default: throw ValueFault()
        }
    }
}

extension OptionType<Duration> {
    /// A length of time: a number with `ms`, `s`, `m`, `h` or `d`.
    static let duration = scalar("a length of time", example: "30s", show: show) { (text) throws(ValueFault) in
        let units: [(String, Duration)] = [
            ("ms", .milliseconds(1)), ("s", .seconds(1)), ("m", .seconds(60)), ("h", .seconds(3600)),
            ("d", .seconds(86_400)),
        ]
        let written = text.filter { $0 != " " }
        guard let (suffix, unit) = units.first(where: { written.hasSuffix($0.0) }),
            let count = decimal(String(written.dropLast(suffix.count))), (1...1_000_000).contains(count)
        else { throw ValueFault() }
        return unit * count
    }

    private static func show(_ value: Duration) -> String {
        let milliseconds = value.microseconds / 1000
        return milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
    }
}

extension OptionType<CronExpression> {
    /// A schedule in five fields.
    static let schedule = scalar(
        "a schedule of five fields", example: "0 9 * * *", show: { $0.text }
    ) { (text) throws(ValueFault) in
        do throws(CronError) {
            return try CronExpression(text)
        } catch {
            throw ValueFault(reason: error.english)
        }
    }
}

extension OptionType<TimeZoneRules> {
    /// An IANA time zone.
    static let timeZone = scalar("a time zone", example: "Europe/Berlin", show: { $0.name }) {
        (text) throws(ValueFault) in
        do throws(TimeZoneError) {
            // POSIX writes names of zones with a colon in front (`TZ=:Europe/Berlin`).
            return try .named(text.hasPrefix(":") ? String(text.dropFirst()) : text)
        } catch {
            throw ValueFault(reason: "\(error)")
        }
    }
}

extension OptionType<[Int64]> {
    /// User ids: a list in a file, separated by commas in the environment.
    static let userIDs = identifiers("a list of Telegram user ids", example: "[123456789]") {
        (text) throws(ValueFault) in
        guard let value = decimal(text), value > 0 else {
            throw ValueFault(reason: "“\(text.prefix(20))” is no user id; a user id is a number such as 123456789")
        }
        return Int64(value)
    }

    /// Numbers of groups and channels.
    static let chatIDs = identifiers("a list of Telegram chat ids", example: "[-1001234567890]") {
        (text) throws(ValueFault) in
        guard let value = decimal(text), value < 0 else {
            throw ValueFault(
                reason: "“\(text.prefix(20))” is no group's id; that is a number below zero such as -1001234567890")
        }
        return Int64(value)
    }

    private static func identifiers(
        _ expectation: String, example: String, _ id: @escaping @Sendable (String) throws(ValueFault) -> Int64
    ) -> OptionType {
        OptionType(
            expectation: expectation, example: example,
            fromNode: { (node) throws(ValueFault) in
                guard case .sequence(let items) = node.content else { throw ValueFault() }
                var ids: [Int64] = []
                for item in items {
                    guard case .scalar(let text, true) = item.content else { throw ValueFault() }
                    ids.append(try id(text))
                }
                return ids
            },
            fromText: { (text) throws(ValueFault) in
                var ids: [Int64] = []
                for part in text.split(separator: ",", omittingEmptySubsequences: true) {
                    ids.append(try id(String(part.filter { $0 != " " })))
                }
                return ids
            }, show: { $0.isEmpty ? "none" : $0.map(String.init).joined(separator: ", ") })
    }
}

extension OptionType {
    /// One of a few words.
    static func choice(_ words: [(String, Value)]) -> OptionType where Value: Equatable {
        let names = words.map(\.0)
        return scalar(
            "one of \(names.joined(separator: ", "))", example: names.first ?? "",
            show: { value in words.first { $0.1 == value }?.0 ?? "" }
        ) { (text) throws(ValueFault) in
            guard let word = words.first(where: { $0.0 == text.lowercased() }) else { throw ValueFault() }
            return word.1
        }
    }
}
