internal import Images
internal import JSON

/// A picture or video as Immich describes it, read from JSON as it arrives.
struct ImmichAsset: Sendable, Equatable {
    var id = ""
    var type = ""
    var fileName = ""
    var mediaType: String?
    /// `2024-07-02T18:11:00.000Z`: the clock where it was taken, written as if it were UTC.
    var localDateTime: String?
    var isFavorite = false
    var isArchived = false
    var isTrashed = false
    /// `timeline`, `archive`, `hidden` or `locked`; nil where the server does not tell.
    var visibility: String?
    var checksum: String?
    /// Seconds of a video.
    var duration: Double?
    var width: Int?
    var height: Int?
    var exif = Exif()
    var people: [Photo.Label] = []
    var tags: [Photo.Label] = []

    /// What the file says about itself.
    struct Exif: Sendable, Equatable {
        var width: Int?
        var height: Int?
        /// 1 to 8 as in EXIF, written as text.
        var orientation: String?
        var size: Int?
        /// 1 to 5; −1 is a rejected picture.
        var rating: Int?
        var description: String?
        var make: String?
        var model: String?
        var lens: String?
        /// A ratio such as `1/250`, or seconds; as text.
        var exposure: String?
        var fNumber: Double?
        var focalLength: Double?
        var sensitivity: Int?
        var latitude: Double?
        var longitude: Double?
    }

    /// Whether it belongs to what its owner sees in the timeline, and is a picture or a video.
    ///
    /// A server is asked for these only; an answer that holds others is not trusted.
    var isShown: Bool {
        !id.isEmpty && !isTrashed && !isArchived && (visibility ?? "timeline") == "timeline"
            && (type == "IMAGE" || type == "VIDEO")
    }

    /// Width and height as it is seen, the camera's turn taken into account; nil where unknown.
    ///
    /// The newer members of an asset are turned already; those of its EXIF are not.
    var size: (width: Int, height: Int)? {
        if let width, let height, width > 0, height > 0 { return (width, height) }
        guard let width = exif.width, let height = exif.height, width > 0, height > 0 else { return nil }
        return ["5", "6", "7", "8"].contains(exif.orientation) ? (height, width) : (width, height)
    }

    /// 1 to 100, one star for each twenty; nil where nobody rated it, and for a rejected one.
    var rating: Int? { exif.rating.flatMap { (1...5).contains($0) ? $0 * 20 : nil } }

    /// The day it was taken, `YYYY-MM-DD`.
    var date: String? {
        guard let text = localDateTime?.prefix(10), text.utf8.count == 10 else { return nil }
        let isDate = text.utf8.enumerated().allSatisfy { index, byte in
            index == 4 || index == 7 ? byte == UInt8(ascii: "-") : (0x30...0x39).contains(byte)
        }
        return isDate ? String(text) : nil
    }

    /// A video, or a picture that moves.
    var isMoving: Bool { type == "VIDEO" || mediaType == "image/gif" }
}

extension ImmichAsset {
    private static let keys = JSONKeyTable(
        """
        id type originalFileName originalMimeType localDateTime isFavorite isArchived isTrashed visibility checksum \
        width height exifInfo people tags duration
        """)
    fileprivate static let exifKeys = JSONKeyTable(
        """
        exifImageWidth exifImageHeight orientation fileSizeInByte rating description make model lensModel exposureTime \
        fNumber focalLength iso latitude longitude
        """)
    private static let labelKeys = JSONKeyTable("id name value isHidden")

    /// Reads one asset; a member of another kind than expected counts as absent.
    init(reading reader: inout JSONReader) throws(JSONError) {
        try reader.beginObject()
        while let key = try reader.nextKey(in: Self.keys) {
            let start = reader.mark
            do throws(JSONError) {
                switch key {
                case 0: id = try reader.readString()
                case 1: type = try reader.readString()
                case 2: fileName = try reader.readString()
                case 3: mediaType = try reader.readString().lowercased()
                case 4: localDateTime = try reader.readString()
                case 5: isFavorite = try reader.readBool()
                case 6: isArchived = try reader.readBool()
                case 7: isTrashed = try reader.readBool()
                case 8: visibility = try reader.readString()
                case 9: checksum = try reader.readString()
                case 10: width = Int(try reader.readDouble())
                case 11: height = Int(try reader.readDouble())
                case 12: exif = try Exif(reading: &reader)
                case 13: people = try Self.labels(&reader, name: 1)
                case 14: tags = try Self.labels(&reader, name: 2)
                case 15: duration = try Self.seconds(&reader)
                default: try reader.skipValue()
                }
            } catch {
                try reader.stepOver(error, from: start)
            }
        }
    }

    /// `0:01:02.50000` until version 2, milliseconds since 3.
    private static func seconds(_ reader: inout JSONReader) throws(JSONError) -> Double? {
        guard try reader.peekKind() == .string else { return try reader.readDouble() / 1000 }
        let parts = try reader.readString().split(separator: ":").compactMap { Double($0) }
        return parts.count == 3 ? parts.reduce(0) { $0 * 60 + $1 } : nil
    }

    /// Labels with a name; hidden people are left out.
    private static func labels(_ reader: inout JSONReader, name: Int) throws(JSONError) -> [Photo.Label] {
        var labels: [Photo.Label] = []
        try reader.beginArray()
        while try reader.nextElement() {
            var label = Photo.Label(id: "", name: "")
            var isHidden = false
            try reader.beginObject()
            while let key = try reader.nextKey(in: labelKeys) {
                switch key {
                case 0: label.id = try reader.readString()
                case name: label.name = try reader.readString()
                case 3: isHidden = try reader.readBool()
                default: try reader.skipValue()
                }
            }
            if !isHidden, !label.id.isEmpty, !label.name.isEmpty { labels.append(label) }
        }
        return labels
    }
}

extension ImmichAsset.Exif {
    fileprivate init(reading reader: inout JSONReader) throws(JSONError) {
        try reader.beginObject()
        while let key = try reader.nextKey(in: ImmichAsset.exifKeys) {
            let start = reader.mark
            do throws(JSONError) {
                switch key {
                case 0: width = Int(try reader.readDouble())
                case 1: height = Int(try reader.readDouble())
                case 2: orientation = try reader.readString()
                case 3: size = Int(try reader.readDouble())
                case 4: rating = Int(try reader.readDouble())
                case 5: description = try reader.readString()
                case 6: make = try reader.readString()
                case 7: model = try reader.readString()
                case 8: lens = try reader.readString()
                case 9: exposure = try reader.readString()
                case 10: fNumber = try reader.readDouble()
                case 11: focalLength = try reader.readDouble()
                case 12: sensitivity = Int(try reader.readDouble())
                case 13: latitude = try reader.readDouble()
                case 14: longitude = try reader.readDouble()
                default: try reader.skipValue()
                }
            } catch {
                try reader.stepOver(error, from: start)
            }
        }
    }
}
