internal import PhotoLibraries
internal import Support
internal import Synchronization

/// The index of a library's pictures, remembered for a while: reading a large library takes seconds.
final class Catalogue: Sendable {
    private struct Listing {
        var index: PhotoIndex
        /// Pictures that turned out to be gone since it was read, by position.
        var gone: Set<Int> = []
        var readAt: Duration
    }

    private typealias Reading = Result<Snapshot, PhotoLibraryError>

    /// What is known of the library at a moment.
    struct Snapshot: Sendable {
        let index: PhotoIndex
        /// Pictures that turned out to be gone since the index was read, by position.
        let gone: Set<Int>
    }

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

    /// The index, read anew when it is too old.
    ///
    /// While the library does not answer, an old one serves: its pictures may still be had.
    func snapshot() async throws(PhotoLibraryError) -> Snapshot {
        let (fresh, stale) = state.withLock { state in
            let snapshot = state.listing.map { Snapshot(index: $0.index, gone: $0.gone) }
            let isFresh = state.listing.map { time.uptime - $0.readAt < maximumAge } ?? false
            return (isFresh ? snapshot : nil, snapshot)
        }
        if let fresh { return fresh }
        switch await reading() {
        case .success(let snapshot): return snapshot
        case .failure(let error):
            guard let stale, error.isTransient else { throw error }
            logger.warning("the library does not answer, going by the old list", ["error": .describing(error)])
            return stale
        }
    }

    /// What was read last, however old it is; nil before anything was.
    var known: Snapshot? { state.withLock { $0.listing.map { Snapshot(index: $0.index, gone: $0.gone) } } }

    /// Forgets a picture that turned out to be gone.
    func remove(_ id: String) {
        state.withLock { state in
            if let position = state.listing?.index.position(of: id) { state.listing?.gone.insert(position) }
        }
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
            result = .success(Snapshot(index: try await library.index(), gone: []))
        } catch {
            result = .failure(error)
        }
        let waiters = state.withLock { state in
            state.isReading = false
            if case .success(let snapshot) = result {
                state.listing = Listing(index: snapshot.index, readAt: time.uptime)
            }
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.resume(returning: result) }
    }
}
