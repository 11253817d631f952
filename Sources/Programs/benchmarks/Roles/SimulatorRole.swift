import Glibc
import HTTPServer
import Support
import TelegramSimulator

/// The simulator with people who write to a bot.
///
/// It tells on standard output how far it is:
///
///     listening http://127.0.0.1:PORT
///     awaited UPTIME                  the bot holds a long poll open
///     warm                            a few messages are answered; waits for a line
///     answered SECONDS PROCESSOR      from the first message to the last answer; own processor time meanwhile
///
/// It ends when its standard input does.
struct SimulatorRole {
    static let bot: Int64 = 7001
    static let token = "7001:AAAAAAAAAAAAAAAAAAAAAAAA"

    /// How long the bot may take for everything.
    private static let limit = Duration.seconds(100)
    private static let warmUp = 4

    /// Where the world believes a bot's webhook to be.
    static let publicURL = "https://echo.example/hook"

    let people: Int
    /// Messages of each person.
    let messages: Int
    /// Where webhooks are really listened for; 0 where the bot polls.
    let port: Int

    func play() async throws {
        var configuration = TelegramSimulator.Configuration()
        configuration.bots = [.init(token: Secret(Self.token), name: "Echo", username: "echo_bot")]
        if port > 0 { configuration.webhookAddresses = [Self.publicURL: "http://127.0.0.1:\(port)"] }
        let simulator = TelegramSimulator(configuration: configuration)
        let address = try await simulator.start()
        guard let crowd = try simulator.crowd(of: people, writingTo: Self.bot) else { return }
        Role.report("listening http://127.0.0.1:\(address.port)")
        try await until { isReady(crowd) }
        Role.report("awaited \(SystemTime().uptime / .seconds(1))")
        if messages > 0 {
            try write(Self.warmUp, crowd)
            try await until { crowd.hasMessages(2 * Self.warmUp) && isReady(crowd) }
            Role.report("warm")
            await Role.line()
            let time = SystemTime()
            let (start, processor) = (time.uptime, ProcessFigures.ownProcessorSeconds)
            try write(messages, crowd)
            try await until { crowd.hasMessages(2 * (Self.warmUp + messages)) }
            let seconds = (time.uptime - start) / .seconds(1)
            Role.report("answered \(seconds) \(ProcessFigures.ownProcessorSeconds - processor)")
            guard crowd.answers.allSatisfy({ $0 == Self.warmUp + messages }) else {
                throw BenchmarkFailure("there are more answers than messages")
            }
        }
        await Role.line()
    }

    /// Whether the bot polls, or has said where it is called.
    private func isReady(_ crowd: Crowd) -> Bool { port > 0 ? crowd.isCalled : crowd.isAwaited }

    private func write(_ count: Int, _ crowd: Crowd) throws {
        for number in 1...count {
            try crowd.say("Message \(number): is the café by the old bridge open tomorrow? 🌉")
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
