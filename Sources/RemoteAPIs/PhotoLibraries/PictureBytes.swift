internal import Images

/// Decides by the bytes what came from a library: an answer that calls itself a picture may be a login page.
enum PictureBytes {
    /// Names the content by what the bytes are.
    ///
    /// - Throws: `.unexpectedAnswer` for a web page, `.notAPicture` for anything else that is no picture or clip.
    static func content(_ bytes: [UInt8], named fileName: String) throws(PhotoLibraryError) -> PhotoContent {
        if let format = ImageFormat(detecting: bytes) {
            return PhotoContent(
                bytes: bytes, mediaType: format.mediaType, fileName: rename(fileName, to: format.fileExtension))
        }
        if isMP4(bytes) {
            return PhotoContent(bytes: bytes, mediaType: "video/mp4", fileName: rename(fileName, to: "mp4"))
        }
        if bytes.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) {
            return PhotoContent(bytes: bytes, mediaType: "video/webm", fileName: rename(fileName, to: "webm"))
        }
        let start = String(decoding: bytes.prefix(256), as: UTF8.self).lowercased()
        if start.contains("<!doctype html") || start.contains("<html") {
            throw .unexpectedAnswer(reason: "a web page came instead of a picture; is a log-in needed?")
        }
        throw .notAPicture
    }

    /// Replaces the ending, keeping one that fits already.
    static func rename(_ fileName: String, to ending: String) -> String {
        let parts = fileName.split(separator: ".", omittingEmptySubsequences: false)
        let current = parts.count > 1 ? parts.last.map { $0.lowercased() } : nil
        if current == ending || (current == "jpeg" && ending == "jpg") { return fileName }
        let stem = current.map { $0.count <= 4 ? parts.dropLast().joined(separator: ".") : fileName } ?? fileName
        return (stem.isEmpty ? "photo" : stem) + "." + ending
    }

    private static func isMP4(_ bytes: [UInt8]) -> Bool {
        bytes.count >= 12 && bytes[4..<8].elementsEqual("ftyp".utf8)
    }
}
