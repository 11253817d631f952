extension World {
    /// Enters a file; ids and paths follow from its number and the seed.
    mutating func addFile(
        _ folder: StoredFile.Folder, diskName: String, size: Int, name: String?, type: String?, extension suffix: String
    ) -> Int {
        let number = files.count
        let first = Dealer.mix(dealer.seed ^ UInt64(number) &* 0x9E37_79B9)
        let second = Dealer.mix(first)
        let prefix = folder == .photos ? "AgACAgIAAxkBAA" : folder == .documents ? "BQACAgIAAxkBAA" : "BAACAgIAAxkBAA"
        let file = StoredFile(
            number: number, id: prefix + Dealer.text([first, second, Dealer.mix(second), Dealer.mix(second &+ 1)]),
            uniqueID: "AQAD" + String(Dealer.text([second]).prefix(9)) + "-", folder: folder,
            path: "\(folder.rawValue)/file_\(number)\(suffix)", diskName: diskName, size: size, name: name, type: type)
        files.append(file)
        fileNumbers[file.id] = number
        filePaths[file.path] = number
        uniqueFiles[file.uniqueID] = number
        changed(.file(number))
        return number
    }

    /// Makes the media of a message out of a prepared file.
    mutating func media(_ kind: Media.Kind, _ file: PreparedFile) throws(APIError) -> Media {
        if let fault = file.fault { throw .badRequest(fault) }
        if file.size == 0 { throw .badRequest("file must be non-empty") }
        let suffix = FileSuffix.of(file.name, type: file.type)
        if kind == .photo {
            try PhotoRules.check(size: file.size, width: file.width, height: file.height)
            let sizes = file.renditions.map { rendition in
                PhotoSize(
                    file: addFile(
                        .photos, diskName: rendition.diskName, size: rendition.size, name: nil, type: "image/jpeg",
                        extension: ".jpg"), width: rendition.width, height: rendition.height)
            }
            guard let largest = sizes.last else { throw .badRequest("IMAGE_PROCESS_FAILED") }
            return Media(kind: .photo, file: largest.file, sizes: sizes, width: largest.width, height: largest.height)
        }
        let folder: StoredFile.Folder =
            switch kind {
            case .photo: .photos
            case .video, .livePhoto: .videos
            case .animation: .animations
            case .audio: .music
            case .voice: .voice
            case .videoNote: .videoNotes
            case .sticker: .stickers
            case .document: .documents
            }
        var media = Media(
            kind: kind,
            file: addFile(
                folder, diskName: file.diskName, size: file.size, name: file.name, type: file.type, extension: suffix))
        media.name = file.name
        media.type = file.type
        media.width = file.width
        media.height = file.height
        media.duration = file.duration
        if kind == .audio {
            media.title = file.title
            media.performer = file.performer
        }
        // A round film is square; others go as films.
        if kind == .videoNote, let width = file.width, width != file.height { media.kind = .video }
        if let thumbnail = file.thumbnail { media.thumbnail = addThumbnail(thumbnail) }
        return media
    }

    mutating func addThumbnail(_ rendition: PreparedFile.Rendition) -> PhotoSize {
        PhotoSize(
            file: addFile(
                .thumbnails, diskName: rendition.diskName, size: rendition.size, name: nil, type: "image/jpeg",
                extension: ".jpg"), width: rendition.width, height: rendition.height)
    }

    /// The media of a file that messages have carried before.
    func media(_ kind: Media.Kind, id: String) throws(APIError) -> Media {
        guard let number = fileNumbers[id], let known = mediaByFile[number] else {
            throw FileIdentifier.refusal(id)
        }
        if known.kind == kind { return known }
        // A document's id serves for the kinds that are sent as documents; a photo stays a photo.
        let exchangeable: Set<Media.Kind> = [.document, .video, .animation, .audio, .voice]
        guard exchangeable.contains(known.kind), exchangeable.contains(kind) else {
            throw .badRequest("can't use file of type \(typeName(known.kind)) as \(typeName(kind))")
        }
        return known
    }

    private func typeName(_ kind: Media.Kind) -> String {
        switch kind {
        case .videoNote: "VideoNote"
        case .voice: "VoiceNote"
        case .livePhoto: "LivePhoto"
        default: kind.rawValue.prefix(1).uppercased() + kind.rawValue.dropFirst()
        }
    }

    /// Remembers which media a file belongs to, so that its id can be sent again.
    mutating func remember(_ media: Media) {
        mediaByFile[media.file] = media
        changed(.file(media.file))
        for size in media.sizes {
            mediaByFile[size.file] = media
            changed(.file(size.file))
        }
    }
}

/// The extension of a stored file's path.
enum FileSuffix {
    private static let byType: [String: String] = [
        "image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp", "video/mp4": ".mp4",
        "audio/mpeg": ".mp3", "audio/ogg": ".oga", "application/pdf": ".pdf", "text/plain": ".txt",
        "application/zip": ".zip", "application/json": ".json", "video/webm": ".webm",
    ]

    static func of(_ name: String?, type: String) -> String {
        if let name, let dot = name.lastIndex(of: "."), dot != name.startIndex {
            let suffix = name[dot...].lowercased()
            if suffix.utf8.count > 1, suffix.utf8.count <= 9, suffix.utf8.dropFirst().allSatisfy(\.isLetterOrDigit) {
                return suffix
            }
        }
        return byType[type] ?? ""
    }
}
