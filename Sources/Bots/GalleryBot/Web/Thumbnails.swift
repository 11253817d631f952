internal import Images
internal import PhotoLibraries
internal import Support
internal import Synchronization

/// Small pictures of photos for the owner's page, made when they are asked for and kept for a while.
///
/// The browser gets these bytes and nothing else of the library: no address, no key, no identifier.
final class Thumbnails: Sendable {
    /// The longest side in pixels.
    static let longestSide = 320
    /// The most bytes of a picture that is made smaller.
    private static let sourceLimit = 32 * 1024 * 1024
    /// How long it is remembered that there is no picture.
    private static let patience = Duration.seconds(60)
    /// How many are made at one time: a decoded picture is large.
    private static let lanes = 2

    private struct Entry {
        /// Nil where there is no picture to be had.
        var bytes: [UInt8]?
        var madeAt: Duration
        var usedAt: Int
    }

    private struct State {
        var entries: [String: Entry] = [:]
        var size = 0
        var uses = 0
        var underWay: [String: Task<[UInt8]?, Never>] = [:]
        var lanes = [Task<Void, Never>?](repeating: nil, count: Thumbnails.lanes)
        var nextLane = 0
    }

    private let library: any PhotoLibrary
    private let capacity: Int
    private let time: any TimeSource
    private let logger: Logger
    private let state = Mutex(State())

    /// Keeps `capacity` bytes of pictures.
    init(library: any PhotoLibrary, capacity: Int = 6 * 1024 * 1024, time: any TimeSource, logger: Logger) {
        self.library = library
        self.capacity = capacity
        self.time = time
        self.logger = logger
    }

    /// A JPEG of the photo; nil where none can be had now.
    func jpeg(of photoID: String) async -> [UInt8]? {
        enum Found {
            case kept([UInt8]?)
            case coming(Task<[UInt8]?, Never>)
        }
        let found: Found = state.withLock { state in
            state.uses += 1
            if let entry = state.entries[photoID], entry.bytes != nil || time.uptime - entry.madeAt < Self.patience {
                state.entries[photoID]?.usedAt = state.uses
                return .kept(entry.bytes)
            }
            if let task = state.underWay[photoID] { return .coming(task) }
            let lane = state.nextLane
            state.nextLane = (lane + 1) % Self.lanes
            let before = state.lanes[lane]
            let task = Task { [self] in
                await before?.value
                let bytes = await make(photoID)
                keep(bytes, for: photoID)
                return bytes
            }
            state.underWay[photoID] = task
            state.lanes[lane] = Task { _ = await task.value }
            return .coming(task)
        }
        switch found {
        case .kept(let bytes): return bytes
        case .coming(let task): return await task.value
        }
    }

    private func make(_ photoID: String) async -> [UInt8]? {
        do {
            guard let photo = try await library.photo(id: photoID) else { return nil }
            let content = try await library.content(of: photo, form: .rendition, limit: Self.sourceLimit)
            return try await Self.scaled(content.bytes)
        } catch {
            logger.info("no thumbnail", ["photo": .string(photoID), "error": "\(error)"])
            return nil
        }
    }

    @concurrent
    private static func scaled(_ bytes: [UInt8]) async throws -> [UInt8] {
        try Raster(decoding: bytes).fitted(longestSide: longestSide).jpeg(quality: 80)
    }

    private func keep(_ bytes: [UInt8]?, for photoID: String) {
        state.withLock { state in
            state.underWay[photoID] = nil
            state.size += (bytes?.count ?? 0) - (state.entries[photoID]?.bytes?.count ?? 0)
            state.entries[photoID] = Entry(bytes: bytes, madeAt: time.uptime, usedAt: state.uses)
            while state.size > capacity || state.entries.count > 1000,
                let oldest = state.entries.min(by: { $0.value.usedAt < $1.value.usedAt })
            {
                state.entries[oldest.key] = nil
                state.size -= oldest.value.bytes?.count ?? 0
            }
        }
    }
}
