import BotKit
import Support
import Testing

@testable import GalleryBot

@Suite struct ZoneSearchTests {
    /// 2026-03-02T07:30:00Z.
    private let now = Timestamp(seconds: 1_772_436_600)

    @Test(arguments: [
        ("Europe/Moscow", "Europe/Moscow"), ("europe/moscow", "Europe/Moscow"), ("EUROPE/MOSCOW", "Europe/Moscow"),
        ("america/new_york", "America/New_York"), ("America/Argentina/Ushuaia", "America/Argentina/Ushuaia"),
        ("Moscow", "Europe/Moscow"), ("москва", "Europe/Moscow"), ("Казань", "Europe/Moscow"),
        ("Санкт-Петербург", "Europe/Moscow"), ("санкт петербург", "Europe/Moscow"), ("new york", "America/New_York"),
        ("Los Angeles", "America/Los_Angeles"), ("Екатеринбург", "Asia/Yekaterinburg"),
        ("Reykjavik", "Atlantic/Reykjavik"),
        ("port-au-prince", "America/Port-au-Prince"), ("Dar es Salaam", "Africa/Dar_es_Salaam"),
        ("berl", "Europe/Berlin"),
        ("владив", "Asia/Vladivostok"), ("UTC", "UTC"), ("utc+3", "Etc/GMT-3"), ("+5", "Etc/GMT-5"),
        ("GMT-4", "Etc/GMT+4"), ("UTC+0", "UTC"),
    ])
    func `a zone is found by what people write`(text: String, zone: String) throws {
        guard case .zone(let found) = ZoneSearch.find(text, now: now) else {
            Issue.record("\(text): \(ZoneSearch.find(text, now: now))")
            return
        }
        #expect(found.name == zone)
    }

    @Test func `the time on one's clock gives the places that have it`() throws {
        guard case .several(let cities) = ZoneSearch.find("8:33", now: now) else {
            Issue.record("nothing was found")
            return
        }
        #expect(cities.contains { $0.zone == "Europe/Berlin" })
        let zones = try cities.map { try TimeZoneRules.named($0.zone) }
        #expect(zones.allSatisfy { $0.offset(at: now) == 3600 })
    }

    @Test func `several places are for a person to choose from`() {
        guard case .several(let cities) = ZoneSearch.find("ba", now: now) else {
            Issue.record("nothing was found")
            return
        }
        #expect(Set(["Baku", "Bangkok", "Bali", "Barcelona"]).isSubset(of: cities.map(\.english)))
    }

    @Test(arguments: ["", "Atlantis", "../etc/passwd", "Europe/../UTC", "utc+30", "25:00", "x", "Etc/Nowhere/", "🙂"])
    func `what is no place is none`(text: String) { #expect(ZoneSearch.find(text, now: now) == .none) }

    @Test func `every place of the table exists`() throws {
        #expect(ZoneSearch.cities.count > 100)
        for city in ZoneSearch.cities {
            _ = try TimeZoneRules.named(city.zone)
            #expect(!city.english.isEmpty && !city.russian.isEmpty)
        }
        #expect(ZoneSearch.common(in: .english).count == 15)
        #expect(ZoneSearch.common(in: .russian).count == 15)
    }
}
