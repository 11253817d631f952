/// `sendPaidMedia`: up to ten pictures and films that are seen for Stars.
enum SendPaidMedia {
    static let handler: Handler = { (world, call) throws(APIError) in
        let arguments = call.arguments
        let stars = arguments.int64("star_count")
        guard let node = arguments.json("media") else { throw .badRequest("can't parse media JSON object") }
        guard let items = node.array else { throw .badRequest("expected an Array of InputPaidMedia") }
        if items.isEmpty { throw .badRequest("there are no media to send") }
        if items.count > 10 { throw .badRequest("too many media to send") }
        var media: [Media] = []
        for item in items { media.append(try SendPaidMedia.media(item, call, in: &world)) }
        let caption = try TextArgument.caption(arguments)
        let payload = arguments["payload"]
        if payload.utf8.count > 128 { throw .badRequest("payload is too long") }
        let send = try SendArguments.parse(call, in: &world, rights: media.map { .media($0.kind) })
        guard (1...25_000).contains(stars) else { throw .badRequest("EXTENDED_MEDIA_AMOUNT_INVALID") }
        let paid = PaidMedia(
            stars: stars, items: media, caption: caption, isAbove: arguments.bool("show_caption_above_media"),
            payload: payload)
        return world.answer(world.send(.paid(paid), send, by: call.bot), in: send.key)
    }

    private static func media(_ item: JSONNode, _ call: Call, in world: inout World) throws(APIError) -> Media {
        guard item.isObject else { throw .badRequest("can't parse InputPaidMedia: expected an Object") }
        guard let type = item["type"]?.string, let kind = Media.Kind(rawValue: type),
            [.photo, .video, .livePhoto].contains(kind)
        else { throw .badRequest("can't parse InputPaidMedia: type must be one of photo, video or live_photo") }
        guard let value = item["media"]?.string, !value.isEmpty else {
            throw .badRequest("can't parse InputPaidMedia: media not found")
        }
        var media = try MediaArgument.media(kind, value: value, call, in: &world)
        if kind == .livePhoto { try SendLivePhoto.addStill(item["photo"]?.string ?? "", to: &media, call, in: &world) }
        if let width = item["width"]?.integer, width > 0 { media.width = Int(clamping: width) }
        if let height = item["height"]?.integer, height > 0 { media.height = Int(clamping: height) }
        if let duration = item["duration"]?.integer, duration > 0 { media.duration = Int(clamping: duration) }
        if kind == .video {
            if let thumbnail = MediaArgument.thumbnail(item["thumbnail"] ?? item["thumb"], call) {
                media.thumbnail = world.addThumbnail(thumbnail)
            }
            try VideoExtras.add(
                to: &media, cover: item["cover"]?.string ?? "", start: item["start_timestamp"]?.integer, call,
                in: &world)
        }
        world.remember(media)
        return media
    }
}

/// `sendLivePhoto`: a short film with the picture that stands for it.
enum SendLivePhoto {
    static let handler: Handler = { (world, call) throws(APIError) in
        let arguments = call.arguments
        let caption = try TextArgument.caption(arguments)
        var media = try MediaArgument.media(.livePhoto, "live_photo", call, in: &world)
        let still = call.prepared["photo"] != nil && arguments["photo"].isEmpty ? "attach://photo" : arguments["photo"]
        try addStill(still, to: &media, call, in: &world)
        let send = try SendArguments.parse(call, in: &world, rights: [.media(.livePhoto)])
        world.remember(media)
        let content = Content.media(
            media, caption: caption, isAbove: arguments.bool("show_caption_above_media"),
            isSpoiler: arguments.bool("has_spoiler"))
        return world.answer(world.send(content, send, by: call.bot), in: send.key)
    }

    /// Gives a live photo its picture.
    static func addStill(_ value: String, to media: inout Media, _ call: Call, in world: inout World) throws(APIError) {
        guard media.stills == nil || !value.isEmpty else { return }
        if value.isEmpty { throw .badRequest("there is no photo in the request") }
        let photo = try MediaArgument.media(.photo, value: value, call, in: &world)
        media.stills = photo.sizes
        media.width = media.width ?? photo.width
        media.height = media.height ?? photo.height
    }
}
