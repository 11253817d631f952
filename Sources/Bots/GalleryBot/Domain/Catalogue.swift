internal import PhotoLibraries
internal import Support
internal import Synchronization

/// The identifiers of a library's pictures, remembered for a while: listing a large library takes seconds.
final class Catalogue: Sendable {
    private struct Listing {
        var identifiers: [String]
        var readAt: Duration
    }

    private typealias Reading = Result<[String], PhotoLibraryError>

    private struct State {
        var listing: Listing?
        /// Whether a request is under way: ten people asking at once cause one.
        var isReading = false
        /// Those who wait for it, by number.
        var waiters: [Int: CheckedContinuation<Reading, Never>] = [:]
        var nextWaiter = 0
    }

    let library: any PhotoLibrary
    private let maximumAge: Duration
    private let time: any TimeSource
    private let logger: Logger
    private let state = Mutex(State())

    init(library: any PhotoLibrary, maximumAge: Duration, time: any TimeSource, logger: Logger) {
        self.library = library
        self.maximumAge = maximumAge
        self.time = time
        self.logger = logger
    }

    /// The identifiers, read anew when they are too old.
    ///
    /// While the library does not answer, an old list serves: its pictures may still be had.
    func identifiers() async throws(PhotoLibraryError) -> [String] {
        let (fresh, stale) = state.withLock { state in
            let listing = state.listing
            let isFresh = listing.map { time.uptime - $0.readAt < maximumAge } ?? false
            return (isFresh ? listing?.identifiers : nil, listing?.identifiers)
        }
        if let fresh { return fresh }
        switch await reading() {
        case .success(let identifiers): return identifiers
        case .failure(let error):
            guard let stale, error.isTransient else { throw error }
            logger.warning("the library does not answer, going by the old list", ["error": .describing(error)])
            return stale
        }
    }

    /// Forgets a picture that turned out to be gone.
    func remove(_ id: String) {
        state.withLock { $0.listing?.identifiers.removeAll { $0 == id } }
    }

    /// Waits for the request under way, or makes one; whoever is cancelled leaves, and the others go on.
    private func reading() async -> Reading {
        let number = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isCancelled = state.withLock { state in
                    if Task.isCancelled { return true }
                    state.waiters[number] = continuation
                    if !state.isReading {
                        state.isReading = true
                        Task { await read() }
                    }
                    return false
                }
                if isCancelled { continuation.resume(returning: .failure(.cancelled)) }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiters.removeValue(forKey: number) }
            waiter?.resume(returning: .failure(.cancelled))
        }
    }

    private func read() async {
        let result: Reading
        do throws(PhotoLibraryError) {
            result = .success(try await library.identifiers())
        } catch {
            result = .failure(error)
        }
        let waiters = state.withLock { state in
            state.isReading = false
            if case .success(let identifiers) = result {
                state.listing = Listing(identifiers: identifiers, readAt: time.uptime)
            }
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.resume(returning: result) }
    }
}
