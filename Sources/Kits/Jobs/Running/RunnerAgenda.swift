/// Which of a runner's regular duties are due; pure.
///
/// All times are on the clock that is never set back.
struct RunnerAgenda {
    enum Duty: Equatable, CaseIterable {
        case heartbeat, reap, schedules, cleanUp
    }

    private let intervals: [Duration]
    private var next: [Duration]
    private var cancellations: UInt64 = 0

    init(_ configuration: JobRunner.Configuration) {
        intervals = Duty.allCases.map { duty in
            switch duty {
            case .heartbeat, .reap: configuration.heartbeat
            case .schedules: configuration.poll
            case .cleanUp: .seconds(3600)
            }
        }
        next = Duty.allCases.map { _ in .zero }
    }

    /// The duties that are due; a cancellation seen for the first time makes a heartbeat due.
    mutating func due(at uptime: Duration, cancellations seen: UInt64) -> [Duty] {
        var duties: [Duty] = []
        for (index, duty) in Duty.allCases.enumerated() {
            let isAsked = duty == .heartbeat && seen != cancellations
            guard isAsked || next[index] <= uptime else { continue }
            next[index] = uptime + intervals[index]
            duties.append(duty)
        }
        cancellations = seen
        return duties
    }
}
