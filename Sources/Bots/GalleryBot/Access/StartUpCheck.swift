internal import BotKit
internal import Jobs
internal import PhotoLibraries
internal import Support

/// After each start: whether the photo library needs its owner.
struct StartUpCheck: Job {
    static let kind = "gallery.start_up_check"
}

/// Tells owners what only they can mend, at most once a day each; nobody else hears of starts and stops.
struct StartUpCheckHandler: JobHandler {
    let library: any PhotoLibrary
    let desk: OwnerDesk
    let sender: Sender

    var policy: JobPolicy { JobPolicy(concurrency: 1, deadline: .seconds(120)) }

    func run(_ job: StartUpCheck, context: JobContext) async throws -> JobOutcome {
        try await check()
    }

    /// Asks the library how it is, and tells the owners where they have to do something.
    func check() async throws -> JobOutcome {
        let trouble: PhotoLibraryError
        do throws(PhotoLibraryError) {
            _ = try await library.status()
            return .done
        } catch {
            trouble = error
        }
        switch trouble {
        // What passes by itself is no matter for the owner.
        case .unavailable, .cancelled, .notFound, .tooLarge, .notAPicture: return .cancel(reason: "\(trouble)")
        case .unauthorized, .needsOwner, .unexpectedAnswer, .refused: break
        }
        guard try await desk.isDue("library: \(trouble.label)") else { return .done }
        try await desk.tell(by: sender) { "\($0.libraryTrouble(trouble))" }
        return .done
    }
}
