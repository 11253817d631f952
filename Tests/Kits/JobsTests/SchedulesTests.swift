import Jobs
import Storage
import Support
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(2))) struct SchedulesTests {
    private func handlers(_ seen: Seen) -> JobHandlers {
        var handlers = JobHandlers()
        handlers.on(Note.self) { job, context in
            seen.times.withLock { $0.append(context.scheduledFor) }
            return .done
        }
        return handlers
    }

    private final class Seen: Sendable {
        let times = Mutex<[Timestamp?]>([])
    }

    @Test func `a schedule makes its jobs at its times`() async throws {
        try await World.run { world in
            let start = world.time.now
            try await Schedules(world.queue).put("daily", cron: "0 9 * * *", job: Note(text: "good morning"))
            let seen = Seen()
            try await world.with(world.runner(handlers(seen))) {
                for day in 0..<3 {
                    await world.time.waitForSleepers(1)
                    world.time.advance(by: .seconds(day == 0 ? 9 * 3600 : 24 * 3600))
                    await world.events.wait(for: "completed", count: day + 1)
                }
            }
            #expect(seen.times.withLock { $0 } == (0..<3).map { start.adding(.seconds(9 * 3600 + $0 * 24 * 3600)) })
        }
    }

    @Test func `after a downtime the missed runs are made up for once`() async throws {
        try await World.run { world in
            let start = world.time.now
            try await Schedules(world.queue).put("hourly", cron: "0 * * * *", job: Note(text: "x"))
            world.time.advance(by: .seconds(10 * 3600 + 600))
            let seen = Seen()
            try await world.with(world.runner(handlers(seen))) {
                await world.events.wait(for: "completed")
                await world.time.waitForSleepers(1)
                world.time.advance(by: .seconds(50 * 60))
                await world.events.wait(for: "completed", count: 2)
            }
            #expect(
                seen.times.withLock { $0 } == [start.adding(.seconds(10 * 3600)), start.adding(.seconds(11 * 3600))])
        }
    }

    @Test func `two runners make one job for one time`() async throws {
        try await World.run { world in
            try await Schedules(world.queue).put("hourly", cron: "0 * * * *", job: Note(text: "x"))
            world.time.advance(by: .seconds(3600))
            let seen = Seen()
            try await world.with(world.runner(handlers(seen))) {
                try await world.with(world.runner(handlers(seen))) {
                    await world.events.wait(for: "completed")
                    await world.time.waitForSleepers(2)
                }
            }
            #expect(seen.times.withLock { $0.count } == 1)
        }
    }

    @Test func `a change of the times counts from now, a change of the job keeps the next run`() async throws {
        try await World.run { world in
            let schedules = Schedules(world.queue)
            let first = try await schedules.put("s", cron: "0 9 * * *", job: Note(text: "a"))
            world.time.advance(by: .seconds(9 * 3600 + 60))
            let same = try await schedules.put("s", cron: "0 9 * * *", job: Note(text: "b"))
            #expect(same.nextRun == first.nextRun)
            let changed = try await schedules.put("s", cron: "30 9 * * *", job: Note(text: "b"))
            #expect(changed.nextRun == world.time.now.adding(.seconds(29 * 60)))
            #expect(try await schedules.all().count == 1)
        }
    }

    @Test func `a stopped schedule makes nothing and a restarted one goes on from now`() async throws {
        try await World.run { world in
            let schedules = Schedules(world.queue)
            try await schedules.put("s", cron: "0 * * * *", job: Note(text: "a"))
            try await world.database.write { _ = try schedules.setEnabled("s", false, in: $0) }
            let stopped = try #require(try await schedules.find("s"))
            #expect(try schedules.upcoming(3, of: stopped).isEmpty)
            world.time.advance(by: .seconds(5 * 3600 + 60))
            let seen = Seen()
            try await world.with(world.runner(handlers(seen))) {
                await world.time.waitForSleepers(1)
                try await world.database.write { _ = try schedules.setEnabled("s", true, in: $0) }
                world.time.advance(by: .seconds(60))
                await world.time.waitForSleepers(1)
                #expect(world.events.all.isEmpty)
                world.time.advance(by: .seconds(58 * 60))
                await world.events.wait(for: "completed")
            }
            #expect(seen.times.withLock { $0.count } == 1)
        }
    }

    @Test func `the next times can be shown, in the schedule's zone`() async throws {
        try await World.run { world in
            let schedules = Schedules(world.queue)
            let schedule = try await schedules.put("s", cron: "0 9 * * *", zone: "Europe/Berlin", job: Note(text: "a"))
            let next = try schedules.upcoming(2, of: schedule)
            #expect(next == [8, 32].map { world.time.now.adding(.seconds($0 * 3600)) })
            #expect(schedule.nextRun == next.first)
        }
    }

    @Test(arguments: [("61 * * * *", "UTC"), ("0 9 * * *", "Mars/Olympus")])
    func `what cannot be read is refused and nothing is stored`(cron: String, zone: String) async throws {
        try await World.run { world in
            let schedules = Schedules(world.queue)
            await #expect(throws: (any Error).self) {
                try await schedules.put("s", cron: cron, zone: zone, job: Note(text: "a"))
            }
            let stored = try await schedules.all()
            #expect(stored.isEmpty)
        }
    }

    @Test func `a removed schedule is gone with the transaction that removes it`() async throws {
        try await World.run { world in
            let schedules = Schedules(world.queue)
            try await schedules.put("s", cron: "0 9 * * *", job: Note(text: "a"))
            await #expect(throws: Trouble.self) {
                try await world.database.write { connection in
                    try schedules.remove("s", in: connection)
                    throw Trouble(description: "no")
                }
            }
            #expect(try await schedules.find("s") != nil)
            let isRemoved = try await world.database.write { try schedules.remove("s", in: $0) }
            #expect(isRemoved)
            #expect(try await schedules.find("s") == nil)
        }
    }
}
