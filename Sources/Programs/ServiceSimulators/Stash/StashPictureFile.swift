internal import Glibc
internal import Images

/// The bytes behind a picture's addresses.
enum StashPictureFile {
    /// The original; nil when its file has gone from the disk.
    static func bytes(of image: StashImage) -> [UInt8]? {
        switch image.source {
        case .bytes(let bytes): bytes
        case .file(let path): read(path)
        }
    }

    /// A JPEG of at most 640 pixels; where the original cannot be decoded, the original itself, as Stash does.
    static func thumbnail(of original: [UInt8]) -> [UInt8] {
        do throws(RasterError) {
            return try Raster(decoding: original).fitted(longestSide: 640).jpeg(quality: 80)
        } catch {
            return original
        }
    }

    private static func read(_ path: String) -> [UInt8]? {
        guard let file = unsafe fopen(path, "re") else { return nil }
        defer { unsafe fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 256 * 1024)
        while true {
            let count = unsafe fread(&chunk, 1, chunk.count, file)
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }
}
