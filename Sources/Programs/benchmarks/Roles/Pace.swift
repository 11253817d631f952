import Support
import TelegramSimulator

/// People who write one after another at a steady pace, and how long each waits for the answer.
struct Pace {
    let crowd: Crowd
    /// Messages a second.
    let rate: Int

    /// How often is looked for answers; half of it is what a figure may be too high by.
    private static let look = Duration.microseconds(200)
    private static let limit = Duration.seconds(60)

    /// Has so many messages written, and tells what half and what 99 of 100 waited, in milliseconds.
    func run(_ count: Int) async throws -> String {
        let time = SystemTime()
        let start = time.uptime
        var seen = crowd.lastMessages
        // When each person wrote what is not answered yet, oldest first.
        var waiting = seen.map { _ in [Duration]() }
        var waits: [Double] = []
        var written = 0
        while waits.count < count {
            let now = time.uptime
            guard now - start < Self.limit else { throw BenchmarkFailure("the bot does not answer") }
            while written < count, start + .seconds(1) * (Double(written) / Double(rate)) <= now {
                let place = written % seen.count
                try crowd.say("Message \(written): is it open tomorrow?", by: place)
                waiting[place].append(time.uptime)
                seen[place] += 1
                written += 1
            }
            let last = crowd.lastMessages
            let found = time.uptime
            for place in seen.indices where last[place] > seen[place] {
                for _ in 0..<(last[place] - seen[place]) {
                    waits.append((found - waiting[place].removeFirst()) / .milliseconds(1))
                }
                seen[place] = last[place]
            }
            try await Task.sleep(for: Self.look)
        }
        waits.sort()
        return "latency \(waits[waits.count / 2]) \(waits[waits.count * 99 / 100])"
    }
}
