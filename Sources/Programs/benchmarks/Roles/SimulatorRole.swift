import Glibc
import HTTPServer
import Support
import TelegramSimulator

/// The simulator with people who write to one or more bots.
///
/// It tells on standard output how far it is:
///
///     listening http://127.0.0.1:PORT
///     awaited UPTIME                  the bots hold a long poll open, or have set their webhook
///     warm                            a few messages are answered; waits for a line
///     answered SECONDS PROCESSOR      from the first message to the last answer; own processor time meanwhile
///     latency P50 P99                 instead of it at a pace: from a message to its answer, in milliseconds
///
/// It ends when its standard input does.
struct SimulatorRole {
    /// How long the bots may take for everything.
    private static let limit = Duration.seconds(100)
    private static let warmUp = 4
    private static let text = "is the café by the old bridge open tomorrow? 🌉"

    /// Where the world believes a bot's webhook to be.
    static let publicURL = "https://echo.example/hook"

    /// The token of a bot by its place.
    static func token(_ place: Int) -> String { "\(7001 + place):AAAAAAAAAAAAAAAAAAAAAAAA" }

    /// What the people do.
    struct Load {
        /// People, at least one for each bot.
        var people = 1
        /// Messages of each person; none for bots that are only to be there.
        var messages = 0
        /// Where webhooks are really listened for; 0 where the bots poll.
        var port = 0
        var bots = 1
        /// Messages a second of all together; 0 for all at once.
        var rate = 0

        var arguments: [String] { [people, messages, port, bots, rate].map(String.init) }

        init() {}

        init?(_ arguments: [String]) {
            let numbers = arguments.compactMap { Int($0) }
            guard numbers.count == 5 else { return nil }
            (people, messages, port) = (numbers[0], numbers[1], numbers[2])
            (bots, rate) = (numbers[3], numbers[4])
        }
    }

    let load: Load

    func play() async throws {
        var configuration = TelegramSimulator.Configuration()
        configuration.bots = (0..<load.bots).map {
            .init(token: Secret(Self.token($0)), name: "Echo \($0)", username: "echo\($0)_bot")
        }
        if load.port > 0 { configuration.webhookAddresses = [Self.publicURL: "http://127.0.0.1:\(load.port)"] }
        let simulator = TelegramSimulator(configuration: configuration)
        let address = try await simulator.start()
        let crowds = try (0..<load.bots).compactMap { place in
            try simulator.crowd(of: max(1, load.people / load.bots), writingTo: Int64(7001 + place))
        }
        Role.report("listening http://127.0.0.1:\(address.port)")
        try await until { crowds.allSatisfy(isReady) }
        Role.report("awaited \(SystemTime().uptime / .seconds(1))")
        if load.messages > 0 {
            try write(Self.warmUp, crowds)
            try await until { crowds.allSatisfy { $0.hasMessages(2 * Self.warmUp) && isReady($0) } }
            Role.report("warm")
            await Role.line()
            if load.rate > 0 {
                Role.report(try await Pace(crowd: crowds[0], rate: load.rate).run(load.messages * load.people))
            } else {
                Role.report(try await atOnce(crowds))
            }
        }
        await Role.line()
    }

    /// Has everything written at once, and waits for the answers.
    private func atOnce(_ crowds: [Crowd]) async throws -> String {
        let time = SystemTime()
        let (start, processor) = (time.uptime, ProcessFigures.ownProcessorSeconds)
        try write(load.messages, crowds)
        let expected = Self.warmUp + load.messages
        try await until { crowds.allSatisfy { $0.hasMessages(2 * expected) } }
        let seconds = (time.uptime - start) / .seconds(1)
        let used = ProcessFigures.ownProcessorSeconds - processor
        guard crowds.allSatisfy({ $0.answers.allSatisfy { $0 == expected } }) else {
            throw BenchmarkFailure("there are more answers than messages")
        }
        return "answered \(seconds) \(used)"
    }

    /// Whether the bot polls, or has said where it is called.
    private func isReady(_ crowd: Crowd) -> Bool { load.port > 0 ? crowd.isCalled : crowd.isAwaited }

    private func write(_ count: Int, _ crowds: [Crowd]) throws {
        for number in 1...count {
            for crowd in crowds { try crowd.say("Message \(number): \(Self.text)") }
        }
    }

    /// Waits for what only looking can tell.
    private func until(_ condition: () -> Bool) async throws {
        let end = ContinuousClock.now.advanced(by: Self.limit)
        while !condition() {
            guard ContinuousClock.now < end else { throw BenchmarkFailure("the bot does not answer") }
            try await Task.sleep(for: .milliseconds(1))
        }
    }
}
