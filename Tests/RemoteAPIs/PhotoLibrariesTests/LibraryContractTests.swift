import Foundation
import HTTP
import HTTPClient
import HTTPServer
import Images
import PhotoLibraries
import ServiceSimulators
import Support
import Testing

/// What every library promises, tried with each kind over the same pictures.
@Suite(.timeLimit(.minutes(3))) struct LibraryContractTests {
    enum Kind: String, CaseIterable, Sendable { case stash, immich, folder }

    /// A library with the sample pictures, and the two things that a test does to it.
    private struct Scene {
        var library: any PhotoLibrary
        /// Takes the picture of a file name away.
        var remove: (String) throws -> Void
        /// Takes the whole library away.
        var end: () async throws -> Void
    }

    private func withLibrary(_ kind: Kind, _ body: (Scene) async throws -> Void) async throws {
        let http = HTTPClient()
        let result: Result<Void, any Error>
        switch kind {
        case .stash:
            let stash = try StashSimulator(library: .samples(modified: Timestamp(seconds: 1_700_000_000)), apiKey: "k")
            let base = try #require(HTTPURL("http://127.0.0.1:\(try await stash.start().port)"))
            let scene = Scene(
                library: StashLibraryClient(base: base, key: Secret("k"), http: http, retry: .none),
                remove: { name in stash.update { $0.images.removeAll { $0.baseName == name } } },
                end: { await stash.stop() })
            do { result = .success(try await body(scene)) } catch { result = .failure(error) }
            await stash.stop()
        case .immich:
            let immich = ImmichSimulator(store: try .samples(), keys: [.init("k")])
            let base = try #require(HTTPURL("http://127.0.0.1:\(try await immich.start().port)"))
            let scene = Scene(
                library: ImmichLibraryClient(base: base, key: Secret("k"), http: http, retry: .none),
                remove: { name in immich.update { $0.assets.removeAll { $0.fileName == name } } },
                end: { await immich.stop() })
            do { result = .success(try await body(scene)) } catch { result = .failure(error) }
            await immich.stop()
        case .folder:
            let files = FileManager.default
            let root = files.temporaryDirectory.appending(path: "contract-\(UUID().uuidString)")
            for (picture, bytes) in try SamplePicture.painted() {
                let folder = picture.gallery.map { root.appending(path: $0) } ?? root
                try files.createDirectory(at: folder, withIntermediateDirectories: true)
                try Data(bytes).write(to: folder.appending(path: picture.fileName))
            }
            let scene = Scene(
                library: FolderLibrary(path: root.path),
                remove: { name in
                    let gallery = SamplePicture.library.first { $0.fileName == name }?.gallery
                    let folder = gallery.map { root.appending(path: $0) } ?? root
                    try files.removeItem(at: folder.appending(path: name))
                },
                end: { try files.removeItem(at: root) })
            do { result = .success(try await body(scene)) } catch { result = .failure(error) }
            if files.fileExists(atPath: root.path) { try files.removeItem(at: root) }
        }
        await http.stop()
        try result.get()
    }

    /// All photos by their file names, found by way of the index.
    private func photos(in library: any PhotoLibrary) async throws -> [String: Photo] {
        var photos: [String: Photo] = [:]
        for id in try await library.index().ids {
            if let photo = try await library.photo(id: id) { photos[photo.fileName] = photo }
        }
        return photos
    }

    /// The photo of a file name.
    private func photo(_ name: String, in library: any PhotoLibrary) async throws -> Photo {
        try #require(try await photos(in: library)[name], "\(name) is in no library")
    }

    @Test(arguments: Kind.allCases)
    func `the index has every picture once, and each can be had`(kind: Kind) async throws {
        try await withLibrary(kind) { scene in
            let index = try await scene.library.index()
            #expect(index.count == SamplePicture.library.count)
            var names: Set<String> = []
            for id in index.ids {
                #expect(index.position(of: id).map(index.id(at:)) == id)
                names.insert(try #require(try await scene.library.photo(id: id)).fileName)
            }
            #expect(names == Set(SamplePicture.library.map(\.fileName)))
        }
    }

    @Test(arguments: Kind.allCases)
    func `a picture's facts are those of its file`(kind: Kind) async throws {
        try await withLibrary(kind) { scene in
            let photos = try await photos(in: scene.library)
            for (picture, bytes) in try SamplePicture.painted() {
                let photo = try #require(photos[picture.fileName])
                #expect(photo.width == picture.width && photo.height == picture.height)
                #expect(photo.format == picture.format && !photo.isMoving)
                #expect(photo.galleries.map(\.name) == (picture.gallery.map { [$0] } ?? []))
                #expect(photo.size == bytes.count)
                #expect(!photo.fingerprint.isEmpty)
            }
        }
    }

    @Test(arguments: Kind.allCases)
    func `the original comes as it is, a rendition as a JPEG, and neither longer than allowed`(kind: Kind) async throws
    {
        try await withLibrary(kind) { scene in
            let photos = try await photos(in: scene.library)
            let painted = try SamplePicture.painted()
            for (picture, bytes) in [painted[0], painted[2], painted[6]] {
                let photo = try #require(photos[picture.fileName])
                let original = try await scene.library.content(of: photo, form: .original, limit: 10 << 20)
                #expect(original.bytes == bytes)
                #expect(original.mediaType == picture.format.mediaType && original.fileName == picture.fileName)
                let rendition = try await scene.library.content(of: photo, form: .rendition, limit: 10 << 20)
                #expect(ImageFormat(detecting: rendition.bytes) == .jpeg && rendition.mediaType == "image/jpeg")
                #expect(rendition.fileName.hasSuffix(".jpg"))
                for form in PhotoForm.allCases {
                    let error = await #expect(throws: PhotoLibraryError.self) {
                        try await scene.library.content(of: photo, form: form, limit: 500)
                    }
                    #expect(error?.label == "too_large", "\(form)")
                }
            }
        }
    }

    @Test(arguments: Kind.allCases)
    func `a picture that has gone is nil, its bytes are not found, and the next index is without it`(
        kind: Kind
    ) async throws {
        try await withLibrary(kind) { scene in
            let photo = try await photo("lake.jpg", in: scene.library)
            let before = try await scene.library.index()
            try scene.remove("lake.jpg")
            let gone = try await scene.library.photo(id: photo.id)
            #expect(gone == nil)
            for form in PhotoForm.allCases {
                await #expect(throws: PhotoLibraryError.notFound) {
                    try await scene.library.content(of: photo, form: form, limit: 10 << 20)
                }
            }
            let after = try await scene.library.index()
            #expect(after.count == before.count - 1 && after.position(of: photo.id) == nil)
            #expect(after.listing != before.listing)
        }
    }

    @Test(arguments: Kind.allCases, ["", "../../etc/passwd", "no such picture", "999999"])
    func `an identifier that nobody has is nobody's picture`(kind: Kind, id: String) async throws {
        try await withLibrary(kind) { scene in
            let photo = try await scene.library.photo(id: id)
            #expect(photo == nil)
        }
    }

    @Test(arguments: Kind.allCases)
    func `a library that is gone does not answer, rather than being empty`(kind: Kind) async throws {
        try await withLibrary(kind) { scene in
            let status = try await scene.library.status()
            #expect(status.count == SamplePicture.library.count)
            let photo = try await photo("lake.jpg", in: scene.library)
            try await scene.end()
            for attempt in 0..<4 {
                let error = await #expect(throws: PhotoLibraryError.self) {
                    switch attempt {
                    case 0: _ = try await scene.library.status()
                    case 1: _ = try await scene.library.index()
                    case 2: _ = try await scene.library.photo(id: photo.id)
                    default: _ = try await scene.library.content(of: photo, form: .original, limit: 1 << 20)
                    }
                }
                #expect(error?.isTransient == true, "attempt \(attempt): \(String(describing: error))")
            }
        }
    }
}
