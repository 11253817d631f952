import ServiceSimulators
import Support
import TelegramAPI
import TelegramSimulator
import Testing

@testable import GalleryBot

/// Photos that come by themselves, on a clock that the test turns.
@Suite(.timeLimit(.minutes(2))) struct ScheduleTests {
    private let bot = GalleryScene.botID
    /// 2026-03-02, a Monday, 08:30 in Berlin.
    private let monday = Timestamp(seconds: 1_772_436_600)
    private let settings = GallerySettings(
        allowedUsers: [501, 502], schedule: .init(cron: "0 9 * * 1-5", zone: "Europe/Berlin"))

    @Test func `at nine on a weekday everybody on the list gets a photo`() async throws {
        let time = ManualTime(now: monday)
        try await GalleryScene.play(settings: settings, time: time) { scene in
            for person in [scene.alice, scene.boris] {
                try await person.say("/start", to: bot)
                #expect(try await person.next(from: bot).text.contains("0 9 * * 1-5"))
            }
            await scene.turn(time, by: .seconds(31 * 60))
            #expect(try await scene.alice.next(from: bot).media != nil)
            #expect(try await scene.boris.next(from: bot).media != nil)
        }
    }

    @Test func `a photo by schedule speaks the language of whom it is for`() async throws {
        var library = StashLibrary()
        let time = ManualTime(now: monday)
        library.images = try StashLibrary.samples(modified: monday).images.filter { $0.title == nil }
        try await GalleryScene.play(settings: settings, library: library, time: time) { scene in
            try await scene.boris.say("/start", to: bot)
            _ = try await scene.boris.next(from: bot)
            await scene.turn(time, by: .seconds(31 * 60))
            #expect(try await scene.boris.next(from: bot).text.contains("Случайное фото"))
        }
    }

    @Test func `somebody who has not started the bot is no trouble for the others`() async throws {
        let time = ManualTime(now: monday)
        try await GalleryScene.play(settings: settings, time: time) { scene in
            try await scene.alice.say("/start", to: bot)
            _ = try await scene.alice.next(from: bot)
            await scene.turn(time, by: .seconds(31 * 60))
            #expect(try await scene.alice.next(from: bot).media != nil)
        }
    }

    @Test func `a schedule that is taken away is forgotten`() async throws {
        try await GalleryScene.play(settings: settings, time: ManualTime(now: monday)) { scene in
            let before = try await scene.schedules()
            #expect(before == ["gallery.configured.501", "gallery.configured.502"])
            let other = try scene.bot(with: GallerySettings(allowedUsers: [501]))
            try await other.prepare(scene.queue)
            let after = try await scene.schedules()
            #expect(after == [])
        }
    }

    @Test(arguments: ["0 9 30 2 *", "61 * * * *", "0 9 * *", "@reboot", "0 9 L * *"])
    func `a schedule that can never be stops the start`(cron: String) async throws {
        await #expect(throws: CronError.self) {
            try await GalleryScene.play(
                settings: GallerySettings(allowedUsers: [501], schedule: .init(cron: cron, zone: "UTC"))
            ) { _ in }
        }
    }
}
