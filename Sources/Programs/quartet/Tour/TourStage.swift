import HTTPClient
import JSON
import Support
import TelegramSimulator

/// The stage of the tour: everything of the demo on a clock of its own, with people who act by a script.
final class TourStage: Sendable {
    /// The bot's number, which is its private chat for everybody.
    static let bot: Int64 = 7001

    let transcript: Transcript
    let clock: TourClock
    /// Alice, who speaks English; she is on the bot's list.
    let alice: TourPerson
    /// Борис, who speaks Russian; he is on the list, too.
    let boris: TourPerson
    private let stage: Stage
    private let http: HTTPClient
    private let logger: Logger

    init(folder: String, transcript: Transcript, clock: TourClock, logger: Logger) async throws {
        self.transcript = transcript
        self.clock = clock
        self.logger = logger
        http = HTTPClient(logger: logger.labelled("tour"))
        let schedule = try CronExpression("0 9 * * *")
        stage = try await Stage(
            Stage.Plan(
                folder: folder, keepsTelegram: false, schedule: .init(cron: schedule, zone: .utc), time: clock.time,
                turnsClock: true, logger: logger))
        let (url, http) = (stage.url, http)
        alice = TourPerson(
            name: "Alice", person: SimulatedPerson(Stage.people[0], at: url, http: http), transcript: transcript,
            clock: clock)
        boris = TourPerson(
            name: "Борис", person: SimulatedPerson(Stage.people[1], at: url, http: http), transcript: transcript,
            clock: clock)
    }

    /// Somebody else in the simulated Telegram; what they hear begins with what they say first.
    func newcomer(_ name: String) async throws -> TourPerson {
        let answer = try await control("users", ["first_name": .string(name), "language_code": "en"])
        return person(answer["user"]?["id"]?.integerValue ?? 0, name)
    }

    private func person(_ id: Int64, _ name: String) -> TourPerson {
        TourPerson(
            name: name, person: SimulatedPerson(id, at: stage.url, http: http), transcript: transcript, clock: clock)
    }

    /// Runs the bot while `body` plays; then the bot stops as SIGTERM stops it.
    func withGallery(_ body: () async throws -> Void) async throws {
        let unit = try await stage.makeGallery()
        let shutdown = Shutdown()
        let group = ServiceGroup(unit.services, logger: logger, time: clock.time, drainLimit: .seconds(200))
        let run = Task { try await group.run(until: shutdown) }
        let result: Result<Void, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        shutdown.trigger()
        let end = await run.result
        await unit.close()
        try result.get()
        try end.get()
    }

    /// Asks the simulated Telegram for something that no person does, such as a fault.
    func control(_ action: String, _ arguments: JSONObject) async throws -> JSONValue {
        try await alice.person.act(action, arguments)
    }

    func stop() async {
        await stage.stop()
        await http.stop()
    }
}

/// A person of the tour: what they write and what they get goes into the transcript.
struct TourPerson: Sendable {
    let name: String
    let person: SimulatedPerson
    let transcript: Transcript
    let clock: TourClock

    /// Writes to the bot.
    func say(_ text: String) async throws {
        transcript.line(clock.clock, name, text)
        try await person.say(text, to: TourStage.bot)
    }

    /// The bot's next message, shown and checked against what it should contain.
    @discardableResult
    func hear(_ expected: String = "", photo: Bool = false, isShown: Bool = true) async throws -> SimulatedMessage {
        let message = try await person.next(from: TourStage.bot)
        if isShown { transcript.message(clock.clock, "Gallery", message) }
        if !expected.isEmpty {
            transcript.expect(message.text.contains(expected), "a text with “\(expected)”")
        }
        if photo {
            let kinds: Set = ["photo", "animation", "video", "document"]
            transcript.expect(message.media.map(kinds.contains) == true, "a photo or a clip")
        }
        return message
    }

    /// Says what keyboard the bot has laid out, and checks for a key.
    func seesKey(_ label: String) async throws {
        let state = try await person.get("state?user=\(person.id)")
        let chat = state["chats"]?.arrayValue?.first { $0["id"]?.integerValue == TourStage.bot }
        let rows = chat?["reply_keyboard"]?["rows"]?.arrayValue ?? []
        let keys = rows.flatMap { $0.arrayValue ?? [] }.compactMap { $0["text"]?.stringValue }
        if !keys.isEmpty { transcript.note("⌨ " + keys.map { "[ \($0) ]" }.joined(separator: " ")) }
        transcript.expect(keys.contains(label), "a key “\(label)”")
    }
}
