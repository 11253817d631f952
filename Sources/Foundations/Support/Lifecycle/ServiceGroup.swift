/// Services that start together and stop together, in the reverse order of their list.
public struct ServiceGroup: Sendable {
    private let services: [any Service]
    private let logger: Logger
    private let time: any TimeSource
    private let drainLimit: Duration

    /// Lists the services in the order in which they depend on one another: the first outlives the rest.
    ///
    /// `drainLimit` is the time that all services together get to finish after the request to stop.
    public init(
        _ services: [any Service], logger: Logger = .disabled, time: any TimeSource = SystemTime(),
        drainLimit: Duration = .seconds(20)
    ) {
        self.services = services
        self.logger = logger
        self.time = time
        self.drainLimit = drainLimit
    }

    private enum Event: Sendable {
        case asked
        case ended(Int, (any Error)?)
        case limitReached
    }

    /// Runs every service until `shutdown` is triggered, one of them fails, or the task is cancelled.
    ///
    /// Throws the first failure, `ServiceGroupError.endedEarly` when a service returned unasked, or
    /// `ServiceGroupError.drainLimitReached` when services had to be cancelled.
    public func run(until shutdown: Shutdown) async throws {
        let switches = services.map { _ in Shutdown() }
        let failure: (any Error)? = await withTaskGroup(of: Event.self) { group in
            for (index, service) in services.enumerated() {
                let asked = switches[index]
                group.addTask {
                    do {
                        try await service.run(until: asked)
                        return .ended(index, nil)
                    } catch {
                        return .ended(index, error)
                    }
                }
            }
            group.addTask {
                await shutdown.wait()
                return .asked
            }
            return await supervise(&group, switches: switches)
        }
        if let failure { throw failure }
    }

    private func supervise(_ group: inout TaskGroup<Event>, switches: [Shutdown]) async -> (any Error)? {
        var running = Set(services.indices)
        var failure: (any Error)?
        var isDraining = false

        func stopNext() {
            guard let last = running.max() else { return }
            logger.debug("stopping", ["service": .string(services[last].name)])
            switches[last].trigger()
        }

        while let event = await group.next() {
            switch event {
            case .asked:
                break
            case .ended(let index, let error):
                running.remove(index)
                if let error, !(isDraining && error is CancellationError) {
                    logger.error(
                        "service failed", ["service": .string(services[index].name), "error": .string("\(error)")])
                    failure = failure ?? error
                } else if !isDraining {
                    failure = failure ?? ServiceGroupError.endedEarly(service: services[index].name)
                }
            case .limitReached:
                let names = running.sorted().map { services[$0].name }
                logger.error("drain limit reached", ["services": .string(names.joined(separator: ", "))])
                failure = failure ?? ServiceGroupError.drainLimitReached(services: names)
                // Everything still running is told at once, and loses its task.
                for index in running { switches[index].trigger() }
                group.cancelAll()
            }
            if running.isEmpty { break }
            if !isDraining {
                isDraining = true
                let (time, limit) = (time, drainLimit)
                group.addTask {
                    do {
                        try await time.sleep(for: limit)
                        return .limitReached
                    } catch {
                        return .asked  // cancelled, because everything ended in time
                    }
                }
                stopNext()
            } else if case .ended = event {
                stopNext()
            }
        }
        group.cancelAll()
        return failure
    }
}

/// Why a group of services ended other than by request.
public enum ServiceGroupError: Error, Equatable, CustomStringConvertible {
    /// A service returned although nobody had asked it to stop.
    case endedEarly(service: String)
    /// Services that had not finished within the drain limit were cancelled.
    case drainLimitReached(services: [String])

    /// One line for a log.
    public var description: String {
        switch self {
        case .endedEarly(let service): "\(service) ended although nobody asked it to"
        case .drainLimitReached(let services): "not finished in time: \(services.joined(separator: ", "))"
        }
    }
}
