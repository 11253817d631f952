/// Finds the file that an argument or an `InputMedia` object means.
enum MediaArgument {
    /// The media of `name`: an upload of that field, `attach://`, a link or a known `file_id`.
    static func media(_ kind: Media.Kind, _ name: String, _ call: Call, in world: inout World) throws(APIError) -> Media
    {
        try checkPresent(kind, name, call)
        let value = call.arguments[name]
        if let file = call.prepared[name], value.isEmpty { return try world.media(kind, file) }
        return try media(kind, value: value, call, in: &world)
    }

    /// Refuses a call that brings no file; a name of an attachment that did not come is none.
    static func checkPresent(_ kind: Media.Kind, _ name: String, _ call: Call) throws(APIError) {
        let value = call.arguments[name]
        let isThere = value.isEmpty ? call.prepared[name] != nil : isPresent(value, call)
        if !isThere { throw .badRequest("there is no \(noun(kind)) in the request") }
    }

    /// What an upload goes as: a file of another kind than the method's goes as a document, and what the service
    /// sees in a document goes as that, unless the call says otherwise.
    static func sentKind(_ kind: Media.Kind, _ call: Call) -> Media.Kind {
        let value = call.arguments[kind.rawValue]
        let name = value.isEmpty ? kind.rawValue : value.hasPrefix("attach://") ? String(value.dropFirst(9)) : value
        guard let file = call.prepared[name], file.fault == nil else { return kind }
        let family = file.type.prefix { $0 != "/" }
        switch kind {
        case .video: return family == "video" ? kind : .document
        case .audio: return family == "audio" ? kind : .document
        case .voice:
            if ["audio/ogg", "audio/mpeg", "audio/mp4"].contains(file.type) { return kind }
            return family == "audio" ? .audio : .document
        case .document:
            let isUpload = call.arguments.files[name] != nil
            guard isUpload, !call.arguments.bool("disable_content_type_detection") else { return kind }
            switch file.type {
            case "image/gif": return .animation
            case "video/mp4": return .video
            case "audio/mpeg", "audio/mp4": return .audio
            default: return kind
            }
        default: return kind
        }
    }

    /// Whether a value names a file: an upload that came, or anything that is not empty.
    static func isPresent(_ value: String, _ call: Call) -> Bool {
        value.hasPrefix("attach://") ? call.prepared[String(value.dropFirst(9))] != nil : !value.isEmpty
    }

    /// The picture that stands for a file: an upload under its name, or one that the argument names.
    static func thumbnail(_ call: Call) -> PreparedFile.Rendition? {
        for name in ["thumbnail", "thumb"] {
            let value = call.arguments[name]
            let upload = value.hasPrefix("attach://") ? String(value.dropFirst(9)) : name
            if let found = call.prepared[upload]?.thumbnail { return found }
        }
        return nil
    }

    /// The picture that an `InputMedia` object names, or the one upload for all of them.
    static func thumbnail(_ node: JSONNode?, _ call: Call) -> PreparedFile.Rendition? {
        if let name = node?.string, name.hasPrefix("attach://") {
            return call.prepared[String(name.dropFirst(9))]?.thumbnail
        }
        return call.prepared["thumbnail"]?.thumbnail ?? call.prepared["thumb"]?.thumbnail
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
}
