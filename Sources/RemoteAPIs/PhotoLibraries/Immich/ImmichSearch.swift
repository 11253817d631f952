internal import HTTP
internal import JSON

/// Walks through what a search finds, page by page, without ever holding more than one page.
struct ImmichSearch {
    let api: ImmichAPI

    /// The most that Immich gives at a time.
    private static let pageSize: Int64 = 1000
    /// A guard against a server that never comes to an end: five million assets.
    private static let mostPages = 5000

    /// Calls `body` with each asset of the timeline that `filter` lets through.
    ///
    /// Assets may shift between pages while they are added or removed; whoever cares about doubles looks for them.
    func eachAsset(
        _ filter: JSONObject, _ body: (ImmichAsset) throws(PhotoLibraryError) -> Void
    ) async throws(PhotoLibraryError) {
        var request = filter
        request["visibility"] = "timeline"
        request["size"] = .integer(Self.pageSize)
        // Oldest first: what is added meanwhile comes at the end and moves nothing.
        request["order"] = "asc"
        var page: Int64? = 1
        var pages = 0
        while let number = page {
            pages += 1
            guard pages <= Self.mostPages else {
                throw .unexpectedAnswer(reason: "the search has no end after \(pages - 1) pages")
            }
            request["page"] = .integer(number)
            let bytes = try await api.json(.post, "/search/metadata", body: .object(request))
            let next = try Self.read(bytes, body)
            guard next != page else { throw .unexpectedAnswer(reason: "page \(number) leads to itself") }
            page = next
        }
    }

    /// Reads one page; returns the number of the next.
    private static func read(
        _ bytes: [UInt8], _ body: (ImmichAsset) throws(PhotoLibraryError) -> Void
    ) throws(PhotoLibraryError) -> Int64? {
        var reader = JSONReader(bytes)
        var next: Int64?
        var hasAssets = false
        var assets: [ImmichAsset] = []
        do throws(JSONError) {
            try reader.beginObject()
            while let key = try reader.nextKey() {
                guard key == "assets" else {
                    try reader.skipValue()
                    continue
                }
                hasAssets = true
                try reader.beginObject()
                while let key = try reader.nextKey() {
                    switch key {
                    case "items":
                        try reader.beginArray()
                        while try reader.nextElement() { assets.append(try ImmichAsset(reading: &reader)) }
                    case "nextPage":
                        if try reader.takeNull() { continue }
                        next = Int64(try reader.readString())
                    default: try reader.skipValue()
                    }
                }
            }
            try reader.finish()
        } catch {
            throw .unexpectedAnswer(reason: "broken JSON in the search's answer: \(error)")
        }
        guard hasAssets else { throw .unexpectedAnswer(reason: "assets is missing from the answer") }
        for asset in assets { try body(asset) }
        return next
    }

    /// Reads a list of albums or tags: identifiers with names, those without a name left out.
    static func labels(in bytes: [UInt8], name: String) throws(JSONError) -> [Photo.Label] {
        var reader = JSONReader(bytes)
        var labels: [Photo.Label] = []
        try reader.beginArray()
        while try reader.nextElement() {
            var label = Photo.Label(id: "", name: "")
            try reader.beginObject()
            while let key = try reader.nextKey() {
                switch key {
                case "id": label.id = try reader.readString()
                case name: label.name = try reader.readString()
                default: try reader.skipValue()
                }
            }
            if !label.id.isEmpty, !label.name.isEmpty { labels.append(label) }
        }
        try reader.finish()
        return labels
    }
}
