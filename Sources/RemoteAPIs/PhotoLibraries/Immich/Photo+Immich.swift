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
            clip: asset.type == "VIDEO" ? Clip(container: Self.container(asset.mediaType)) : nil,
            fingerprint: asset.checksum ?? asset.id)
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
