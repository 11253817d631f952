import JSON
import PhotoLibraries
import ServiceSimulators
import Support
import TelegramSimulator
import Testing

@testable import GalleryBot

/// What somebody gets to read when something is wrong with the library, and what the log says of it.
@Suite(.timeLimit(.minutes(2))) struct StashFaultTests {
    private let bot = GalleryScene.botID

    @Test(
        arguments: [
            (.badGateway, .unavailable(reason: ""), "HTTP 502"),
            (.slow(.seconds(600)), .unavailable(reason: ""), "timeout_total"),
            (.cut, .unavailable(reason: ""), "connection_lost"),
            (.setup, .needsOwner(reason: ""), "Stash is not set up yet"),
            (.needsMigration, .needsOwner(reason: ""), "Stash wants its database migrated"),
            (.exposed, .needsOwner(reason: ""), "open to the internet"),
            (.otherSchema, .refused(reason: ""), "Cannot query field"),
            (.resolverError, .refused(reason: ""), "database is locked"),
            (.loginRedirect, .unexpectedAnswer(reason: ""), "is this the address of Stash?"),
            (.loginPage, .unexpectedAnswer(reason: ""), "is this the address of Stash?"),
        ] as [(StashSimulator.Fault, PhotoLibraryError, String)])
    func `trouble with the list is told in plain words, the log has the rest, and it passes`(
        fault: StashSimulator.Fault, told: PhotoLibraryError, logged: String
    ) async throws {
        try await GalleryScene.play(stashPatience: .seconds(fault == .slow(.seconds(600)) ? 10 : 60)) { scene in
            scene.stash.setFault(fault)
            try await scene.boris.say("/random", to: bot)
            #expect(try await scene.boris.next(from: bot).text == GalleryTexts.russian.libraryTrouble(told))
            let warnings = scene.log.records.filter { $0.level >= .warning }
            #expect(warnings.contains { "\($0.fields)".contains(logged) }, "\(warnings)")
            #expect(!"\(scene.log.records)".contains("right-key"))
            scene.stash.setFault(.none)
            try await scene.boris.say("/random", to: bot)
            #expect(try await scene.boris.next(from: bot).media != nil)
        }
    }

    @Test func `a Stash that is switched off does not answer`() async throws {
        try await GalleryScene.play { scene in
            await scene.stash.stop()
            try await scene.alice.say("/random", to: bot)
            #expect(
                try await scene.alice.next(from: bot).text
                    == GalleryTexts.english.libraryTrouble(.unavailable(reason: "")))
        }
    }

    @Test(arguments: ["", "wrong-key"])
    func `without the right key it is the owner's matter`(key: String) async throws {
        try await GalleryScene.play(stashKey: key) { scene in
            try await scene.alice.say("/random", to: bot)
            #expect(try await scene.alice.next(from: bot).text == GalleryTexts.english.libraryTrouble(.unauthorized))
        }
    }

    @Test(
        arguments: [
            (.cutPictures, .unavailable(reason: "")), (.picturesAsPages, .unexpectedAnswer(reason: "")),
        ] as [(StashSimulator.Fault, PhotoLibraryError)])
    func `a picture that does not come is no photo in the history`(
        fault: StashSimulator.Fault, told: PhotoLibraryError
    ) async throws {
        try await GalleryScene.play { scene in
            scene.stash.setFault(fault)
            try await scene.alice.say("/random", to: bot)
            #expect(try await scene.alice.next(from: bot).text == GalleryTexts.english.libraryTrouble(told))
            let sent = try await scene.sentPhotos()
            #expect(sent == [])
            scene.stash.setFault(.none)
            try await scene.alice.say("/random", to: bot)
            #expect(try await scene.alice.next(from: bot).media != nil)
        }
    }

    @Test func `a picture under a wrong type is a picture all the same`() async throws {
        try await GalleryScene.play { scene in
            scene.stash.setFault(.untypedPictures)
            try await scene.alice.say("/random", to: bot)
            #expect(try await scene.alice.next(from: bot).media != nil)
        }
    }

    @Test func `a picture of which nothing is known but its bytes is sent`() async throws {
        var library = try StashLibrary.samples(modified: Timestamp(seconds: 1))
        library.images.removeAll { $0.baseName != "IMG_2041.jpg" }
        library.images[0].title = nil
        library.images[0].date = nil
        library.images[0].rating100 = nil
        library.images[0].galleries = []
        library.images[0].tags = []
        library.images[0].performers = []
        try await GalleryScene.play(library: library) { scene in
            try await scene.alice.say("/random", to: bot)
            let photo = try await scene.alice.next(from: bot)
            #expect(photo.media == "photo" && photo.text == "📸 \(GalleryTexts.english.untitled)")
        }
    }
}
