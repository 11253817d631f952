internal import BotKit
internal import Jobs
internal import Storage
internal import Support

/// Once a day: what has become old goes.
struct CleanUp: Job {
    static let kind = "gallery.clean_up"
    static let schedule = "gallery.clean_up"
    /// At a quiet hour.
    static let cron = "17 4 * * *"
}

/// Deletes old history, invitations and requests, and file ids that were not used for a year.
///
/// Finished jobs and handled updates are deleted by their own keepers.
struct CleanUpHandler: JobHandler {
    /// How many rows go in one transaction: others want to write meanwhile.
    private static let batch = 2000
    private static let day = Duration.seconds(86_400)

    let keepDays: Int?
    let bot: Bot
    let database: any Database
    let time: any TimeSource
    let logger: Logger

    var policy: JobPolicy { JobPolicy(concurrency: 1, deadline: .seconds(1800)) }

    func run(_ job: CleanUp, context: JobContext) async throws -> JobOutcome {
        try await clean()
        return .done
    }

    /// Deletes what is old now.
    func clean() async throws {
        let now = time.now
        var counts: [String: LogValue] = [:]
        if let keepDays {
            counts["history"] = .integer(try await forgetHistory(before: now.adding(Self.day * -keepDays)))
        }
        let month = now.adding(Self.day * -30)
        let (invitations, strangers) = try await database.write { connection in
            try connection.execute("DELETE FROM gallery_notices WHERE told_at < \(month)")
            return (
                try Invitations().forgetOld(before: now.adding(Self.day * -7), in: connection),
                try Strangers().forgetOld(before: month, in: connection)
            )
        }
        counts["invitations"] = .integer(invitations)
        counts["strangers"] = .integer(strangers)
        counts["media"] = .integer(try await bot.forgetMedia(unusedSince: now.adding(Self.day * -365)))
        logger.info("cleaned up", counts)
    }

    private func forgetHistory(before limit: Timestamp) async throws -> Int {
        var total = 0
        while true {
            let count = try await database.execute(
                """
                DELETE FROM sent_photos WHERE id IN
                    (SELECT id FROM sent_photos WHERE sent_at < \(limit) LIMIT \(Self.batch))
                """)
            total += count
            if count < Self.batch { return total }
        }
    }
}
