internal import Images

extension Photo {
    /// What is known of an asset, in the words of a photo.
    ///
    /// Immich has no titles; what somebody wrote under a picture stands in for one.
    init(immich asset: ImmichAsset, albums: [Label]) {
        let description = asset.exif.description?.split(whereSeparator: \.isNewline).first.map(String.init)
        self.init(
            id: asset.id,
            title: description.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 },
            fileName: asset.fileName.isEmpty ? "asset-\(asset.id)" : asset.fileName,
            galleries: albums,
            tags: asset.tags,
            performers: asset.people,
            rating: asset.rating,
            date: asset.date,
            format: asset.type == "VIDEO" ? nil : Self.format(asset.mediaType),
            width: asset.size?.width,
            height: asset.size?.height,
            size: asset.exif.size,
            isMoving: asset.isMoving,
            clip: asset.type == "VIDEO"
                ? Clip(duration: asset.duration, container: Self.container(asset.mediaType)) : nil,
            exif: Self.exif(asset),
            fingerprint: asset.checksum ?? asset.id)
    }

    /// What Immich has read of the file's header; nil where that says nothing.
    private static func exif(_ asset: ImmichAsset) -> ExifFacts? {
        let exif = asset.exif
        var facts = ExifFacts(
            camera: ExifFacts.camera(maker: exif.make, model: exif.model), lens: exif.lens,
            exposure: exif.exposure.flatMap(seconds), fNumber: exif.fNumber, sensitivity: exif.sensitivity,
            focalLength: exif.focalLength)
        if let latitude = exif.latitude, let longitude = exif.longitude {
            facts.position = ExifFacts.Position(latitude: latitude, longitude: longitude)
        }
        guard facts != ExifFacts() else { return nil }
        // The clock where it was taken; Immich gives a moment to files that have none, so it counts beside others only.
        if let local = asset.localDateTime, asset.date != nil, local.utf8.count >= 19 {
            facts.takenAt = local.prefix(10) + " " + local.dropFirst(11).prefix(8)
        }
        return facts
    }

    private static func seconds(_ exposure: String) -> Double? {
        let parts = exposure.split(separator: "/").map { Double($0) }
        guard let first = parts.first ?? nil else { return nil }
        guard parts.count == 2 else { return first }
        return parts[1].flatMap { $0 > 0 ? first / $0 : nil }
    }

    private static func container(_ mediaType: String?) -> String? {
        switch mediaType {
        case "video/quicktime": "mov"
        case "video/x-matroska": "mkv"
        case let type?: type.hasPrefix("video/") ? String(type.dropFirst(6)) : nil
        case nil: nil
        }
    }

    private static func format(_ mediaType: String?) -> ImageFormat? {
        switch mediaType {
        case "image/jpg": .jpeg
        case "image/heif": .heic
        case let type: ImageFormat.allCases.first { $0.mediaType == type }
        }
    }
}
