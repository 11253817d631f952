import Support

/// The tour's clock: it runs faster than the real one, and jumps when the story does.
final class TourClock: Sendable {
    /// A second of the tour takes a tenth of a real one, so that pauses for flood control do not bore anybody.
    private static let speed = 10

    /// What the bot and the simulators take for the time.
    let time: ManualTime

    /// Starts at a Monday morning.
    init() { time = ManualTime(now: Timestamp(seconds: 1_767_603_000)) }  // 2026-01-05T08:50:00Z

    /// Keeps the clock going until the task is cancelled.
    func run() async {
        let real = SystemTime()
        var last = real.uptime
        while !Task.isCancelled {
            // Cancelled at the tour's end.
            do { try await real.sleep(for: .milliseconds(5)) } catch { return }
            let now = real.uptime
            time.advance(by: (now - last) * Self.speed)
            last = now
        }
    }

    /// Jumps to the next moment at which clocks show `hour` o'clock, in UTC.
    func skip(toHour hour: Int) {
        let now = TimeZoneRules.utc.localTime(at: time.now)
        let seconds = hour * 3600 - now.secondOfDay
        time.advance(by: .seconds(seconds > 0 ? seconds : seconds + 86_400))
    }

    /// Hours and minutes now, in UTC.
    var clock: String { String(time.now.iso8601().dropFirst(11).prefix(5)) }
}
