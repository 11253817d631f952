import PhotoLibraries
import Support
import Testing

@testable import GalleryBot

@Suite struct DayInYearsTests {
    private func snapshot(_ dates: [(year: Int, month: Int, day: Int)]) -> Catalogue.Snapshot {
        var builder = PhotoIndexBuilder(expected: dates.count)
        for (number, date) in dates.enumerated() {
            builder.append(
                PhotoIndexRow(
                    id: "\(number + 1)", date: CivilDate(year: date.year, month: date.month, day: date.day)))
        }
        return Catalogue.Snapshot(index: builder.finish(), gone: [])
    }

    private func found(
        _ dates: [(year: Int, month: Int, day: Int)], on day: (Int, Int, Int), reach: Int = 0
    ) -> [String] {
        DayInYears(
            around: CivilDate(year: day.0, month: day.1, day: day.2), reach: reach, in: snapshot(dates)
        ).photos.map(\.photoID)
    }

    @Test func `only this day counts, and only other years`() {
        let dates = [(2026, 11, 21), (2024, 11, 21), (2024, 11, 20), (2024, 10, 21), (2019, 11, 21), (2030, 11, 21)]
        #expect(found(dates, on: (2026, 11, 21)) == ["2", "5"])
    }

    @Test func `every year gets its turn, the last one first`() {
        let dates = [(2020, 5, 1), (2020, 5, 1), (2020, 5, 1), (2023, 5, 1), (2021, 5, 1), (2021, 5, 1)]
        let years = DayInYears(around: CivilDate(year: 2026, month: 5, day: 1), in: snapshot(dates)).photos.map(
            \.date.year)
        #expect(years == [2023, 2021, 2020, 2021, 2020, 2020])
    }

    @Test func `the 29th of February is remembered on the 28th of a common year`() {
        let dates = [(2024, 2, 29), (2023, 2, 28)]
        #expect(found(dates, on: (2026, 2, 28)) == ["1", "2"])
        #expect(found(dates, on: (2028, 2, 28)) == ["2"])
        #expect(found(dates, on: (2028, 2, 29)) == ["1"])
    }

    @Test func `days around it reach over the end of the year`() {
        let dates = [(2020, 12, 30), (2021, 1, 2), (2021, 1, 6), (2019, 12, 20)]
        #expect(Set(found(dates, on: (2026, 1, 1), reach: 3)) == ["1", "2"])
        #expect(Set(found(dates, on: (2026, 12, 31), reach: 3)) == ["1", "2"])
    }
}
