internal import JSON
package import Support

/// How something is that the bot depends on: Telegram, the photo library, the database.
package struct UpstreamHealth: Sendable, Equatable {
    /// The name in `/ready`, such as `database`.
    package var name: String
    package var isHealthy: Bool
    /// What it says of itself, or why it is not well.
    package var detail: String?
    /// How long it took to answer; nil where nothing was asked, as of Telegram, whose answers come by themselves.
    package var latency: Duration?
    package var checkedAt: Timestamp
    /// The last time it was not well, since the program's start.
    package var lastFault: Fault?

    /// Something that went wrong.
    package struct Fault: Sendable, Equatable {
        package var at: Timestamp
        package var text: String

        package init(at: Timestamp, text: String) {
            self.at = at
            self.text = text
        }
    }

    package init(
        name: String, isHealthy: Bool, detail: String?, latency: Duration?, checkedAt: Timestamp, lastFault: Fault?
    ) {
        self.name = name
        self.isHealthy = isHealthy
        self.detail = detail
        self.latency = latency
        self.checkedAt = checkedAt
        self.lastFault = lastFault
    }

    var json: JSONValue {
        let fault: JSONValue = lastFault.map { ["at": .integer($0.at.seconds), "text": .string($0.text)] } ?? .null
        return [
            "name": .string(name), "ok": .bool(isHealthy), "detail": .text(detail),
            "milliseconds": latency.map { .number(($0.inSeconds * 10_000).rounded() / 10) } ?? .null,
            "at": .integer(checkedAt.seconds), "fault": fault,
        ]
    }
}
