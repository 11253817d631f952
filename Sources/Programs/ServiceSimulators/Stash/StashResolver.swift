internal import Images
internal import JSON
internal import Support

/// Resolves the fields of a query against a library.
struct StashResolver: Sendable {
    let library: StashLibrary
    /// What `paths` begin with: the address the request came to, as the real server builds it.
    let baseURL: String
    let randomSeed: UInt64

    func query() -> GraphQLNode {
        .object(type: "Query") { call in
            switch call.field {
            case "findImages": try findImages(call)
            case "findImage": try findImage(call["id"])
            case "findGallery": label(call["id"], in: library.galleries).map(gallery) ?? .null
            case "findGalleries": labels("galleries", "FindGalleriesResultType", library.galleries.map(gallery))
            case "findTags": labels("tags", "FindTagsResultType", library.tags.map(tag))
            case "findPerformers":
                labels("performers", "FindPerformersResultType", library.performers.map(performer))
            case "stats": stats()
            case "systemStatus": Self.systemStatus(of: "OK")
            default: Self.version(library.version)
            }
        }
    }

    static func version(_ text: String = StashLibrary.currentVersion) -> GraphQLNode {
        .object(type: "Version") { call in
            switch call.field {
            case "version": .leaf(.string(text))
            case "hash": .leaf("0a1b2c3d")
            default: .leaf("2026-08-01 00:00:00")
            }
        }
    }

    static func systemStatus(of status: String) -> GraphQLNode {
        .object(type: "SystemStatus") { call in
            switch call.field {
            case "status": .leaf(.string(status))
            case "appSchema": .leaf(75)
            case "databaseSchema": .leaf(status == "OK" ? 75 : 74)
            case "os": .leaf("linux")
            default: .leaf("/data/stash-go.sqlite")
            }
        }
    }

    func image(id: JSONValue?) -> GraphQLNode? {
        Self.number(id).flatMap(library.image).map(node)
    }

    /// Stash reads an identifier as a number, and fails where it is none.
    private func findImage(_ id: JSONValue?) throws -> GraphQLNode {
        if let text = id?.stringValue, Int(text) == nil {
            throw GraphQLError(message: "strconv.Atoi: parsing \"\(text)\": invalid syntax", path: ["findImage"])
        }
        return image(id: id) ?? .null
    }

    // MARK: Lists

    private func findImages(_ call: GraphQLCall) throws -> GraphQLNode {
        let ids = call["ids"]?.arrayValue ?? call["image_ids"]?.arrayValue ?? []
        let filter = call["filter"]
        let page: [StashImage]
        let all: [StashImage]
        if let generated = library.generated {
            return try findGenerated(generated, call, ids: ids)
        } else if ids.isEmpty {
            let predicate = StashImageFilter(call["image_filter"]?.objectValue ?? [:])
            all = try library.images.filter { try predicate.matches($0) }
            let sorted = try StashSort.sorted(
                all, by: filter?["sort"]?.stringValue ?? "path",
                descending: filter?["direction"]?.stringValue == "DESC", randomSeed: randomSeed)
            page = Self.page(sorted, of: filter)
        } else {
            // With ids both filters are ignored, the order is that of the ids, and one that is missing fails the call.
            all = try ids.map { id in
                guard let found = library.images.first(where: { $0.id == Self.number(id) }) else {
                    throw GraphQLError(message: "image with id \(id.stringValue ?? "\(id)") not found")
                }
                return found
            }
            page = all
        }
        return .object(type: "FindImagesResultType") { call in
            switch call.field {
            case "count": .leaf(.integer(Int64(all.count)))
            case "megapixels": .leaf(.number(all.reduce(0) { $0 + Double($1.width * $1.height) / 1_000_000 }))
            case "filesize": .leaf(.number(all.reduce(0) { $0 + Double($1.size) }))
            default: .list(page.map(node))
            }
        }
    }

    private func findGenerated(
        _ generated: GeneratedStashImages, _ call: GraphQLCall, ids: [JSONValue]
    ) throws(GraphQLError) -> GraphQLNode {
        guard ids.isEmpty else { throw GraphQLError(message: "ids are not simulated for a generated library") }
        let page = try generated.page(
            filter: call["filter"], imageFilter: call["image_filter"]?.objectValue ?? [:])
        return .object(type: "FindImagesResultType") { call in
            switch call.field {
            case "images": .list(page.map(node))
            case "count": .leaf(.integer(Int64(generated.count)))
            default: .leaf(.number(0))
            }
        }
    }

    /// `per_page` is 25 unless said, -1 for all and 0 for none; pages count from 1.
    private static func page(_ images: [StashImage], of filter: JSONValue?) -> [StashImage] {
        let size = Int(filter?["per_page"]?.integerValue ?? 25)
        guard size >= 0 else { return images }
        let start = (max(1, Int(filter?["page"]?.integerValue ?? 1)) - 1) * size
        return Array(images.dropFirst(start).prefix(size))
    }

    private func labels(_ key: String, _ type: String, _ nodes: [GraphQLNode]) -> GraphQLNode {
        .object(type: type) { call in call.field == key ? .list(nodes) : .leaf(.integer(Int64(nodes.count))) }
    }

    private func stats() -> GraphQLNode {
        .object(type: "StatsResultType") { call in
            switch call.field {
            case "image_count": .leaf(.integer(Int64(library.count)))
            case "images_size": .leaf(.number(library.images.reduce(0) { $0 + Double($1.size) }))
            case "gallery_count": .leaf(.integer(Int64(library.galleries.count)))
            case "performer_count": .leaf(.integer(Int64(library.performers.count)))
            case "tag_count": .leaf(.integer(Int64(library.tags.count)))
            default: .leaf(0)
            }
        }
    }

    // MARK: Objects

    func node(_ image: StashImage) -> GraphQLNode {
        .object(type: "Image") { call in
            switch call.field {
            case "id": .leaf(.string("\(image.id)"))
            case "title": Self.text(image.title)
            case "rating100": Self.number(image.rating100)
            case "date": Self.text(image.date)
            case "details": Self.text(image.details)
            case "organized": .leaf(.bool(image.organized))
            case "o_counter": .leaf(.integer(Int64(image.oCounter)))
            case "created_at", "updated_at": .leaf(.string(image.modified.iso8601()))
            case "urls": .list([])
            case "visual_files": .list([file(of: image)])
            case "paths": paths(of: image)
            case "galleries": .list(image.galleries.compactMap { label($0, in: library.galleries).map(gallery) })
            case "tags": .list(image.tags.compactMap { label($0, in: library.tags).map(tag) })
            case "performers": .list(image.performers.compactMap { label($0, in: library.performers).map(performer) })
            default: .null
            }
        }
    }

    private func file(of image: StashImage) -> GraphQLNode {
        .object(type: image.clip == nil ? "ImageFile" : "VideoFile") { call in
            switch call.field {
            case "id": .leaf(.string("\(image.id + 1000)"))
            case "path": .leaf(.string(image.path))
            case "basename": .leaf(.string(image.baseName))
            case "size": .leaf(.integer(Int64(image.size)))
            case "width": .leaf(.integer(Int64(image.width)))
            case "height": .leaf(.integer(Int64(image.height)))
            case "format": .leaf(.string(image.clip?.format ?? image.format?.rawValue ?? ""))
            case "duration": .leaf(.number(image.clip?.duration ?? 0))
            case "video_codec": .leaf(.string(image.clip?.videoCodec ?? ""))
            case "audio_codec": .leaf(.string(image.clip?.audioCodec ?? ""))
            case "frame_rate": .leaf(.number(image.clip?.frameRate ?? 0))
            case "bit_rate": .leaf(.integer(Int64(image.size * 8)))
            case "fingerprint": call["type"]?.stringValue == "md5" ? .leaf(.string(fingerprint(of: image))) : .null
            case "fingerprints":
                .list([
                    .object(type: "Fingerprint") { call in
                        .leaf(.string(call.field == "type" ? "md5" : fingerprint(of: image)))
                    }
                ])
            default: .leaf(.string(image.modified.iso8601()))
            }
        }
    }

    /// Stands for the file's checksum: changes when the file does.
    private func fingerprint(of image: StashImage) -> String {
        String("\(image.path)\(image.size)".utf8.reduce(UInt64(7)) { $0 &* 31 &+ UInt64($1) }, radix: 16)
    }

    /// `preview` exists for clips only and is an empty string, not null, for pictures.
    private func paths(of image: StashImage) -> GraphQLNode {
        let stamp = image.modified.microseconds / 1_000_000
        return .object(type: "ImagePathsType") { call in
            switch call.field {
            case "thumbnail": .leaf(.string("\(baseURL)/image/\(image.id)/thumbnail?t=\(stamp)"))
            case "image": .leaf(.string("\(baseURL)/image/\(image.id)/image?t=\(stamp)"))
            case "preview" where image.clip != nil:
                .leaf(.string("\(baseURL)/image/\(image.id)/preview?t=\(stamp)"))
            default: .leaf("")
            }
        }
    }

    private func gallery(_ label: StashLabel) -> GraphQLNode {
        .object(type: "Gallery") { call in
            switch call.field {
            case "id": .leaf(.string("\(label.id)"))
            case "title": .leaf(.string(label.name))
            case "image_count":
                .leaf(.integer(Int64(library.images.count { $0.galleries.contains(label.id) })))
            case "organized": .leaf(false)
            case "tags", "performers": .list([])
            case "created_at", "updated_at": .leaf("2026-01-01T00:00:00Z")
            default: .null
            }
        }
    }

    private func tag(_ label: StashLabel) -> GraphQLNode {
        .object(type: "Tag") { call in
            switch call.field {
            case "id": .leaf(.string("\(label.id)"))
            case "name": .leaf(.string(label.name))
            case "aliases": .list([])
            case "favorite": .leaf(false)
            default: .leaf(.integer(Int64(library.images.count { $0.tags.contains(label.id) })))
            }
        }
    }

    private func performer(_ label: StashLabel) -> GraphQLNode {
        .object(type: "Performer") { call in
            switch call.field {
            case "id": .leaf(.string("\(label.id)"))
            case "name": .leaf(.string(label.name))
            case "favorite": .leaf(false)
            case "rating100": .null
            default: .leaf(.integer(Int64(library.images.count { $0.performers.contains(label.id) })))
            }
        }
    }

    // MARK: Small conversions

    private func label(_ id: Int, in labels: [StashLabel]) -> StashLabel? {
        // Numbers are mostly given one after another.
        if labels.indices.contains(id - 1), labels[id - 1].id == id { return labels[id - 1] }
        return labels.first { $0.id == id }
    }

    private func label(_ id: JSONValue?, in labels: [StashLabel]) -> StashLabel? {
        Self.number(id).flatMap { label($0, in: labels) }
    }

    static func number(_ id: JSONValue?) -> Int? {
        id.flatMap { $0.stringValue.flatMap(Int.init) ?? $0.integerValue.map(Int.init) }
    }

    private static func text(_ value: String?) -> GraphQLNode { .leaf(value.map(JSONValue.string) ?? .null) }

    private static func number(_ value: Int?) -> GraphQLNode { .leaf(value.map { .integer(Int64($0)) } ?? .null) }
}
