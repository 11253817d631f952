import Foundation
import Glibc
import Images
import PhotoLibraries
import ServiceSimulators
import Testing

@Suite struct FolderLibraryTests {
    /// A folder with pictures in two levels and with what must be passed over, removed with the test.
    private func withFolder<Value>(_ body: (URL, FolderLibrary) async throws -> Value) async throws -> Value {
        let root = FileManager.default.temporaryDirectory.appending(path: "folder-\(UUID().uuidString)")
        let files = FileManager.default
        try files.createDirectory(at: root.appending(path: "trips/Озеро"), withIntermediateDirectories: true)
        try files.createDirectory(at: root.appending(path: ".hidden"), withIntermediateDirectories: true)
        defer {
            do { try files.removeItem(at: root) } catch { Issue.record(error) }
        }
        let dawn = Data(try SamplePicture.painted()[0].bytes)
        try dawn.write(to: root.appending(path: "b.JPG"))
        try Data(try SamplePicture.painted()[2].bytes).write(to: root.appending(path: "a.png"))
        try Data(try SamplePicture.painted()[6].bytes).write(to: root.appending(path: "trips/Озеро/c.webp"))
        try dawn.write(to: root.appending(path: ".hidden/d.jpg"))
        try dawn.write(to: root.appending(path: ".e.jpg"))
        try Data("notes".utf8).write(to: root.appending(path: "notes.txt"))
        try Data("<html></html>".utf8).write(to: root.appending(path: "login.jpg"))
        try files.createSymbolicLink(at: root.appending(path: "loop"), withDestinationURL: root)
        return try await body(root, FolderLibrary(path: root.path + "/"))
    }

    @Test func `pictures are listed by name, hidden ones and circles left out`() async throws {
        try await withFolder { _, library in
            let identifiers = Array(try await library.index().ids)
            #expect(identifiers == ["a.png", "b.JPG", "login.jpg", "trips/Озеро/c.webp"])
            let count = try await library.status().count
            #expect(count == 4)
        }
    }

    @Test func `a sub-folder is the gallery, and the bytes tell the format`() async throws {
        try await withFolder { _, library in
            let photo = try #require(try await library.photo(id: "trips/Озеро/c.webp"))
            #expect(photo.galleries.map(\.name) == ["Озеро"])
            #expect(photo.format == .webp && photo.width == 1200 && photo.height == 800)
            let content = try await library.content(of: photo, form: .rendition, limit: 1 << 20)
            #expect(content.fileName == "c.jpg" && content.mediaType == "image/jpeg")
        }
    }

    @Test func `a clip is listed as one, and comes as it lies there`() async throws {
        try await withFolder { root, library in
            let film = try SampleClip.mp4()
            try Data(film).write(to: root.appending(path: "sea.MP4"))
            let index = try await library.index()
            let position = try #require(index.position(of: "sea.MP4"))
            #expect(index.isMoving(at: position))
            let photo = try #require(try await library.photo(id: "sea.MP4"))
            #expect(photo.isMoving && photo.clip?.container == "mp4" && photo.format == nil)
            let content = try await library.content(of: photo, form: .original, limit: 1 << 24)
            #expect(content.bytes == film && content.mediaType == "video/mp4" && content.fileName == "sea.MP4")
            await #expect(throws: PhotoLibraryError.notAPicture) {
                try await library.content(of: photo, form: .rendition, limit: 1 << 24)
            }
        }
    }

    @Test func `a web page with a picture's name is not taken for one`() async throws {
        try await withFolder { _, library in
            let photo = try #require(try await library.photo(id: "login.jpg"))
            let error = await #expect(throws: PhotoLibraryError.self) {
                try await library.content(of: photo, form: .original, limit: 1 << 20)
            }
            #expect(error?.label == "unexpected_answer")
        }
    }

    @Test(arguments: ["../secret.jpg", "/etc/passwd", "trips/../../x.jpg", "", "./a.png", "a\0.png", "trips//c.webp"])
    func `nothing outside the folder can be named`(id: String) async throws {
        try await withFolder { _, library in
            let photo = try await library.photo(id: id)
            #expect(photo == nil)
            let forged = Photo(id: id, fileName: "x.jpg", fingerprint: "x")
            await #expect(throws: PhotoLibraryError.notFound) {
                try await library.content(of: forged, form: .original, limit: 1 << 20)
            }
        }
    }

    @Test func `a picture deleted meanwhile is gone`() async throws {
        try await withFolder { root, library in
            let photo = try #require(try await library.photo(id: "a.png"))
            try FileManager.default.removeItem(at: root.appending(path: "a.png"))
            let gone = try await library.photo(id: "a.png")
            #expect(gone == nil)
            await #expect(throws: PhotoLibraryError.notFound) {
                try await library.content(of: photo, form: .original, limit: 1 << 20)
            }
        }
    }

    @Test func `a file larger than allowed is refused with its size`() async throws {
        try await withFolder { _, library in
            let photo = try #require(try await library.photo(id: "b.JPG"))
            await #expect(throws: PhotoLibraryError.tooLarge(size: photo.size)) {
                try await library.content(of: photo, form: .original, limit: 100)
            }
        }
    }

    @Test func `a folder that is not there is no empty library`() async throws {
        let error = await #expect(throws: PhotoLibraryError.self) {
            try await FolderLibrary(path: "/nonexistent/pictures").index()
        }
        #expect(error?.label == "unavailable")
    }

    /// Runs a body with a folder of its own, below a place that may be chosen.
    private func withEmptyFolder(
        in parent: String = FileManager.default.temporaryDirectory.path, _ body: (URL) async throws -> Void
    ) async throws {
        let root = URL(filePath: parent).appending(path: "folder-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        let result: Result<Void, any Error>
        do { result = .success(try await body(root)) } catch { result = .failure(error) }
        if FileManager.default.fileExists(atPath: root.path) { try FileManager.default.removeItem(at: root) }
        try result.get()
    }

    @Test func `what storage boxes keep for themselves is passed over, and so is the trash`() async throws {
        try await withFolder { root, library in
            for name in ["@eaDir", ".trash", "#recycle", "$RECYCLE.BIN", "lost+found", "trips/@eaDir/c.webp"] {
                let folder = root.appending(path: name)
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                try Data("x".utf8).write(to: folder.appending(path: "SYNOPHOTO_THUMB_XL.jpg"))
            }
            let index = try await library.index()
            #expect(Array(index.ids) == ["a.png", "b.JPG", "login.jpg", "trips/Озеро/c.webp"])
        }
    }

    @Test func `a link to a picture is a picture, one to nowhere is not`() async throws {
        try await withFolder { root, library in
            let files = FileManager.default
            try files.createSymbolicLink(
                at: root.appending(path: "linked.png"), withDestinationURL: root.appending(path: "a.png"))
            try files.createSymbolicLink(atPath: root.appending(path: "dangling.png").path, withDestinationPath: "gone")
            try files.createSymbolicLink(atPath: root.appending(path: "self.png").path, withDestinationPath: "self.png")
            let index = try await library.index()
            #expect(index.position(of: "linked.png") != nil)
            #expect(index.position(of: "dangling.png") == nil && index.position(of: "self.png") == nil)
            let photo = try #require(try await library.photo(id: "linked.png"))
            #expect(photo.format == .png)
        }
    }

    @Test(arguments: [
        "line\nbreak.png", "quote\"'.png", "tab\t.png", "эмодзи 👩‍👩‍👧.png", "back\\slash.png", "a b.png", "%41?.png",
    ])
    func `a name may have anything in it`(name: String) async throws {
        try await withEmptyFolder { root in
            try Data(try SamplePicture.painted()[2].bytes).write(to: root.appending(path: name))
            let library = FolderLibrary(path: root.path)
            let index = try await library.index()
            #expect(Array(index.ids) == [name])
            let photo = try #require(try await library.photo(id: name))
            #expect(photo.fileName == name)
            let content = try await library.content(of: photo, form: .original, limit: 10 << 20)
            #expect(content.mediaType == "image/png")
        }
    }

    @Test func `a name that is no UTF-8 is left out, and the inspection tells of it`() async throws {
        try await withEmptyFolder { root in
            try Data("x".utf8).write(to: root.appending(path: "a.jpg"))
            let bytes = Array(root.path.utf8) + [UInt8(ascii: "/"), 0xFF, 0xFE] + Array(".jpg".utf8) + [0]
            let path = bytes.map { CChar(bitPattern: $0) }
            let descriptor = unsafe open(path, O_CREAT | O_WRONLY, 0o600)
            try #require(descriptor >= 0)
            close(descriptor)
            let library = FolderLibrary(path: root.path)
            let index = try await library.index()
            #expect(Array(index.ids) == ["a.jpg"])
            let findings = await library.inspect(LibraryExpectations(addressName: "gallery.folder.path"))
            #expect(findings.map(\.name) == ["path", "rights", "photos"])
            #expect(!findings[1].isGood && "\(findings[1])".contains("no UTF-8"))
        }
    }

    @Test(.enabled(if: getuid() != 0, "root may read everything"))
    func `what may not be read is passed over, and the inspection tells of it`() async throws {
        try await withFolder { root, library in
            let locked = root.appending(path: "locked")
            try FileManager.default.createDirectory(at: locked, withIntermediateDirectories: true)
            unsafe chmod(locked.path, 0)
            unsafe chmod(root.appending(path: "a.png").path, 0)
            defer { unsafe chmod(locked.path, 0o700) }
            let index = try await library.index()
            #expect(index.count == 4)
            let photo = try await library.photo(id: "a.png")
            #expect(photo == nil, "another one is chosen")
            let findings = await library.inspect(LibraryExpectations(addressName: "gallery.folder.path"))
            #expect(findings.map(\.isGood) == [true, false, true])
        }
    }

    @Test func `new files appear with the next reading`() async throws {
        try await withFolder { root, library in
            let before = try await library.index()
            try Data(try SamplePicture.painted()[0].bytes).write(to: root.appending(path: "trips/new.jpg"))
            let after = try await library.index()
            #expect(after.count == before.count + 1 && after.position(of: "trips/new.jpg") != nil)
        }
    }

    @Test(.enabled(if: FolderLibraryTests.hasSecondDisk, "needs two file systems"))
    func `a disk that was taken away leaves an empty folder, which is no empty library`() async throws {
        try await withEmptyFolder(in: "/dev/shm") { disk in
            try await withEmptyFolder { mount in
                try Data("x".utf8).write(to: disk.appending(path: "a.jpg"))
                let place = mount.appending(path: "pictures").path
                try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: disk.path)
                let library = FolderLibrary(path: place)
                #expect(try await library.index().count == 1)
                // The disk is gone; what it was mounted on lies bare.
                try FileManager.default.removeItem(atPath: place)
                try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
                let error = await #expect(throws: PhotoLibraryError.self) { try await library.index() }
                #expect(error?.isTransient == true)
                let photo = await #expect(throws: PhotoLibraryError.self) { try await library.photo(id: "a.jpg") }
                #expect(photo?.isTransient == true)
            }
        }
    }

    @Test func `a folder that was emptied by its owner is an empty library`() async throws {
        try await withEmptyFolder { root in
            let picture = root.appending(path: "a.jpg")
            try Data("x".utf8).write(to: picture)
            let library = FolderLibrary(path: root.path)
            #expect(try await library.index().count == 1)
            try FileManager.default.removeItem(at: picture)
            #expect(try await library.index().count == 0)
        }
    }

    static var hasSecondDisk: Bool {
        var (temporary, shared) = (stat(), stat())
        guard unsafe stat(FileManager.default.temporaryDirectory.path, &temporary) == 0,
            unsafe stat("/dev/shm", &shared) == 0
        else { return false }
        return temporary.st_dev != shared.st_dev
    }
}
