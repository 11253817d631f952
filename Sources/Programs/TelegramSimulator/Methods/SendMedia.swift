/// `sendPhoto`, `sendVideo`, `sendAnimation`, `sendAudio`, `sendVoice`, `sendDocument`, `sendVideoNote`, `sendSticker`.
enum SendMedia {
    static func handler(_ kind: Media.Kind) -> Handler {
        { (world, call) throws(APIError) in
            let arguments = call.arguments
            let caption = kind == .sticker || kind == .videoNote ? .empty : try TextArgument.caption(arguments)
            let (right, what) = MediaArgument.right(kind)
            // The file is looked at before the chat; a refused chat leaves it unused.
            var media = try MediaArgument.media(kind, kind.rawValue, call, in: &world)
            let send = try SendArguments.parse(call, in: &world, right: right, what: what)
            describe(&media, arguments)
            if let thumbnail = call.prepared["thumbnail"]?.thumbnail, kind != .photo {
                media.thumbnail = world.addThumbnail(thumbnail)
            }
            world.remember(media)
            let content = Content.media(
                media, caption: caption, isAbove: arguments.bool("show_caption_above_media"),
                isSpoiler: arguments.bool("has_spoiler"))
            return world.answer(world.send(content, send, by: call.bot), in: send.key)
        }
    }

    /// Takes what the sender says about a film or sound.
    private static func describe(_ media: inout Media, _ arguments: Arguments) {
        let range: ClosedRange<Int64> = 0...1_000_000
        if arguments.has("width") { media.width = Int(arguments.integer("width", in: range)) }
        if arguments.has("height") { media.height = Int(arguments.integer("height", in: range)) }
        if arguments.has("duration") { media.duration = Int(arguments.integer("duration", in: range)) }
        if arguments.has("length") { media.width = Int(arguments.integer("length", in: range)) }
        if !arguments["title"].isEmpty { media.title = arguments["title"] }
        if !arguments["performer"].isEmpty { media.performer = arguments["performer"] }
        if !arguments["emoji"].isEmpty { media.emoji = arguments["emoji"] }
    }
}
