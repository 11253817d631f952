import Support
import Testing

@Suite struct CronTimetableTests {
    /// 2026-01-01T00:00:00Z, a Thursday.
    private let start = Timestamp(seconds: 1_767_225_600)

    @Test func `one expression is read as ever, and stored as ever`() throws {
        let timetable = try CronTimetable("  0 9  * * 1-5 ")
        #expect(timetable.text == "0 9 * * 1-5")
        #expect(timetable.next(after: start, in: .utc) == start + .seconds(9 * 3600))
    }

    @Test func `several expressions fire in turn, and once where they meet`() throws {
        let timetable = try CronTimetable("0 9 * * *; 30 21 * * * ;0 9 * * 4")
        #expect(timetable.text == "0 9 * * *; 30 21 * * *; 0 9 * * 4")
        let hours = timetable.upcoming(4, after: start, in: .utc).map { $0.since(start) / .seconds(3600) }
        #expect(hours == [9, 21.5, 33, 45.5])
    }

    @Test(arguments: [("0 9 * * *;", CronError.empty), ("", .empty), ("0 9 * * *; 0 9 30 2 *", .neverFires)])
    func `every expression must be one`(text: String, error: CronError) {
        #expect(throws: error) { try CronTimetable(text) }
    }
}
