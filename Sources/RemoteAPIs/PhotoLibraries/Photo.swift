package import Images

/// What a library knows of one picture; every descriptive part may be missing.
package struct Photo: Sendable, Equatable, Identifiable {
    /// The library's own identifier: Stash's number, Immich's UUID, a path below the folder.
    package var id: String
    /// The title somebody gave it; nil where there is none.
    package var title: String?
    /// The file's name with its ending.
    package var fileName: String
    /// The galleries or folders it belongs to, in the library's order.
    package var galleries: [Label]
    /// Tags, in the library's order.
    package var tags: [Label]
    /// The people in it.
    package var performers: [Label]
    /// 1 to 100; nil where nobody rated it.
    package var rating: Int?
    /// The day it was taken, `YYYY-MM-DD`; nil where unknown.
    package var date: String?
    /// The format of the original by what the library says; nil where it does not tell or it is a clip.
    package var format: ImageFormat?
    /// Width in pixels; nil where unknown.
    package var width: Int?
    /// Height in pixels; nil where unknown.
    package var height: Int?
    /// Size of the original in bytes; nil where unknown.
    package var size: Int?
    /// True for a moving picture or a clip.
    package var isMoving: Bool
    /// What is known of a clip; nil for a picture, also for one that moves.
    package var clip: Clip?
    /// What the camera noted, where the library tells it; the file's own header may know more.
    package var exif: ExifFacts?
    /// Changes when the file's content changes; the key of caches, and not an address.
    package var fingerprint: String

    /// A name with the library's number for it.
    package struct Label: Sendable, Hashable {
        package var id: String
        package var name: String

        package init(id: String, name: String) {
            self.id = id
            self.name = name
        }
    }

    /// What is known of a clip beyond a picture.
    package struct Clip: Sendable, Hashable {
        /// Seconds; nil where unknown.
        package var duration: Double?
        /// `mp4`, `webm`, `mov` and the like, in lower case; nil where unknown.
        package var container: String?
        /// `h264`, `hevc`, `vp9` and the like, in lower case; nil where unknown.
        package var videoCodec: String?

        package init(duration: Double? = nil, container: String? = nil, videoCodec: String? = nil) {
            self.duration = duration
            self.container = container
            self.videoCodec = videoCodec
        }
    }

    package init(
        id: String, title: String? = nil, fileName: String, galleries: [Label] = [], tags: [Label] = [],
        performers: [Label] = [], rating: Int? = nil, date: String? = nil, format: ImageFormat? = nil,
        width: Int? = nil, height: Int? = nil, size: Int? = nil, isMoving: Bool = false, clip: Clip? = nil,
        exif: ExifFacts? = nil, fingerprint: String
    ) {
        self.id = id
        self.title = title
        self.fileName = fileName
        self.galleries = galleries
        self.tags = tags
        self.performers = performers
        self.rating = rating
        self.date = date
        self.format = format
        self.width = width
        self.height = height
        self.size = size
        self.isMoving = isMoving
        self.clip = clip
        self.exif = exif
        self.fingerprint = fingerprint
    }
}
