/// A file that the service keeps.
struct StoredFile: Codable, Sendable {
    /// The folders of file paths.
    enum Folder: String, Codable, Sendable {
        case photos, videos, animations, music, voice, documents, stickers, thumbnails
        case videoNotes = "video_notes"
    }

    var number: Int
    var id: String
    var uniqueID: String
    var folder: Folder
    /// Where `getFile` says it lies, such as `photos/file_0.jpg`.
    var path: String
    /// Name on disk below the store's directory.
    var diskName: String
    var size: Int
    var name: String?
    var type: String?
}
