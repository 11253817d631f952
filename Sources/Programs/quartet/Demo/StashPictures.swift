import PhotoLibraries
import ServiceSimulators
import Support

/// The pictures that the simulated Stash holds.
enum StashPictures {
    /// Painted pictures, or those of a folder and the folders below it.
    static func library(folder: String?, time: any TimeSource) async throws -> StashLibrary {
        guard let folder else { return try .samplesWithClips(modified: time.now) }
        let pictures = FolderLibrary(path: folder)
        var library = StashLibrary()
        let index: PhotoIndex
        do throws(PhotoLibraryError) {
            index = try await pictures.index()
        } catch {
            throw NoPictures(folder: folder, reason: "\(error)")
        }
        for path in index.ids {
            guard let photo = try await pictures.photo(id: path), let width = photo.width, let height = photo.height
            else { continue }
            let name = path.split(separator: "/").dropLast().joined(separator: "/")
            library.images.append(
                StashImage(
                    id: number(of: "\(folder)/\(path)"), galleries: name.isEmpty ? [] : [gallery(name, in: &library)],
                    path: "/\(path)", format: photo.format, width: width, height: height, size: photo.size ?? 0,
                    modified: time.now, source: .file(path: "\(folder)/\(path)")))
        }
        guard !library.images.isEmpty else { throw NoPictures(folder: folder, reason: nil) }
        return library
    }

    /// The folder holds no picture that can be shown.
    struct NoPictures: Error, CustomStringConvertible {
        var folder: String
        var reason: String?

        var description: String { "there are no pictures in \(folder)" + (reason.map { ": \($0)" } ?? "") }
    }

    private static func gallery(_ name: String, in library: inout StashLibrary) -> Int {
        if let known = library.galleries.first(where: { $0.name == name }) { return known.id }
        let id = library.galleries.count + 1
        library.galleries.append(StashLabel(id: id, name: name))
        return id
    }

    /// A number that stays with a file over restarts: what was shown and cached is remembered by it (FNV-1a).
    private static func number(of path: String) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in path.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return Int(hash >> 33) + 1
    }
}
