import Foundation
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
        let dawn = Data(try SamplePicture.library[0].render())
        try dawn.write(to: root.appending(path: "b.JPG"))
        try Data(try SamplePicture.library[2].render()).write(to: root.appending(path: "a.png"))
        try Data(try SamplePicture.library[6].render()).write(to: root.appending(path: "trips/Озеро/c.webp"))
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
}
