import BotKit
import Images
import JSON
import PhotoLibraries
import SQLiteStorage
import ServiceSimulators
import Storage
import Support
import TelegramAPI
import TelegramSimulator
import Testing

@testable import GalleryBot

@Suite struct PhotoInfoTests {
    private var info: PhotoInfo {
        PhotoInfo(
            photo: Photo(
                id: "1", title: "Dawn <b>", fileName: "DSC_1.jpg", galleries: [.init(id: "1", name: "Hills")],
                rating: 80, date: "2020-11-22", format: .jpeg, width: 4000, height: 3000, size: 3_450_000,
                fingerprint: "x"),
            exif: ExifFacts(
                camera: "NIKON D750", lens: "50mm f/1.8", exposure: 1 / 250, fNumber: 2.8, sensitivity: 100,
                focalLength: 50, takenAt: "2020-11-22 07:30:12",
                position: .init(latitude: 55.7522, longitude: -37.6156)),
            times: 2, last: "2026-11-01 10:00", today: CivilDate(year: 2026, month: 11, day: 21), showsPlace: true)
    }

    @Test func `everything that is known is told, in English`() {
        #expect(
            info.text(in: .english).text == """
                Dawn <b>
                📄 DSC_1.jpg
                🗓 22 November 2020 07:30 (5 years ago)
                📐 4000 × 3000 · 12 MP · 3.5 MB · JPEG
                📁 Hills
                ★★★★☆ 80/100
                📷 NIKON D750 · 50mm f/1.8
                ⚙️ 1/250 s · f/2.8 · ISO 100 · 50 mm
                📍 55.75220, -37.61560
                👁 shown here 2 times, last 2026-11-01 10:00
                """)
    }

    @Test func `and in Russian, with a comma`() {
        var info = info
        info.exif?.exposure = 2.5
        let text = info.text(in: .russian).text
        for part in [
            "22 ноября 2020 07:30 (5 лет назад)", "12 Мп · 3,5 МБ", "2,5 с · f/2,8", "50 мм",
            "показано здесь 2 раза, последний раз",
        ] { #expect(text.contains(part), "\(part) in \(text)") }
    }

    @Test func `a place is told only where it may be`() {
        var info = info
        info.showsPlace = false
        #expect(!info.text(in: .english).text.contains("📍"))
    }

    @Test func `nothing known leaves the name`() {
        let photo = Photo(id: "1", fileName: "a.jpg", fingerprint: "x")
        let info = PhotoInfo(
            photo: photo, times: 0, today: CivilDate(year: 2026, month: 1, day: 1), showsPlace: true)
        #expect(info.text(in: .english).text == "📄 a.jpg")
    }

    @Test(arguments: [(0, "0 B"), (999, "999 B"), (1500, "2 KB"), (3_450_000, "3.5 MB"), (50_000_000, "50 MB")])
    func `sizes are round`(bytes: Int, text: String) {
        #expect(PhotoInfo.bytes(bytes, in: .english) == text)
    }

    @Test func `a film tells its length and its kind`() {
        let photo = Photo(
            id: "1", fileName: "a.mp4", width: 320, height: 192, isMoving: true,
            clip: .init(duration: 62.4, container: "mp4", videoCodec: "h264"), fingerprint: "x")
        let info = PhotoInfo(
            photo: photo, times: 0, today: CivilDate(year: 2026, month: 1, day: 1), showsPlace: true)
        #expect(info.text(in: .english).text.contains("📐 320 × 192 · 1:02 · MP4/H264"))
    }
}
