/// A file that was brought into the store and measured, before the world knows it.
struct PreparedFile: Sendable, Codable {
    /// A picture made from the file.
    struct Rendition: Sendable, Codable {
        var diskName: String
        var width: Int
        var height: Int
        var size: Int
    }

    var diskName: String
    var size: Int
    var name: String?
    var type: String
    /// Size in pixels, where the file is a picture that can be read.
    var width: Int?
    var height: Int?
    /// Smallest first; made only where the file is used as a photo.
    var renditions: [Rendition] = []
    var thumbnail: Rendition?
    /// Whole seconds, where the file is a film or sound that can be read.
    var duration: Int?
    var title: String?
    var performer: String?
    /// Why a link could not be had; reported when the call reaches the file.
    var fault: String?
}
