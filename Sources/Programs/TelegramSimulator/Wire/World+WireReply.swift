extension World {
    /// Writes the message of another chat that a message answers: what it is, without its words.
    func writeExternal(_ id: Int, in key: ChatKey, to writer: inout WireWriter) {
        guard let chat = chats[key], let target = chat.message(id) else { return }
        writer.field(
            "external_reply",
            object: { writer in
                writer.field(
                    "origin",
                    object: { writeFields(of: target.origin ?? origin(of: target, in: key), to: &$0) })
                if chat.kind == .supergroup || chat.kind == .channel {
                    writer.key("chat")
                    write(chat: chat, to: &writer)
                    writer.field("message_id", id)
                }
                if let preview = target.preview { write(preview, to: &writer) }
                switch target.content {
                case .text, .service: break
                case .media(let media, _, _, let isSpoiler):
                    write(media, to: &writer)
                    writer.flag("has_media_spoiler", isSpoiler)
                case .paid(let paid): write(paid, to: &writer)
                default: write(target.content, of: target, in: chat, 0, to: &writer)
                }
            })
    }
}
