internal import Jobs
internal import PhotoLibraries
internal import Storage
internal import Support

/// The votes on a photo are to be written into the library.
struct WriteVotes: Job {
    static let kind = "gallery.write_votes"

    /// The photo's number in `gallery_photos`.
    var photo: Int64

    /// One job per photo waits; whoever votes meanwhile is in it.
    var options: JobOptions { JobOptions(uniqueKey: "\(Self.kind).\(photo)", priority: -1, maxAttempts: 12) }
}

/// Writes what people think of a photo into fields of the library, where its owner wants that.
///
/// A field that a person has filled stays as it is; see `WrittenField`.
struct WriteVotesHandler: JobHandler {
    let library: any RatingLibrary
    let fields: Set<WrittenFields.Field>
    let database: any Database
    let time: any TimeSource
    let logger: Logger
    let votes = Votes()
    let photos = KnownPhotos()
    let written = WrittenFields()

    /// Somebody voted while the votes were being written.
    private struct VotesChanged: Error {}

    var policy: JobPolicy { JobPolicy(concurrency: 2, deadline: .seconds(120)) }

    func run(_ job: WriteVotes, context: JobContext) async throws -> JobOutcome {
        let photo = try await database.read { [photos] in try photos.find(job.photo, in: $0) }
        guard let photo, photo.library == library.kind else {
            return .cancel(reason: "the photo is of another library")
        }
        do {
            return try await write(photo, context)
        } catch let error as PhotoLibraryError {
            let fields: [String: LogValue] = ["photo": .string(photo.photoID), "error": .describing(error)]
            switch error {
            case .notFound: return .cancel(reason: "the photo has gone")
            case .unauthorized, .refused:
                logger.error("votes cannot be written into the library: are the rights missing?", fields)
                return .cancel(reason: "\(error)")
            case .needsOwner, .unexpectedAnswer:
                logger.warning("votes cannot be written into the library", fields)
                return .retry(reason: "\(error)")
            case .unavailable, .tooLarge, .notAPicture, .cancelled: return .retry(reason: "\(error)")
            }
        }
    }

    func discard(_ job: WriteVotes, reason: String, in connection: any SQLConnection) throws {
        logger.error(
            "votes were not written into the library",
            ["photo": .integer(job.photo), "error": .string(reason)])
    }

    private func write(_ photo: KnownPhotos.Entry, _ context: JobContext) async throws -> JobOutcome {
        for _ in 0..<5 {
            let tally = try await database.read { [votes] in try votes.tally(of: photo.number, in: $0) }
            guard let marks = try await library.marks(of: photo.photoID) else { throw PhotoLibraryError.notFound }
            if fields.contains(.rating) {
                try await bring(.rating, of: photo, from: marks.rating, to: WrittenField.rating(for: tally), context)
            }
            if fields.contains(.organized), let isOrganized = marks.isOrganized {
                let wanted = tally.total > 0 ? 1 : nil
                try await bring(.organized, of: photo, from: isOrganized ? 1 : nil, to: wanted, context)
            }
            do {
                // A vote that is stored before the end of this job found it still waiting, so it is looked at here.
                try await context.complete { [votes] connection in
                    guard try votes.tally(of: photo.number, in: connection) == tally else { throw VotesChanged() }
                }
                return .done
            } catch is VotesChanged {
                continue
            }
        }
        return .snooze(.seconds(5))
    }

    /// Brings one field to what the votes say, as far as it is ours; nil stands for an empty field.
    private func bring(
        _ field: WrittenFields.Field, of photo: KnownPhotos.Entry, from current: Int?, to wanted: Int?,
        _ context: JobContext
    ) async throws {
        let now = time.now
        let state = try await database.read { [written] in try written.find(field, of: photo.number, in: $0) }
        let save = { @Sendable [written] (state: WrittenField, connection: any SQLConnection) throws in
            try written.save(state, for: field, of: photo.number, now: now, in: connection)
        }
        switch state.step(current: current, wanted: wanted) {
        case .leave: break
        case .note(let state):
            try await context.write { try save(state, $0) }
            if state.isTheirs {
                logger.notice(
                    "a field was changed by hand and is left alone from now on",
                    ["photo": .string(photo.photoID), "field": .string(field.rawValue)])
            }
        case .write(let state):
            try await context.write { try save(state, $0) }
            let mark: PhotoMark = field == .rating ? .rating(wanted) : .organized(wanted == 1)
            try await library.set(mark, of: photo.photoID)
            try await context.write { try save(state.confirmed, $0) }
        }
    }
}
