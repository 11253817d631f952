import JSON
import Jobs
import SQLiteStorage
import ServiceSimulators
import Storage
import Support
import TelegramAPI
import TelegramSimulator
import Testing

@testable import GalleryBot

/// What comes by schedule, when, and how often, on a clock that the test turns.
@Suite(.timeLimit(.minutes(2)), .serialized) struct ScheduleDeliveryTests {
    private let bot = GalleryScene.botID
    /// 2026-03-02, a Monday, 08:30 in Berlin.
    private let monday = Timestamp(seconds: 1_772_436_600)
    private let settings = GallerySettings(allowedUsers: [501, 502], zone: "Europe/Berlin")
    private let chatPhoto = ChatPhoto.kind

    private func play(
        _ settings: GallerySettings? = nil, at start: Timestamp? = nil, library: StashLibrary? = nil,
        _ body: (GalleryScene, ManualTime) async throws -> Void
    ) async throws {
        let time = ManualTime(now: start ?? monday)
        try await GalleryScene.play(settings: settings ?? self.settings, library: library, time: time) { scene in
            try await body(scene, time)
        }
    }

    private func say(_ text: String, _ person: SimulatedPerson) async throws -> SimulatedMessage {
        try await person.say(text, to: bot)
        return try await person.next(from: bot)
    }

    /// Whether a job was put off until a moment, give or take the seconds in which the clock is turned.
    private func isSnoozed(_ event: JobEvent, until moment: Timestamp) -> Bool {
        guard case .snoozed(let until) = event.change else { return false }
        return abs(until.since(moment) / .seconds(1)) < 5
    }

    private func minutes(_ count: Int) -> Duration { .seconds(60 * count) }

    private func count(_ scene: GalleryScene) async throws -> Int {
        try await scene.database.read { try $0.value("SELECT COUNT(*) FROM sent_photos") ?? 0 }
    }

    private func jobs(_ scene: GalleryScene) async throws -> Int {
        try await scene.database.read {
            try $0.value("SELECT COUNT(*) FROM jobs WHERE kind = 'gallery.chat_photo'") ?? 0
        }
    }

    // MARK: On time

    @Test func `a chat's photo comes at its time, and the next day again`() async throws {
        try await play { scene, time in
            _ = try await say("/every day 9:00", scene.alice)
            await scene.turn(time, by: minutes(31))
            #expect(try await scene.alice.next(from: bot).media != nil)
            _ = await scene.jobs.next("completed", of: chatPhoto)
            await scene.turn(time, by: minutes(24 * 60))
            #expect(try await scene.alice.next(from: bot).media != nil)
            _ = await scene.jobs.next("completed", of: chatPhoto)
            let sent = try await scene.database.read { try $0.query("SELECT source, chat_id FROM sent_photos") }
            #expect(try sent.map { try $0.get("source", as: String.self) } == ["schedule", "schedule"])
        }
    }

    @Test func `a filter chooses, and silence is kept`() async throws {
        try await play { scene, time in
            _ = try await say("/every day 9:00 portrait silent", scene.alice)
            await scene.turn(time, by: minutes(31))
            let photo = try await scene.alice.next(from: bot)
            #expect(photo.media != nil)
            #expect(photo.view["silent"]?.boolValue == true)
        }
    }

    @Test func `three photos at once are three different ones`() async throws {
        try await play { scene, time in
            _ = try await say("/every day 9:00 x3", scene.alice)
            await scene.turn(time, by: minutes(31))
            for _ in 0..<3 { #expect(try await scene.alice.next(from: bot).media != nil) }
            _ = await scene.jobs.next("completed", of: chatPhoto)
            let sent: [String] = try await scene.database.read { try $0.values("SELECT image_id FROM sent_photos") }
            #expect(Set(sent).count == 3 && sent.count == 3)
        }
    }

    @Test func `P5: 1-5 is Monday to Friday, also where the configuration says it`() async throws {
        let settings = GallerySettings(
            allowedUsers: [501], schedule: .init(cron: "0 12 * * 1-5", zone: "Europe/Berlin"))
        try await play(settings) { scene, time in
            _ = try await say("/start", scene.alice)
            var days: [Int] = []
            let berlin = try TimeZoneRules.named("Europe/Berlin")
            for _ in 0..<7 {
                await scene.turn(time, by: minutes(24 * 60))
                // Each turn ends at 8:30 of the next day: what was due at noon is made up for.
                let date = CivilDate(daysSince1970: berlin.localTime(at: time.now).date.daysSince1970 - 1)
                if (1...5).contains(date.weekday) {
                    _ = await scene.jobs.next("completed", of: ScheduledPhoto.kind)
                    days.append(date.weekday)
                }
            }
            #expect(days == [1, 2, 3, 4, 5])
            #expect(try await count(scene) == 5)
            #expect(scene.jobs.count("started") == 5)
        }
    }

    @Test(arguments: ["0 10 * * 8", "0 10 30 2 *", "0 10 * *", "0 10 L * *"])
    func `P5: a broken schedule is told to whoever writes it, and never stored`(cron: String) async throws {
        try await play { scene, _ in
            #expect(try await say("/every \(cron)", scene.alice).text.contains("For example: /every 0 10 * * mon-fri"))
            let names = try await scene.schedules()
            #expect(names == [])
        }
    }

    @Test func `P5: a day of the month and a day of the week are either, not both`() throws {
        let times = try SchedulePhrase(parsing: "0 10 13 * fri").times
        let dates = try CronTimetable(times.cron).upcoming(3, after: monday, in: .utc).map {
            TimeZoneRules.utc.localTime(at: $0).date.day
        }
        #expect(dates == [6, 13, 20])
    }

    @Test func `P14: moments are the same whatever clock the chat goes by`() async throws {
        var library = try StashLibrary.samples(modified: Timestamp(seconds: 1))
        library.images.removeAll { $0.id != 4 }
        let settings = GallerySettings(allowedUsers: [501], avoidRecentDays: 1, zone: "Pacific/Auckland")
        try await play(settings, library: library) { scene, time in
            _ = try await say("/random", scene.alice)
            // A photo is noted after it is sent; the next answer comes after that.
            _ = try await say("/help", scene.alice)
            let stored: Int64? = try await scene.database.read { try $0.value("SELECT sent_at FROM sent_photos") }
            #expect(stored == monday.microseconds)
            // The photo rests for a whole day, counted in hours and not in dates of some clock.
            await scene.turn(time, by: .seconds(86_410))
            let later = try await say("/random", scene.alice)
            #expect(!later.text.contains("within 1 day"))
            await scene.turn(time, by: .seconds(86_380))
            let earlier = try await say("/random", scene.alice)
            #expect(earlier.text.contains("You have seen every photo within 1 day"))
            // The chat's clock is thirteen hours ahead: it is half past eight in the evening there.
            let made = try await say("/every day 21:00", scene.alice)
            #expect(made.text.contains("• Wed 4 Mar, 21:00"))
            await scene.turn(time, by: minutes(31))
            let photo = try await scene.alice.next(from: bot)
            #expect(photo.media != nil)
        }
    }

    // MARK: Clocks

    @Test func `a time that the clocks jump over comes at the jump, once`() async throws {
        // 2026-03-29, 1:30 in Berlin: at 2:00 clocks show 3:00.
        let start = try #require(Timestamp(iso8601: "2026-03-29T01:30:00+01:00"))
        try await play(at: start) { scene, time in
            let made = try await say("/every day 2:30", scene.alice)
            #expect(made.text.contains("• Sun 29 Mar, 3:00\n• Mon 30 Mar, 2:30"))
            await scene.turn(time, by: minutes(30))
            #expect(try await scene.alice.next(from: bot).media != nil)
            _ = await scene.jobs.next("completed", of: chatPhoto)
            await scene.turn(time, by: minutes(60))
            await scene.turn(time, by: .seconds(2))
            #expect(try await jobs(scene) == 1)
        }
    }

    @Test func `a time that the clocks show twice comes the first time only`() async throws {
        // 2026-10-25, 2:00 in Berlin for the first time: at 3:00 clocks show 2:00.
        let start = try #require(Timestamp(iso8601: "2026-10-25T02:00:00+02:00"))
        try await play(at: start) { scene, time in
            _ = try await say("/every day 2:30", scene.alice)
            await scene.turn(time, by: minutes(31))
            #expect(try await scene.alice.next(from: bot).media != nil)
            _ = await scene.jobs.next("completed", of: chatPhoto)
            await scene.turn(time, by: minutes(60))
            await scene.turn(time, by: .seconds(2))
            #expect(try await jobs(scene) == 1)
        }
    }

    @Test func `a clock that is set back makes nothing come twice`() async throws {
        try await play { scene, time in
            _ = try await say("/every hour", scene.alice)
            await scene.turn(time, by: minutes(31))
            #expect(try await scene.alice.next(from: bot).media != nil)
            _ = await scene.jobs.next("completed", of: chatPhoto)
            time.setWallClock(time.now - .seconds(7200))
            await scene.turn(time, by: minutes(61))
            await scene.turn(time, by: minutes(45))
            await scene.turn(time, by: .seconds(2))
            #expect(try await jobs(scene) == 1)
            await scene.turn(time, by: minutes(75))
            #expect(try await scene.alice.next(from: bot).media != nil)
        }
    }

    @Test func `after a day without the program each schedule catches up exactly once`() async throws {
        try await play { scene, time in
            _ = try await say("/every hour", scene.alice)
            _ = try await say("/every day 9:00 12:30 21:45", scene.alice)
            _ = try await say("/every day 10:00", scene.alice)
            _ = try await say("/every sunday 10:00", scene.alice)
            await scene.turn(time, by: minutes(24 * 60 - 1))
            for _ in 0..<3 { _ = await scene.jobs.next("completed", of: chatPhoto) }
            await scene.turn(time, by: .seconds(2))
            await scene.turn(time, by: .seconds(2))
            #expect(try await count(scene) == 3)
            #expect(try await jobs(scene) == 3)
        }
    }

    @Test func `what was missed longer ago than the grace is left alone`() async throws {
        var settings = settings
        settings.scheduleGrace = .seconds(3600)
        try await play(settings) { scene, time in
            _ = try await say("/every day 9:00", scene.alice)
            await scene.turn(time, by: minutes(3 * 60))
            await scene.turn(time, by: .seconds(2))
            #expect(try await jobs(scene) == 0)
        }
    }

    // MARK: Pauses and quiet

    @Test func `what is due in a pause does not come, neither then nor later`() async throws {
        try await play { scene, time in
            _ = try await say("/every day 9:00", scene.alice)
            _ = try await say("/pause until 9:30", scene.alice)
            await scene.turn(time, by: minutes(31))
            let event = await scene.jobs.next("cancelled", of: chatPhoto)
            #expect(event.change == .cancelled(reason: "paused"))
            await scene.turn(time, by: minutes(60))
            #expect(try await count(scene) == 0)
            await scene.turn(time, by: minutes(23 * 60))
            #expect(try await scene.alice.next(from: bot).media != nil)
        }
    }

    @Test func `a pause between the time and the sending is heeded`() async throws {
        try await play { scene, time in
            _ = try await say("/every day 9:00", scene.alice)
            scene.stash.setFault(.badGateway)
            await scene.turn(time, by: minutes(31))
            _ = await scene.jobs.next("snoozed", of: chatPhoto)
            _ = try await say("/pause", scene.alice)
            scene.stash.setFault(.none)
            await scene.turn(time, by: minutes(1))
            let event = await scene.jobs.next("cancelled", of: chatPhoto)
            #expect(event.change == .cancelled(reason: "paused"))
            #expect(try await count(scene) == 0)
        }
    }

    @Test func `what is due in quiet hours comes at their end, one photo of each schedule`() async throws {
        try await play { scene, time in
            _ = try await say("/quiet 23:00-8:00", scene.alice)
            _ = try await say("/every 2 hours", scene.alice)
            _ = try await say("/every day 8:00", scene.alice)
            _ = try await say("/every day 3:00 4:30", scene.alice)
            // To 22:59: the schedule of every two hours has caught up once on the way.
            await scene.turn(time, by: minutes(14 * 60 + 29))
            _ = await scene.jobs.next("completed", of: chatPhoto)
            let before = try await count(scene)
            // At 1:59 and 4:59: what is due in the night is held until eight.
            let end = try #require(Timestamp(iso8601: "2026-03-03T08:00:00+01:00"))
            for _ in 0..<2 {
                await scene.turn(time, by: minutes(180))
                let event = await scene.jobs.next("snoozed", of: chatPhoto)
                #expect(isSnoozed(event, until: end))
            }
            #expect(try await count(scene) == before)
            await scene.turn(time, by: minutes(181))
            for _ in 0..<3 { _ = await scene.jobs.next("completed", of: chatPhoto) }
            await scene.turn(time, by: .seconds(2))
            await scene.turn(time, by: .seconds(2))
            #expect(try await count(scene) == before + 3)
        }
    }

    // MARK: Troubles

    @Test func `a library that is down is asked again until it is back`() async throws {
        try await play { scene, time in
            _ = try await say("/every day 9:00", scene.alice)
            scene.stash.setFault(.badGateway)
            await scene.turn(time, by: minutes(31))
            for wait in [15, 30, 60] {
                let event = await scene.jobs.next("snoozed", of: chatPhoto)
                #expect(isSnoozed(event, until: time.now + .seconds(wait)))
                await scene.turn(time, by: .seconds(wait))
            }
            _ = await scene.jobs.next("snoozed", of: chatPhoto)
            scene.stash.setFault(.none)
            await scene.turn(time, by: .seconds(120))
            #expect(try await scene.alice.next(from: bot).media != nil)
            _ = await scene.jobs.next("completed", of: chatPhoto)
            #expect(try await count(scene) == 1)
        }
    }

    @Test func `P6: a library that stays down is given up after the grace, with one line in the log`() async throws {
        var settings = settings
        settings.scheduleGrace = .seconds(1800)
        try await play(settings) { scene, time in
            _ = try await say("/every day 9:00", scene.alice)
            scene.stash.setFault(.badGateway)
            await scene.turn(time, by: minutes(31))
            _ = await scene.jobs.next("snoozed", of: chatPhoto)
            await scene.turn(time, by: minutes(31))
            _ = await scene.jobs.next("cancelled", of: chatPhoto)
            let lines = scene.log.records.filter { $0.level >= .warning && $0.message.contains("given up") }
            #expect(lines.count == 1)
            scene.stash.setFault(.none)
            await scene.turn(time, by: minutes(24 * 60 - 30))
            #expect(try await scene.alice.next(from: bot).media != nil)
        }
    }

    @Test func `whoever blocks the bot keeps their schedules, which rest until they are back`() async throws {
        try await play { scene, time in
            _ = try await say("/every day 9:00", scene.alice)
            try await scene.alice.act("block", ["bot": .integer(bot)])
            await scene.turn(time, by: minutes(31))
            _ = await scene.jobs.next("cancelled", of: chatPhoto)
            await scene.turn(time, by: minutes(24 * 60))
            let event = await scene.jobs.next("cancelled", of: chatPhoto)
            #expect(event.change == .cancelled(reason: "the chat cannot be reached: blocked"))
            let names = try await scene.schedules()
            #expect(names == ["gallery.chat.1"])
            try await scene.alice.act("start", ["bot": .integer(bot)])
            _ = try await scene.alice.next(from: bot)
            await scene.turn(time, by: minutes(24 * 60))
            #expect(try await scene.alice.next(from: bot).media != nil)
            let reason = try await scene.database.read { try ChatSettingsStore().settings(of: 501, in: $0).unreachable }
            #expect(reason == nil)
        }
    }

    @Test func `a deleted schedule's photo that waits is not sent`() async throws {
        try await play { scene, time in
            _ = try await say("/every day 9:00", scene.alice)
            scene.stash.setFault(.badGateway)
            await scene.turn(time, by: minutes(31))
            _ = await scene.jobs.next("snoozed", of: chatPhoto)
            scene.stash.setFault(.none)
            try await scene.database.execute("DELETE FROM gallery_schedules")
            await scene.turn(time, by: minutes(1))
            let event = await scene.jobs.next("cancelled", of: chatPhoto)
            #expect(event.change == .cancelled(reason: "the schedule was deleted"))
            // Nothing of it fires any more either.
            let names = try await scene.schedules()
            #expect(names == [])
        }
    }

    @Test func `a photo that a job has chosen is nobody else's, also when the job was chosen by an earlier process`()
        async throws
    {
        var library = try StashLibrary.samples(modified: Timestamp(seconds: 1))
        library.images.removeAll { $0.id > 4 }
        try #require(library.images.count > 2)
        try await play(library: library) { scene, time in
            let (now, due) = (time.now, time.now + minutes(10))
            // Before anybody writes: from then on a photo is made ready, which may be any that no job has.
            try await scene.database.execute(
                """
                INSERT INTO jobs (kind, queue, args, state, priority, turn, run_at, max_attempts, unique_key,
                    scheduled_for, step_state, created)
                VALUES ('gallery.scheduled_photo', 'default', '{"userID":501,"isAskedFor":true}', 'scheduled', 0, 0,
                    \(due), 10, 'schedule:gallery.configured.501', \(now),
                    '{"choices":[{"photoID":"4","round":1}],"sent":0,"misses":0,"failures":1}', \(now))
                """)
            _ = try await say("/start", scene.alice)
            for _ in library.images.indices.dropLast() {
                #expect(try await say("/random", scene.alice).media != nil)
            }
            let before = try await scene.sentPhotos()
            #expect(Set(before).count == library.images.count - 1 && !before.contains("4"))
            await scene.turn(time, by: minutes(10))
            #expect(try await scene.alice.next(from: bot).media != nil)
            _ = await scene.jobs.next("completed", of: ScheduledPhoto.kind)
            let sent = try await scene.sentPhotos()
            #expect(sent == before + ["4"])
        }
    }

    // MARK: After an upgrade

    @Test func `a photo that an older version has chosen and not sent is sent by this one`() async throws {
        try await play { scene, time in
            _ = try await say("/start", scene.alice)
            let now = time.now
            try await scene.database.execute(
                """
                INSERT INTO jobs (kind, queue, args, state, priority, turn, run_at, max_attempts, unique_key,
                    scheduled_for, step_state, created)
                VALUES ('gallery.scheduled_photo', 'default', '{"userID":501}', 'available', 0, 0, \(now), 10,
                    'schedule:gallery.configured.501', \(now), '{"photoID":"4","round":1}', \(now))
                """)
            await scene.turn(time, by: .seconds(2))
            #expect(try await scene.alice.next(from: bot).media != nil)
            _ = await scene.jobs.next("completed", of: ScheduledPhoto.kind)
            let sent: [String] = try await scene.database.read { try $0.values("SELECT image_id FROM sent_photos") }
            #expect(sent == ["4"])
        }
    }

    @Test func `a schedule that an older version has stored goes on`() async throws {
        let settings = GallerySettings(
            allowedUsers: [501], schedule: .init(cron: "0 9 * * 1-5", zone: "Europe/Berlin"))
        try await play(settings) { scene, time in
            _ = try await say("/start", scene.alice)
            // As an older version wrote it, with its grace of an hour.
            try await scene.database.execute(
                """
                UPDATE schedules SET args = '{"userID":501}', grace = 3600000000
                WHERE name = 'gallery.configured.501'
                """)
            try await scene.gallery.prepare(scene.queue)
            await scene.turn(time, by: minutes(31))
            #expect(try await scene.alice.next(from: bot).media != nil)
        }
    }
}
