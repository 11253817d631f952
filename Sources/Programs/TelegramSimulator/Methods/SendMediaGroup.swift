/// `sendMediaGroup`: up to ten photos and videos, or documents, or audios, as one album.
enum SendMediaGroup {
    static let handler: Handler = { (world, call) throws(APIError) in
        _ = try call.arguments.required("media")
        guard let node = call.arguments.json("media") else { throw .badRequest("can't parse media JSON object") }
        guard let items = node.array else { throw .badRequest("expected an Array of InputMedia") }
        if items.isEmpty { throw .badRequest("there are no messages to send") }
        if items.count > 10 { throw .badRequest("too many messages to send as an album") }
        var contents: [Content] = []
        var kinds: Set<Media.Kind> = []
        for (index, item) in items.enumerated() {
            let (content, kind) = try InputMedia.parse(item, call, in: &world, number: index + 1)
            contents.append(content)
            kinds.insert(kind)
        }
        for (kind, name) in [(Media.Kind.document, "document"), (.audio, "audio")] where kinds.contains(kind) {
            guard kinds.count == 1 else { throw .badRequest("\(name) can't be mixed with other media types") }
        }
        // An album has no keyboard.
        var plain = call
        plain.arguments = call.arguments.without("reply_markup")
        let send = try SendArguments.parse(
            plain, in: &world, rights: contents.flatMap(\.sendingRights), count: contents.count)
        let album = world.newAlbum()
        var sent: [Message] = []
        for content in contents {
            sent.append(world.send(content, send, by: call.bot, album: contents.count > 1 ? album : nil))
        }
        guard let chat = world.chats[send.key] else { return .yes }
        return .writing { writer in writer.array(sent) { world.write($1, in: chat, to: &$0) } }
    }
}

/// Reads an `InputMedia` object.
enum InputMedia {
    static func parse(_ item: JSONNode, _ call: Call, in world: inout World, number: Int?) throws(APIError) -> (
        Content, Media.Kind
    ) {
        guard item.isObject else { throw .badRequest("can't parse InputMedia: expected an Object") }
        let caption = try TextArgument.caption(item)
        let value = item["media"]?.string ?? ""
        guard MediaArgument.isPresent(value, call) else {
            throw .badRequest("can't parse InputMedia: media not found")
        }
        guard let type = item["type"]?.string else {
            throw .badRequest("can't parse InputMedia: Can't find field \"type\"")
        }
        guard let kind = Media.Kind(rawValue: type),
            [.photo, .video, .animation, .audio, .document, .livePhoto].contains(kind)
        else { throw .badRequest("can't parse InputMedia: type \"\(type)\" is unsupported") }
        if number != nil, kind == .animation {
            throw .badRequest("can't parse InputMedia: type \"animation\" can't be used in sendMediaGroup")
        }
        var media: Media
        do throws(APIError) {
            media = try MediaArgument.media(kind, value: value, call, in: &world)
        } catch {
            guard let number else { throw error }
            let reason = error.description.dropFirst("Bad Request: ".count)
            throw .badRequest("failed to send message #\(number) with the error message \"\(reason)\"")
        }
        if kind == .livePhoto { try SendLivePhoto.addStill(item["photo"]?.string ?? "", to: &media, call, in: &world) }
        if let width = item["width"]?.integer { media.width = Int(clamping: width) }
        if let height = item["height"]?.integer { media.height = Int(clamping: height) }
        if let duration = item["duration"]?.integer { media.duration = Int(clamping: duration) }
        if let title = item["title"]?.string { media.title = title }
        if let performer = item["performer"]?.string { media.performer = performer }
        if kind != .photo, let thumbnail = MediaArgument.thumbnail(item["thumbnail"] ?? item["thumb"], call) {
            media.thumbnail = world.addThumbnail(thumbnail)
        }
        if kind == .video {
            try VideoExtras.add(
                to: &media, cover: item["cover"]?.string ?? "", start: item["start_timestamp"]?.integer, call,
                in: &world)
        }
        world.remember(media)
        let content = Content.media(
            media, caption: caption, isAbove: item["show_caption_above_media"]?.bool ?? false,
            isSpoiler: item["has_spoiler"]?.bool ?? false)
        return (content, kind)
    }
}
