internal import JSON
internal import Storage
internal import Support

/// When photos come by themselves, to whom, and what comes next.
struct ScheduleQuery: Sendable {
    let timetable: GallerySettings.Timetable?
    let users: [Int64]
    let time: any TimeSource

    func json(in connection: any SQLConnection) throws -> JSONValue {
        let names = try ChatNames(in: connection)
        guard let timetable else { return .array([]) }
        let next = try CronExpression(timetable.cron)
            .upcoming(3, after: time.now, in: .named(timetable.zone)).map { JSONValue.integer($0.seconds) }
        return .array(
            users.map { user in
                [
                    "chat": names.json(of: user), "cron": .string(timetable.cron), "zone": .string(timetable.zone),
                    "next": .array(next), "configured": true,
                ]
            })
    }
}
