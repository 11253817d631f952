internal import Support

/// What a person said after `/every`: when photos come, how many, and which.
///
/// ```
/// day 10:00                      каждый день в 10:00
/// weekday 8:00 x3 fav            по будням в 8 утра
/// 3 hours                        каждые 2 часа с 9 до 21
/// 0 10 * * mon-fri silent        @daily
/// ```
struct SchedulePhrase: Equatable, Sendable {
    var times: ScheduleTimes
    /// Photos at once, 1 to 10.
    var count: Int
    /// Without a sound, whatever the chat says.
    var isSilent: Bool
    /// The words that say which photos, as written.
    var filterWords: [PhraseWord]

    static let counts = 1...10

    /// Reads a phrase, or says which word it did not understand.
    init(parsing text: String) throws(ScheduleFault) {
        let words = PhraseWord.words(of: text)
        guard let first = words.first else { throw .empty }
        var reader = SchedulePhraseReader()
        if let fields = Self.cronFields(in: words) {
            let expression: CronExpression
            do throws(CronError) {
                expression = try CronExpression(words.prefix(fields).map(\.text).joined(separator: " "))
            } catch {
                throw .cron(error)
            }
            guard !Self.isTooOften(expression) else { throw .tooOften(least: ScheduleTimes.leastMinutes) }
            times = .cron(expression)
            try reader.readOptions(words.dropFirst(fields))
        } else {
            try reader.read(words)
            times = try reader.times(first: first)
        }
        count = reader.count ?? 1
        isSilent = reader.isSilent
        filterWords = reader.filterWords
    }

    /// How many words at the start are meant as cron; nil where it is a plain phrase.
    private static func cronFields(in words: [PhraseWord]) -> Int? {
        guard let first = words.first?.text else { return nil }
        if first.hasPrefix("@"), first.count > 1 { return 1 }
        func isField(_ text: String) -> Bool { text.allSatisfy { "0123456789*/,-?#LW".contains($0) } }
        func isName(_ text: String) -> Bool { text.allSatisfy { $0.isASCII && ($0.isLetter || ",-".contains($0)) } }
        let leading = words.prefix { isField($0.text) }.count
        // “9 21 day” is none; “0 10 * *” is one with too few fields.
        guard leading >= 3 || (leading >= 2 && words.prefix(leading).contains { $0.text.contains("*") }) else {
            return nil
        }
        var fields = leading
        // Names of months and days may follow: jan,jul mon-fri.
        while fields < 5, fields < words.count, isField(words[fields].text) || isName(words[fields].text) {
            fields += 1
        }
        return fields
    }

    /// Whether two firings of a day, or of two days in a row, are closer together than allowed.
    private static func isTooOften(_ expression: CronExpression) -> Bool {
        // A day has at most 288 firings that are five minutes apart.
        let moments = expression.upcoming(300, after: Timestamp(seconds: 1_767_225_599), in: .utc)
        return zip(moments, moments.dropFirst()).contains { first, second in
            second.since(first) < .seconds(60 * ScheduleTimes.leastMinutes)
        }
    }
}
