import Support
import Testing

@Suite struct CronParsingTests {
    @Test(arguments: [
        "* * * * *", "0 9 * * *", "*/15 8-18 * * mon-fri", "0,30 9-17/2 1,15 jan,JUL 0", "5 4 * * sun", "0 0 29 2 *",
        "0 12 * * 1-5", "23 0-20/2 * * *", "0 0 * * 7", "0 0 * * 6-7", "5/20 * * * *", "0 0 */31 * *", "0 0 1 */12 *",
        "  0\t9  * * * ", "@daily", "@MIDNIGHT", "@hourly", "@weekly", "@monthly", "@yearly", "@annually",
        "0 0 30 2 mon", "0 0 31 4,5 *", "00 09 * * *", "0 0 * * */7", "5-5/1 * * * *",
    ])
    func `is accepted`(_ text: String) throws {
        _ = try CronExpression(text)
    }

    @Test(arguments: [
        ("", CronError.empty), ("   ", .empty),
        ("0 9 * *", .fieldCount(4)), ("0 0 9 * * *", .fieldCount(6)), ("0 0 9 * * * 2026", .fieldCount(7)),
        ("@reboot", .reboot), ("@Reboot", .reboot), ("@fortnightly", .unknownNickname("@fortnightly")),
        ("@daily 5", .unknownNickname("@daily 5")),
        ("0 0 L * *", .unsupportedSign("L", field: .day)), ("0 0 15W * *", .unsupportedSign("15W", field: .day)),
        ("0 0 LW * *", .unsupportedSign("LW", field: .day)), ("0 0 * * 5L", .unsupportedSign("5L", field: .weekday)),
        ("0 0 * * 5#2", .unsupportedSign("5#2", field: .weekday)),
        ("0 0 * * fri#2", .unsupportedSign("fri#2", field: .weekday)),
        ("0 0 ? * 1", .unsupportedSign("?", field: .day)),
        ("60 * * * *", .outOfRange(60, field: .minute)), ("0 24 * * *", .outOfRange(24, field: .hour)),
        ("0 0 0 * *", .outOfRange(0, field: .day)), ("0 0 32 * *", .outOfRange(32, field: .day)),
        ("0 0 1 13 *", .outOfRange(13, field: .month)), ("0 0 1 0 *", .outOfRange(0, field: .month)),
        ("0 0 * * 8", .outOfRange(8, field: .weekday)), ("0-60 * * * *", .outOfRange(60, field: .minute)),
        ("0 0 * * fri-mon", .backwardRange("fri-mon", field: .weekday)),
        ("0 0 1 nov-feb *", .backwardRange("nov-feb", field: .month)),
        ("0 20-8 * * *", .backwardRange("20-8", field: .hour)),
        ("*/0 * * * *", .badStep(0, field: .minute, largest: 59)),
        ("*/90 * * * *", .badStep(90, field: .minute, largest: 59)),
        ("0 */24 * * *", .badStep(24, field: .hour, largest: 23)),
        ("10-20/15 * * * *", .badStep(15, field: .minute, largest: 10)),
        ("x * * * *", .unreadable("x", field: .minute)), ("1,,2 * * * *", .unreadable("", field: .minute)),
        ("1- * * * *", .unreadable("1-", field: .minute)), ("-5 * * * *", .unreadable("-5", field: .minute)),
        ("1-2-3 * * * *", .unreadable("1-2-3", field: .minute)), ("*/ * * * *", .unreadable("*/", field: .minute)),
        ("*/2/3 * * * *", .unreadable("*/2/3", field: .minute)), ("*5 * * * *", .unreadable("*5", field: .minute)),
        ("0 0 * monday *", .unreadable("monday", field: .month)), ("0 0 * * jan", .unreadable("jan", field: .weekday)),
        ("1.5 * * * *", .unreadable("1.5", field: .minute)), ("٣ * * * *", .unreadable("٣", field: .minute)),
        ("99999999999999999999 * * * *", .unreadable("99999999999999999999", field: .minute)),
        ("0 0 30 2 *", .neverFires), ("0 0 31 2,4,6,9,11 *", .neverFires), ("0 0 30-31 feb */2", .neverFires),
    ])
    func `is refused with the reason`(_ text: String, _ reason: CronError) {
        #expect(throws: reason) { try CronExpression(text) }
        #expect(!reason.english.isEmpty)
        #expect(reason.russian.unicodeScalars.contains { (0x410...0x44F).contains($0.value) })
    }

    @Test func `names what to write instead`() {
        #expect(
            CronError.outOfRange(60, field: .minute).english
                == "60 is out of range in the minute field: 0 to 59 is possible.")
        #expect(
            CronError.backwardRange("fri-mon", field: .weekday).russian
                == "Диапазон «fri-mon» в поле «день недели» заканчивается раньше, чем начинается. "
                + "Запишите его двумя частями через запятую, например fri-sat,sun-mon.")
    }

    @Test func `keeps the text with single spaces`() throws {
        #expect(try CronExpression("  0   9 * * MON ").text == "0 9 * * MON")
    }
}
