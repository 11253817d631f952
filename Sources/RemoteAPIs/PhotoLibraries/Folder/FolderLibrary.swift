internal import Glibc
internal import Images
internal import Support

/// A folder of pictures, with its sub-folders as galleries: no server, no key.
///
/// The files are read on a thread of their own, as a folder may be a network mount that takes its time.
package struct FolderLibrary: PhotoLibrary {
    package let kind = "folder"
    let root: String
    private let memory = FolderMemory()
    private let facts = FolderFacts()

    /// Endings that are looked at; what a file really is, its bytes tell.
    static let endings = clipEndings.union([
        "jpg", "jpeg", "png", "gif", "webp", "avif", "heic", "heif", "tif", "tiff", "bmp",
    ])

    /// Those of clips, of which nothing more is known: their length and size stand at no fixed place.
    private static let clipEndings: Set<String> = ["mp4", "m4v", "mov", "webm"]

    /// A path's ending, in lower case.
    static func ending(of path: String) -> String {
        path.lastIndex(of: ".").map { path[path.index(after: $0)...].lowercased() } ?? ""
    }

    /// - Parameter path: The folder; a trailing slash does not matter.
    package init(path: String) {
        root = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    package func index() async throws(PhotoLibraryError) -> PhotoIndex {
        let facts = facts
        return try await onThread { [memory] root throws(PhotoLibraryError) in
            let paths = try FolderWalk(root: root).pictures()
            try memory.note(paths.count, in: root)
            var builder = PhotoIndexBuilder(expected: paths.count)
            for path in paths {
                let folders = path.split(separator: "/").dropLast()
                let gallery = folders.last.map {
                    [builder.gallery(id: folders.joined(separator: "/"), name: String($0))]
                }
                // Gone since the walk.
                guard let file = PictureFile(path: root + "/" + path) else { continue }
                let known = facts.known(of: path, file)
                builder.append(
                    PhotoIndexRow(
                        id: path, galleries: gallery ?? [],
                        date: Timestamp(seconds: Int64(file.modified)).utcDay, orientation: known?.orientation,
                        isMoving: known?.isMoving ?? Self.looksMoving(path)))
            }
            return builder.finish()
        }
    }

    package func photo(id: String) async throws(PhotoLibraryError) -> Photo? {
        guard Self.isInside(id) else { return nil }
        let seen = facts
        return try await onThread { [memory] root throws(PhotoLibraryError) in
            guard let file = PictureFile(path: root + "/" + id), let head = try file.head() else {
                try memory.requireDisk(of: root)
                return nil
            }
            let facts = ImageFacts(reading: head)
            if let facts { seen.note(facts, of: id, file) }
            let ending = Self.ending(of: id)
            let clip = facts == nil && Self.clipEndings.contains(ending) ? Photo.Clip(container: ending) : nil
            let folders = id.split(separator: "/").dropLast().map(String.init)
            let gallery =
                folders.isEmpty
                ? [] : [Photo.Label(id: folders.joined(separator: "/"), name: folders[folders.count - 1])]
            return Photo(
                id: id, fileName: id.split(separator: "/").last.map(String.init) ?? id, galleries: gallery,
                format: facts?.format, width: facts?.width, height: facts?.height, size: file.size,
                isMoving: facts?.isAnimated ?? (clip != nil), clip: clip, fingerprint: "\(file.size)-\(file.modified)")
        }
    }

    package func content(
        of photo: Photo, form: PhotoForm, limit: Int
    ) async throws(PhotoLibraryError) -> PhotoContent {
        guard Self.isInside(photo.id) else { throw .notFound }
        let most = form == .original ? limit : max(limit, 64 * 1024 * 1024)
        let bytes = try await onThread { [memory] root throws(PhotoLibraryError) in
            guard let file = PictureFile(path: root + "/" + photo.id) else {
                try memory.requireDisk(of: root)
                throw .notFound
            }
            return try file.read(limit: most, mayCut: false)
        }
        let original = try PictureBytes.content(bytes, named: photo.fileName)
        guard form == .rendition else { return original }
        let made = try await Rendition.make(from: original)
        guard made.bytes.count <= limit else { throw .tooLarge(size: made.bytes.count) }
        return made
    }

    package func status() async throws(PhotoLibraryError) -> PhotoLibraryStatus {
        let count = try await onThread { root throws(PhotoLibraryError) in try FolderWalk(root: root).pictures().count }
        return PhotoLibraryStatus(version: nil, count: count)
    }

    /// An identifier is a path below the folder; one that climbs out of it is nobody's picture.
    static func isInside(_ id: String) -> Bool {
        !id.isEmpty && !id.hasPrefix("/") && !id.utf8.contains(0)
            && !id.split(separator: "/", omittingEmptySubsequences: false).contains {
                $0 == ".." || $0 == "." || $0.isEmpty
            }
    }

    private static func looksMoving(_ path: String) -> Bool {
        let ending = ending(of: path)
        return ending == "gif" || clipEndings.contains(ending)
    }

    func onThread<Value: Sendable>(
        _ work: @escaping @Sendable (_ root: String) throws(PhotoLibraryError) -> Value
    ) async throws(PhotoLibraryError) -> Value {
        let root = root
        let result: Result<Value, PhotoLibraryError> = await withCheckedContinuation { continuation in
            OSThread.start(name: "folder") {
                let result: Result<Value, PhotoLibraryError>
                do throws(PhotoLibraryError) {
                    result = .success(try work(root))
                } catch {
                    result = .failure(error)
                }
                continuation.resume(returning: result)
            }.detach()
        }
        return try result.get()
    }
}
