/// `editMessageText`, `editMessageCaption`, `editMessageReplyMarkup` and `editMessageMedia`.
enum EditMessage {
    static let text: Handler = { (world, call) throws(APIError) in
        if call.arguments.has("rich_message"), call.arguments["text"].isEmpty {
            throw Unsimulated.refusal("rich_message")
        }
        let text = try TextArgument.message(call.arguments)
        let keyboard = try MarkupArgument.inline(call.arguments, isLocal: world.options.allowsLoopback)
        let preview = try LinkPreviewArgument.parse(call.arguments)
        let found = try EditTarget.find(call, in: world)
        if text.text.unicodeScalars.count > TextArgument.maximumMessage { throw .badRequest("MESSAGE_TOO_LONG") }
        guard let old = world.message(found.place)?.text else {
            throw .badRequest("there is no text in the message to edit")
        }
        let isSame = old == text && world.message(found.place)?.preview == preview
        return try EditTarget.apply(
            .text(text), keyboard, isSame: isSame, preview: preview, to: found, in: &world)
    }

    static let caption: Handler = { (world, call) throws(APIError) in
        let caption = try TextArgument.caption(call.arguments)
        let keyboard = try MarkupArgument.inline(call.arguments, isLocal: world.options.allowsLoopback)
        let found = try EditTarget.find(call, in: world)
        let isAbove = call.arguments.bool("show_caption_above_media")
        if case .paid(var paid)? = world.message(found.place)?.content {
            let isSame = paid.caption == caption && paid.isAbove == isAbove
            paid.caption = caption
            paid.isAbove = isAbove
            return try EditTarget.apply(.paid(paid), keyboard, isSame: isSame, to: found, in: &world)
        }
        guard case .media(let media, let old, let wasAbove, let isSpoiler)? = world.message(found.place)?.content else {
            throw .badRequest("there is no caption in the message to edit")
        }
        return try EditTarget.apply(
            .media(media, caption: caption, isAbove: isAbove, isSpoiler: isSpoiler), keyboard,
            isSame: old == caption && wasAbove == isAbove, to: found, in: &world)
    }

    static let markup: Handler = { (world, call) throws(APIError) in
        let keyboard = try MarkupArgument.inline(call.arguments, isLocal: world.options.allowsLoopback)
        let found = try EditTarget.find(call, in: world)
        return try EditTarget.apply(nil, keyboard, isSame: true, to: found, in: &world)
    }

    static let media: Handler = { (world, call) throws(APIError) in
        _ = try call.arguments.required("media")
        guard let node = call.arguments.json("media") else {
            throw .badRequest("can't parse input media JSON object")
        }
        let keyboard = try MarkupArgument.inline(call.arguments, isLocal: world.options.allowsLoopback)
        let found = try EditTarget.find(call, in: world)
        guard let old = world.message(found.place) else { throw .badRequest("message to edit not found") }
        switch old.content {
        case .media(let media, _, _, _) where ![.voice, .videoNote, .sticker].contains(media.kind): break
        case .text: break
        default: throw .badRequest("message media can't be edited")
        }
        let (content, kind) = try InputMedia.parse(node, call, in: &world, number: nil)
        if old.album != nil, let before = old.media?.kind, before != kind, kind == .animation || kind == .document {
            throw .badRequest("can't change media type in the album")
        }
        guard case .media(let media, let caption, let isAbove, let isSpoiler) = content else {
            throw .badRequest("message can't be edited")
        }
        var isSame = false
        if case .media(let known, let words, let wasAbove, let wasSpoiler) = old.content {
            isSame = known.file == media.file && words == caption && wasAbove == isAbove && wasSpoiler == isSpoiler
        }
        return try EditTarget.apply(content, keyboard, isSame: isSame, to: found, in: &world)
    }
}
