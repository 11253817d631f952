/// Finds the file that an argument or an `InputMedia` object means.
enum MediaArgument {
    /// The media of `name`: an upload of that field, `attach://`, a link or a known `file_id`.
    static func media(_ kind: Media.Kind, _ name: String, _ call: Call, in world: inout World) throws(APIError) -> Media
    {
        let value = call.arguments[name]
        if let file = call.prepared[name], value.isEmpty { return try world.media(kind, file) }
        if value.isEmpty { throw .badRequest("there is no \(noun(kind)) in the request") }
        return try media(kind, value: value, call, in: &world)
    }

    static func media(_ kind: Media.Kind, value: String, _ call: Call, in world: inout World) throws(APIError) -> Media
    {
        if value.hasPrefix("attach://") {
            guard let file = call.prepared[String(value.dropFirst(9))] else {
                throw .badRequest("wrong file identifier/HTTP URL specified")
            }
            return try world.media(kind, file)
        }
        if let file = call.prepared[value] { return try world.media(kind, file) }
        return try world.media(kind, id: value)
    }

    static func noun(_ kind: Media.Kind) -> String {
        switch kind {
        case .videoNote: "video note"
        case .livePhoto: "live photo"
        default: kind.rawValue
        }
    }

    /// What a kind is called in a refusal, and the right that sending it needs.
    static func right(_ kind: Media.Kind) -> (right: String, what: String) {
        switch kind {
        case .photo: ("can_send_photos", "photos")
        case .livePhoto: ("can_send_photos", "live photos")
        case .video: ("can_send_videos", "videos")
        case .animation: ("can_send_other_messages", "animations")
        case .audio: ("can_send_audios", "audios")
        case .voice: ("can_send_voice_notes", "voice notes")
        case .document: ("can_send_documents", "documents")
        case .sticker: ("can_send_other_messages", "stickers")
        case .videoNote: ("can_send_video_notes", "video notes")
        }
    }
}
