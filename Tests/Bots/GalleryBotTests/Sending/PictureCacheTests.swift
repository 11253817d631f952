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

@Suite struct PictureCacheTests {
    private func picture(_ bytes: Int) -> PhotoContent {
        PhotoContent(bytes: [UInt8](repeating: 1, count: bytes), mediaType: "image/jpeg", fileName: "a.jpg")
    }

    @Test func `what was used longest ago goes first`() {
        let cache = PictureCache(limit: 100, maximumAge: .seconds(60), time: ManualTime(now: Timestamp(seconds: 0)))
        for key in ["a", "b", "c"] { cache.store(picture(30), for: key) }
        #expect(cache["a"] != nil)
        cache.store(picture(30), for: "d")
        #expect(cache["b"] == nil && cache["a"] != nil && cache["c"] != nil && cache["d"] != nil)
        #expect(cache.bytes == 90)
    }

    @Test func `nothing that would fill it alone is kept, and the same twice counts once`() {
        let cache = PictureCache(limit: 100, maximumAge: .seconds(60), time: ManualTime(now: Timestamp(seconds: 0)))
        cache.store(picture(51), for: "a")
        #expect(cache["a"] == nil && cache.bytes == 0)
        cache.store(picture(40), for: "b")
        cache.store(picture(20), for: "b")
        #expect(cache.bytes == 20)
        cache.remove("b")
        #expect(cache.bytes == 0)
    }

    @Test func `what is old is gone`() {
        let time = ManualTime(now: Timestamp(seconds: 0))
        let cache = PictureCache(limit: 100, maximumAge: .seconds(60), time: time)
        cache.store(picture(10), for: "a")
        time.advance(by: .seconds(59))
        #expect(cache["a"] != nil)
        time.advance(by: .seconds(1))
        #expect(cache["a"] == nil && cache.bytes == 0)
    }
}
