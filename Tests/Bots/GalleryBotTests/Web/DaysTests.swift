import Support
import Testing

@testable import GalleryBot

@Suite struct DaysTests {
    @Test func `days are as long as the clocks make them`() throws {
        // On 29 March 2026 the clocks of Berlin are put forward.
        let noon = try #require(Timestamp(iso8601: "2026-03-30T12:00:00+02:00"))
        let days = Days(3, until: noon, in: try .named("Europe/Berlin"))
        let lengths = zip(days.boundaries, days.boundaries.dropFirst()).map { $1.since($0) / .seconds(3600) }
        #expect(lengths == [24, 23, 24])
        #expect(days.first == CivilDate(year: 2026, month: 3, day: 28))
        #expect(days.index(of: days.start) == 0)
        #expect(days.index(of: days.start - .microseconds(1)) == nil)
        #expect(days.index(of: noon) == 2)
        #expect(days.index(of: noon + .seconds(365 * 86_400)) == 2)
        #expect(days.index(of: days.boundaries[1] - .microseconds(1)) == 0)
        #expect(days.index(of: days.boundaries[1]) == 1)
    }
}
