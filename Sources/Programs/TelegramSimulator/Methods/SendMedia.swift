/// `sendPhoto`, `sendVideo`, `sendAnimation`, `sendAudio`, `sendVoice`, `sendDocument`, `sendVideoNote`, `sendSticker`.
enum SendMedia {
    static func handler(_ kind: Media.Kind) -> Handler {
        { (world, call) throws(APIError) in
            let arguments = call.arguments
            // The file comes first, then its words, then the chat; a refused chat leaves the file unused.
            try MediaArgument.checkPresent(kind, kind.rawValue, call)
            let caption = kind == .sticker || kind == .videoNote ? .empty : try TextArgument.caption(arguments)
            let sent = MediaArgument.sentKind(kind, call)
            var media = try MediaArgument.media(sent, kind.rawValue, call, in: &world)
            let send = try SendArguments.parse(call, in: &world, rights: [.media(kind)])
            describe(&media, arguments)
            if sent != .photo, let thumbnail = MediaArgument.thumbnail(call) {
                media.thumbnail = world.addThumbnail(thumbnail)
            }
            if sent == .video {
                let cover =
                    arguments["cover"].isEmpty && call.prepared["cover"] != nil ? "attach://cover" : arguments["cover"]
                let start = arguments.has("start_timestamp") ? arguments.int64("start_timestamp") : nil
                try VideoExtras.add(to: &media, cover: cover, start: start, call, in: &world)
            }
            world.remember(media)
            // Only what is looked at can be covered, or stand below its words.
            let isSeen = [.photo, .video, .animation].contains(sent)
            let content = Content.media(
                media, caption: caption, isAbove: isSeen && arguments.bool("show_caption_above_media"),
                isSpoiler: isSeen && arguments.bool("has_spoiler"))
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
