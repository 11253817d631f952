import Support
import Testing

@testable import Jobs

@Suite struct ScheduleRuleTests {
    /// 2026-01-01T00:00:00Z, a Thursday.
    private static let start = Timestamp(seconds: 1_767_225_600)

    private func at(_ hours: Double) -> Timestamp { Self.start.adding(.seconds(hours * 3600)) }

    private func rule(_ cron: String, grace: Duration = .seconds(3600)) throws -> ScheduleRule {
        ScheduleRule(cron: try CronTimetable(cron), zone: .utc, grace: grace)
    }

    @Test func `before its time it makes nothing and waits for the same`() throws {
        let decision = try rule("0 9 * * *").decision(nextRun: at(9), lastRun: nil, now: at(8.9))
        #expect(decision == .init(due: nil, nextRun: at(9)))
    }

    @Test func `at its time it makes a job and goes on to the next`() throws {
        let decision = try rule("0 9 * * *").decision(nextRun: at(9), lastRun: nil, now: at(9))
        #expect(decision == .init(due: at(9), nextRun: at(33)))
    }

    @Test(arguments: [0.5, 0.99, 1.0])
    func `a missed time is made up for within the grace`(late: Double) throws {
        let decision = try rule("0 9 * * *").decision(nextRun: at(9), lastRun: nil, now: at(9 + late))
        #expect(decision == .init(due: at(9), nextRun: at(33)))
    }

    @Test func `a time missed for longer than the grace is skipped`() throws {
        let decision = try rule("0 9 * * *").decision(nextRun: at(9), lastRun: nil, now: at(10.1))
        #expect(decision == .init(due: nil, nextRun: at(33)))
    }

    @Test func `many missed times are made up for once, for the latest`() throws {
        let decision = try rule("0 9 * * *").decision(nextRun: at(9), lastRun: nil, now: at(24 * 30 + 9.5))
        #expect(decision == .init(due: at(24 * 30 + 9), nextRun: at(24 * 31 + 9)))
        let minutes = try rule("* * * * *", grace: .seconds(7 * 24 * 3600))
            .decision(nextRun: at(0), lastRun: nil, now: at(24 * 365.5))
        #expect(minutes == .init(due: at(24 * 365.5), nextRun: at(24 * 365.5).adding(.seconds(60))))
    }

    @Test func `a clock set back a little makes nothing twice`() throws {
        let rule = try rule("*/10 * * * *")
        // The job of 09:00 is made and 09:10 is next; the clock goes back to 08:55.
        let decision = rule.decision(nextRun: at(9).adding(.seconds(600)), lastRun: at(9), now: at(8.92))
        #expect(decision == .init(due: nil, nextRun: at(9).adding(.seconds(600))))
    }

    @Test func `a clock that was wrong by far starts afresh`() throws {
        let decision = try rule("0 9 * * *").decision(nextRun: at(24 * 400 + 9), lastRun: at(24 * 399 + 9), now: at(8))
        #expect(decision == .init(due: nil, nextRun: at(9)))
    }
}
