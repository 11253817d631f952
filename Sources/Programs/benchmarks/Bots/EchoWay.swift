/// How updates reach an echo bot, and what it does with each.
enum EchoWay: String, CaseIterable, Sendable {
    case polling
    case webhook
    case durable

    var title: String {
        switch self {
        case .polling: "by polling"
        case .webhook: "by webhook"
        case .durable: "with state and a job for each update"
        }
    }

    /// So many times as fast as aiogram.
    var goal: Double { self == .durable ? 8 : 15 }

    func method(_ settings: RunSettings) -> String {
        let people = "\(settings.people) people write \(settings.messages) messages each to a bot that"
        let machine = """
            The simulator is a process of its own on the same machine, and its part of the machine is part of what is \
            measured.
            """
        switch self {
        case .polling:
            return """
                \(people) polls and says the same again; from the first message to the last answer, after a warm-up. \
                Quartet stores each update in SQLite, synced to the disk, before it is confirmed; the others keep them \
                in memory. They run with their defaults, which on loopback are also their fastest settings. \(machine)
                """
        case .webhook:
            return """
                The same, where the simulator calls the bot, over at most 40 connections; the others behind aiohttp, \
                confirming at once or after the answer, whichever is their default. \(machine)
                """
        case .durable:
            return """
                \(people) polls, counts in a stored dialogue how often each has written, and answers in a stored job: \
                three records in SQLite for each answer, and no flood control, which would hold what jobs send to \
                thirty a second. The others do as before and keep nothing. \(machine)
                """
        }
    }
}
