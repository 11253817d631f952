internal import JSON

/// The store's rows as Immich shows them.
struct ImmichViews {
    let store: ImmichStore
    let generation: ImmichGeneration

    private static let madeAt: JSONValue = "2025-01-02T03:04:05.678Z"

    /// An asset; EXIF and people where asked for, tags only when it is asked for by itself.
    func asset(_ asset: ImmichStoredAsset, withExif: Bool, withPeople: Bool, withTags: Bool = false) -> JSONValue {
        let isMine = asset.ownerID == ImmichStore.ownerID
        var view: JSONObject = [
            "id": .string(asset.id), "ownerId": .string(asset.ownerID), "libraryId": nil, "type": .string(asset.type),
            "originalPath": .string("/data/library/admin/2024/\(asset.fileName)"),
            "originalFileName": .string(asset.fileName), "originalMimeType": .string(asset.mediaType),
            "thumbhash": "1QcSHQRnh493V4dIh4eXh1h4kJUI", "fileCreatedAt": .string(asset.taken),
            "fileModifiedAt": .string(asset.taken), "localDateTime": .string(asset.taken), "createdAt": Self.madeAt,
            "updatedAt": Self.madeAt, "isFavorite": .bool(isMine && asset.isFavorite),
            "isArchived": .bool(asset.visibility == .archive), "isTrashed": .bool(asset.isTrashed),
            "visibility": .string(asset.visibility.rawValue), "duration": duration(asset),
            "livePhotoVideoId": asset.livePhotoVideoID.map(JSONValue.string) ?? nil,
            "checksum": .string(checksum(asset)), "isOffline": false, "hasMetadata": true, "duplicateId": nil,
            "people": withPeople ? .array(people(asset)) : [],
        ]
        if generation == .classValidator {
            view["deviceAssetId"] = .string("web-\(asset.fileName)")
            view["deviceId"] = "WEB"
        } else {
            let isTurned = (5...8).contains(asset.orientation)
            view["width"] = .integer(Int64(isTurned ? asset.height : asset.width))
            view["height"] = .integer(Int64(isTurned ? asset.width : asset.height))
            view["isEdited"] = false
        }
        if withExif { view["exifInfo"] = exif(asset) }
        if withTags {
            view["tags"] = .array(store.tags.filter { asset.tags.contains($0.id) }.map(tag))
            view["stack"] = nil
        }
        return .object(view)
    }

    private func duration(_ asset: ImmichStoredAsset) -> JSONValue {
        switch generation {
        case .classValidator: .string(asset.type == "VIDEO" ? clock(asset.duration) : "0:00:00.00000")
        case .zod: asset.type == "VIDEO" ? .integer(Int64(asset.duration)) : nil
        }
    }

    /// Milliseconds as `0:01:02.50000`.
    private func clock(_ milliseconds: Int) -> String {
        func digits(_ number: Int, _ count: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        let seconds = milliseconds / 1000
        return "\(seconds / 3600):\(digits(seconds / 60 % 60, 2)):\(digits(seconds % 60, 2))"
            + ".\(digits(milliseconds % 1000, 3))00"
    }

    private func checksum(_ asset: ImmichStoredAsset) -> String {
        let hash = asset.original.prefix(4096).reduce(UInt64(asset.original.count)) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
        return String(hash, radix: 36) + "AAAAAAAAAAAAAA="
    }

    private func exif(_ asset: ImmichStoredAsset) -> JSONValue {
        let camera = asset.camera
        func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
        func number(_ value: Double?) -> JSONValue { value.map(JSONValue.number) ?? .null }
        return [
            "make": text(camera?.make), "model": text(camera?.model), "exifImageWidth": .integer(Int64(asset.width)),
            "exifImageHeight": .integer(Int64(asset.height)), "fileSizeInByte": .integer(Int64(asset.original.count)),
            "orientation": asset.orientation == 1 ? nil : .string(String(asset.orientation)),
            "dateTimeOriginal": .string(asset.taken), "modifyDate": nil, "timeZone": nil,
            "lensModel": text(camera?.lens), "fNumber": number(camera?.fNumber),
            "focalLength": number(camera?.focalLength), "iso": camera.map { .integer(Int64($0.iso)) } ?? nil,
            "exposureTime": text(camera?.exposure), "latitude": number(camera?.place?.latitude),
            "longitude": number(camera?.place?.longitude), "city": nil, "state": nil, "country": nil,
            "description": .string(asset.description), "projectionType": nil,
            "rating": asset.rating.map { .integer(Int64($0)) } ?? nil,
        ]
    }

    private func people(_ asset: ImmichStoredAsset) -> [JSONValue] {
        store.people.filter { asset.people.contains($0.id) }.map { person in
            guard var view = self.person(person).objectValue else { return nil }
            view["faces"] = []
            return .object(view)
        }
    }

    func person(_ person: ImmichStoredPerson) -> JSONValue {
        [
            "id": .string(person.id), "name": .string(person.name), "birthDate": nil, "thumbnailPath": "",
            "isHidden": .bool(person.isHidden), "isFavorite": false, "updatedAt": Self.madeAt,
        ]
    }

    func tag(_ tag: ImmichStoredTag) -> JSONValue {
        [
            "id": .string(tag.id), "name": .string(tag.value.split(separator: "/").last.map(String.init) ?? ""),
            "value": .string(tag.value), "createdAt": Self.madeAt, "updatedAt": Self.madeAt,
        ]
    }

    /// An album; version 3 no longer lists its assets.
    func album(_ album: ImmichStoredAlbum, withAssets: Bool) -> JSONValue {
        var view: JSONObject = [
            "id": .string(album.id), "albumName": .string(album.name), "description": "",
            "albumThumbnailAssetId": album.assets.first.map(JSONValue.string) ?? nil, "createdAt": Self.madeAt,
            "updatedAt": Self.madeAt, "ownerId": .string(ImmichStore.ownerID), "albumUsers": [],
            "shared": false, "hasSharedLink": false, "assetCount": .integer(Int64(album.assets.count)),
            "isActivityEnabled": true, "order": "desc",
        ]
        if generation == .classValidator {
            let members = Set(album.assets)
            view["assets"] =
                withAssets
                ? .array(
                    store.assets.filter { members.contains($0.id) && !$0.isTrashed && $0.visibility != .locked }
                        .map { asset($0, withExif: true, withPeople: false) }) : []
        }
        return .object(view)
    }
}
