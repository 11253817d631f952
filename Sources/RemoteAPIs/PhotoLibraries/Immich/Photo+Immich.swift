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
            fingerprint: asset.checksum ?? asset.id)
    }

    private static func format(_ mediaType: String?) -> ImageFormat? {
        switch mediaType {
        case "image/jpg": .jpeg
        case "image/heif": .heic
        case let type: ImageFormat.allCases.first { $0.mediaType == type }
        }
    }
}
