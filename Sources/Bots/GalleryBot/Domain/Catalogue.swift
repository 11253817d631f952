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
        /// Whether the library last refused to list, such as for a wrong key: then nobody is served the old index.
        var isRefused = false
        /// Whether a request is under way: ten people asking at once cause one.
        var isReading = false
        /// Those who wait for it, by number.
        var waiters: [Int: CheckedContinuation<Reading, Never>] = [:]
        var nextWaiter = 0

        /// Whether it falls to the caller to read the index; false while somebody does.
        mutating func beginReading() -> Bool {
            defer { isReading = true }
            return !isReading
        }
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
    /// The old one serves meanwhile, since reading a large library takes minutes, and while the library does not answer:
    /// its pictures may still be had. Only who finds none, an empty one or a refusal waits.
    func snapshot() async throws(PhotoLibraryError) -> Snapshot {
        let (known, begins) = state.withLock { state -> (Snapshot?, Bool) in
            guard let listing = state.listing, !state.isRefused else { return (nil, false) }
            let isFresh = time.uptime - listing.readAt < maximumAge
            if !isFresh, listing.index.count == 0 { return (nil, false) }
            return (Snapshot(index: listing.index, gone: listing.gone), !isFresh && state.beginReading())
        }
        guard let known else { return try await reading().get() }
        if begins { Task { await read() } }
        return known
    }

    /// What was read last, however old it is; nil before anything was.
    var known: Snapshot? { state.withLock { $0.listing.map { Snapshot(index: $0.index, gone: $0.gone) } } }

    /// Whether the index is being read now.
    var isReading: Bool { state.withLock(\.isReading) }

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
                let (isCancelled, begins) = state.withLock { state in
                    if Task.isCancelled { return (true, false) }
                    state.waiters[number] = continuation
                    return (false, state.beginReading())
                }
                if isCancelled { continuation.resume(returning: .failure(.cancelled)) }
                if begins { Task { await read() } }
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
            logger.warning("the library cannot be listed", ["error": .describing(error)])
        }
        let waiters = state.withLock { state in
            state.isReading = false
            switch result {
            case .success(let snapshot):
                state.listing = Listing(index: snapshot.index, readAt: time.uptime)
                state.isRefused = false
            case .failure(let error): state.isRefused = !error.isTransient
            }
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.resume(returning: result) }
    }
}
