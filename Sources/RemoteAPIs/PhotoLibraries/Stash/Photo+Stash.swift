internal import Images
internal import JSON

extension Photo {
    /// Reads a picture as Stash describes it; nil when it has no identifier.
    ///
    /// `title`, `rating100`, `date` and every list may be null or empty. The first of `visual_files` is the one shown.
    init?(stash image: JSONValue) {
        guard let id = image["id"]?.stringValue else { return nil }
        let file = image["visual_files"]?[0]
        let isClip = file?["__typename"]?.stringValue == "VideoFile"
        let format = file?["format"]?.stringValue.flatMap { ImageFormat(rawValue: $0.lowercased()) }
        let fileName = file?["basename"]?.stringValue ?? "image-\(id)"
        let fingerprints = file?["fingerprints"]?.arrayValue ?? []
        let md5 = fingerprints.first { $0["type"]?.stringValue == "md5" }?["value"]?.stringValue
        self.init(
            id: id,
            title: image["title"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 },
            fileName: fileName,
            galleries: Self.labels(image["galleries"], name: "title"),
            tags: Self.labels(image["tags"], name: "name"),
            performers: Self.labels(image["performers"], name: "name"),
            rating: image["rating100"]?.integerValue.map(Int.init),
            date: image["date"]?.stringValue,
            format: isClip ? nil : format,
            width: file?["width"]?.integerValue.map(Int.init),
            height: file?["height"]?.integerValue.map(Int.init),
            size: file?["size"]?.integerValue.map(Int.init),
            isMoving: isClip || format == .gif,
            clip: isClip ? Self.clip(file) : nil,
            fingerprint: md5 ?? "\(file?["size"]?.integerValue ?? 0)-\(fileName)")
    }

    private static func clip(_ file: JSONValue?) -> Clip {
        func word(_ name: String) -> String? {
            file?[name]?.stringValue.flatMap { $0.isEmpty ? nil : $0.lowercased() }
        }
        return Clip(
            duration: file?["duration"]?.doubleValue, container: word("format"), videoCodec: word("video_codec"))
    }

    private static func labels(_ list: JSONValue?, name: String) -> [Label] {
        (list?.arrayValue ?? []).compactMap { item in
            guard let id = item["id"]?.stringValue, let text = item[name]?.stringValue, !text.isEmpty else {
                return nil
            }
            return Label(id: id, name: text)
        }
    }
}
