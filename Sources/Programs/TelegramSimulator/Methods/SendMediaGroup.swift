/// `sendMediaGroup`: up to ten photos and videos, or documents, or audios, as one album.
enum SendMediaGroup {
    static let handler: Handler = { (world, call) throws(APIError) in
        guard !call.arguments["media"].isEmpty, let node = call.arguments.json("media") else {
            throw .badRequest("can't parse media JSON object")
        }
        guard let items = node.array else { throw .badRequest("expected an Array of InputMedia") }
        if items.isEmpty { throw .badRequest("there are no messages to send") }
        if items.count > 10 { throw .badRequest("too many messages to send as an album") }
        var contents: [Content] = []
        var kinds: Set<Media.Kind> = []
        for (index, item) in items.enumerated() {
            let (content, kind) = try InputMedia.parse(item, call, in: &world, number: index + 1)
            guard kind != .animation else { throw .badRequest("animations can't be sent as an album") }
            contents.append(content)
            kinds.insert(kind)
        }
        for (kind, name) in [(Media.Kind.document, "document"), (.audio, "audio")] where kinds.contains(kind) {
            guard kinds.count == 1 else { throw .badRequest("\(name) can't be mixed with other media types") }
        }
        let (right, what) = MediaArgument.right(kinds.first ?? .photo)
        let send = try SendArguments.parse(call, in: &world, right: right, what: what, count: contents.count)
        let album = String(world.dealer.next(in: 13_000_000_000_000_000...13_999_999_999_999_999))
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
        guard let type = item["type"]?.string else {
            throw .badRequest("can't parse InputMedia: Can't find field \"type\"")
        }
        guard let kind = Media.Kind(rawValue: type),
            [.photo, .video, .animation, .audio, .document, .livePhoto].contains(kind)
        else {
            throw .badRequest("can't parse InputMedia: type must be one of photo, video, animation, audio or document")
        }
        guard let value = item["media"]?.string, !value.isEmpty else {
            throw .badRequest("can't parse InputMedia: media not found")
        }
        let caption = try TextArgument.caption(item)
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
        if let name = item["thumbnail"]?.string, name.hasPrefix("attach://"), kind != .photo,
            let thumbnail = call.prepared[String(name.dropFirst(9))]?.thumbnail
        {
            media.thumbnail = world.addThumbnail(thumbnail)
        }
        world.remember(media)
        let content = Content.media(
            media, caption: caption, isAbove: item["show_caption_above_media"]?.bool ?? false,
            isSpoiler: item["has_spoiler"]?.bool ?? false)
        return (content, kind)
    }
}
