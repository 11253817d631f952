/// `sendMessage`.
enum SendMessage {
    static let handler: Handler = { (world, call) throws(APIError) in
        let text = try TextArgument.message(call.arguments)
        if text.text.unicodeScalars.count > TextArgument.maximumMessage { throw .badRequest("message is too long") }
        let send = try SendArguments.parse(call, in: &world, rights: [.text])
        var message = world.send(.text(text), send, by: call.bot)
        if let preview = try LinkPreviewArgument.parse(call.arguments) {
            message.preview = preview
            world.store(preview, of: MessagePlace(chat: send.key, message: message.id))
        }
        return world.answer(message, in: send.key)
    }
}

/// Reads `link_preview_options`, or the older `disable_web_page_preview`.
enum LinkPreviewArgument {
    static func parse(_ arguments: Arguments) throws(APIError) -> LinkPreview? {
        guard arguments.has("link_preview_options"), !arguments["link_preview_options"].isEmpty else {
            return arguments.bool("disable_web_page_preview") ? LinkPreview(isDisabled: true) : nil
        }
        guard let node = arguments.json("link_preview_options") else {
            throw .badRequest("can't parse link preview options JSON object")
        }
        guard node.isObject else { throw .badRequest("object expected as link preview options") }
        return LinkPreview(
            isDisabled: node["is_disabled"]?.bool ?? false, url: node["url"]?.string,
            prefersSmall: node["prefer_small_media"]?.bool ?? false,
            prefersLarge: node["prefer_large_media"]?.bool ?? false, isAbove: node["show_above_text"]?.bool ?? false)
    }
}

extension World {
    /// Adds the preview options to a message that was just sent; nobody has seen it without them.
    mutating func store(_ preview: LinkPreview, of place: MessagePlace) {
        editChat(place.chat) { $0.messages[place.message - 1]?.preview = preview }
    }
}
