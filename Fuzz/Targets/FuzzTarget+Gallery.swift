import Support

@testable import GalleryBot

extension FuzzTarget {
    static let gallery = [
        FuzzTarget("phrases") { bytes in
            guard bytes.count < 400 else { return }
            let text = text(bytes)
            let now = Timestamp(seconds: 1_767_225_600)
            _ = try? PhotoFilter(parsing: text)
            _ = try? PhotoFilter.extracting(from: text)
            _ = try? SchedulePhrase(parsing: text)
            _ = try? PausePhrase.parse(text, now: now, in: .utc)
            // It looks into the zone files of the system.
            if bytes.count < 20 { _ = ZoneSearch.find(text, now: now) }
        }
    ]
}
