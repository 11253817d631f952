internal import PhotoLibraries
internal import Support
internal import Synchronization

/// The identifiers of a library's pictures, remembered for a while: listing a large library takes seconds.
final class Catalogue: Sendable {
    private struct Listing {
        var identifiers: [String]
        var readAt: Duration
    }

    private struct State {
        var listing: Listing?
        /// The request under way, so that ten people asking at once cause one.
        var reading: Task<Result<[String], PhotoLibraryError>, Never>?
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
        switch await reading().value {
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

    private func reading() -> Task<Result<[String], PhotoLibraryError>, Never> {
        state.withLock { state in
            if let reading = state.reading { return reading }
            let reading = Task { [self] in
                let result: Result<[String], PhotoLibraryError>
                do throws(PhotoLibraryError) {
                    result = .success(try await library.identifiers())
                } catch {
                    result = .failure(error)
                }
                self.state.withLock { state in
                    state.reading = nil
                    if case .success(let identifiers) = result {
                        state.listing = Listing(identifiers: identifiers, readAt: time.uptime)
                    }
                }
                return result
            }
            state.reading = reading
            return reading
        }
    }
}
