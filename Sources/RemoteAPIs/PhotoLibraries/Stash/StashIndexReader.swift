internal import JSON
internal import Support

/// Reads pages of Stash's images into an index, straight from the answers' bytes.
struct StashIndexReader {
    /// What a page turned out to be.
    enum Page: Equatable {
        /// So many images, the last one with this number; nil for none.
        case images(Int, last: Int?)
        /// Something else: an error, or no answer of Stash's.
        case other
    }

    private var builder: PhotoIndexBuilder

    init(expected: Int) {
        builder = PhotoIndexBuilder(expected: expected)
    }

    /// The index of all pages read.
    consuming func finish() -> PhotoIndex { builder.finish() }

    /// Reads one answer to `StashQuery.index`.
    mutating func read(page bytes: [UInt8]) throws(JSONError) -> Page {
        var reader = JSONReader(bytes)
        var page = Page.other
        try reader.beginObject()
        while let key = try reader.nextKey(in: Self.answerKeys) {
            switch key {
            case 0: return .other
            case 1:
                try reader.beginObject()
                while let key = try reader.nextKey(in: Self.dataKeys) {
                    if key == 0 { page = try images(&reader) } else { try reader.skipValue() }
                }
            default: try reader.skipValue()
            }
        }
        try reader.finish()
        return page
    }

    private static let answerKeys = JSONKeyTable("errors data")
    private static let dataKeys = JSONKeyTable("findImages")
    private static let resultKeys = JSONKeyTable("images")
    private static let imageKeys = JSONKeyTable("id rating100 date galleries tags performers visual_files")
    private static let labelKeys = JSONKeyTable("id title name favorite")
    private static let fileKeys = JSONKeyTable("__typename mod_time width height format")

    private mutating func images(_ reader: inout JSONReader) throws(JSONError) -> Page {
        var count = 0
        var last: Int?
        var isThere = false
        try reader.beginObject()
        while let key = try reader.nextKey(in: Self.resultKeys) {
            guard key == 0 else {
                try reader.skipValue()
                continue
            }
            isThere = true
            try reader.beginArray()
            while try reader.nextElement() {
                let row = try image(&reader)
                guard let number = Int(row.id) else { continue }
                builder.append(row)
                count += 1
                last = number
            }
        }
        return isThere ? .images(count, last: last) : .other
    }

    private mutating func image(_ reader: inout JSONReader) throws(JSONError) -> PhotoIndexRow {
        var row = PhotoIndexRow(id: "")
        var fileDate: CivilDate?
        try reader.beginObject()
        while let key = try reader.nextKey(in: Self.imageKeys) {
            switch key {
            case 0: row.id = try reader.readString()
            case 1: row.rating = try reader.readInt()
            case 2: row.date = CivilDate(startOf: try reader.readString())
            case 3:
                try reader.beginArray()
                while try reader.nextElement() {
                    if let label = try label(&reader, .gallery) { row.galleries.append(label.index) }
                }
            case 4:
                try reader.beginArray()
                while try reader.nextElement() {
                    if let label = try label(&reader, .tag) { row.tags.append(label.index) }
                }
            case 5:
                try reader.beginArray()
                while try reader.nextElement() {
                    guard let label = try label(&reader, .performer) else { continue }
                    row.performers.append(label.index)
                    // Stash has no favourite images; its own filter goes by the people as well.
                    if label.isFavourite { row.isFavourite = true }
                }
            case 6: fileDate = try files(&reader, &row)
            default: try reader.skipValue()
            }
        }
        row.date = row.date ?? fileDate
        return row
    }

    private enum LabelKind { case gallery, tag, performer }

    /// A gallery, tag or performer; its name is only read when it was not met before.
    private mutating func label(
        _ reader: inout JSONReader, _ kind: LabelKind
    ) throws(JSONError) -> (index: Int32, isFavourite: Bool)? {
        var id: String?
        var name: String?
        var known: Int32?
        var isFavourite = false
        try reader.beginObject()
        while let key = try reader.nextKey(in: Self.labelKeys) {
            switch key {
            case 0:
                let read = try reader.readString()
                id = read
                known =
                    switch kind {
                    case .gallery: builder.knownGallery(read)
                    case .tag: builder.knownTag(read)
                    case .performer: builder.knownPerformer(read)
                    }
            case 1, 2: if known == nil { name = try reader.readString() } else { try reader.skipValue() }
            case 3: isFavourite = try reader.readBool()
            default: try reader.skipValue()
            }
        }
        if let known { return (known, isFavourite) }
        guard let id else { return nil }
        // A gallery without a title is one all the same: it can be excluded, and has its weight.
        let index =
            switch kind {
            case .gallery: builder.gallery(id: id, name: name ?? "")
            case .tag: builder.tag(id: id, name: name ?? "")
            case .performer: builder.performer(id: id, name: name ?? "")
            }
        return (index, isFavourite)
    }

    /// Takes what the first file tells, and gives the day it was made.
    private func files(_ reader: inout JSONReader, _ row: inout PhotoIndexRow) throws(JSONError) -> CivilDate? {
        var date: CivilDate?
        var isFirst = true
        try reader.beginArray()
        while try reader.nextElement() {
            guard isFirst else {
                try reader.skipValue()
                continue
            }
            isFirst = false
            var width: Int?
            var height: Int?
            try reader.beginObject()
            while let key = try reader.nextKey(in: Self.fileKeys) {
                switch key {
                case 0: if try reader.readString() == "VideoFile" { row.isMoving = true }
                case 1: date = CivilDate(startOf: try reader.readString())
                case 2: width = try reader.readInt()
                case 3: height = try reader.readInt()
                case 4: if try reader.readString().lowercased() == "gif" { row.isMoving = true }
                default: try reader.skipValue()
                }
            }
            row.orientation = PhotoOrientation(width: width, height: height)
        }
        return date
    }
}
