import JSON

extension TelegramRequest {
    /// The same call for another chat, as one text for many chats asks for.
    ///
    /// A call without `chat_id` stays as it is.
    public func replacing(chat: ChatID) -> TelegramRequest {
        guard text(of: "chat_id") != nil else { return self }
        let new = Array(chat.description.utf8)
        return rewritten { $0 == "chat_id" ? new[...] : $1 }
    }

    /// The same call after its group has become a supergroup; nil where it is about one of the group's messages.
    ///
    /// The supergroup counts its messages anew, so a number from the group names nothing there, or something else. A
    /// reply to such a message goes without it; what is copied out of the old group is still found under its number.
    public func moved(to supergroup: ChatID) -> TelegramRequest? {
        if text(of: "from_chat_id") == nil {
            for name in ["message_id", "message_ids", "ephemeral_message_id"] where text(of: name) != nil {
                return nil
            }
        }
        let request = replacing(chat: supergroup)
        return request.rewritten { name, value in
            switch name {
            case "reply_to_message_id": nil
            case "reply_parameters": isReplyElsewhere ? value : nil
            default: value
            }
        }
    }

    /// Whether what is replied to stands in another chat than the one that the call is for.
    private var isReplyElsewhere: Bool {
        switch parameter("reply_parameters")?["chat_id"] {
        case nil, .null?: false
        case let named?: named != parameter("chat_id")
        }
    }

    /// The same call with other values of its parameters, and without those for which there is none.
    private func rewritten(
        _ value: (_ name: String, _ value: ArraySlice<UInt8>) -> ArraySlice<UInt8>?
    ) -> TelegramRequest {
        var writer = JSONWriter()
        var kept: [ParameterWriter.Parameter] = []
        writer.beginObject()
        for parameter in parameters {
            guard let value = value(parameter.name, json[parameter.range]) else { continue }
            writer.key(escaping: parameter.name)
            let start = writer.bytes.count
            writer.raw(value)
            kept.append(ParameterWriter.Parameter(name: parameter.name, range: start..<writer.bytes.count))
        }
        writer.endObject()
        var request = TelegramRequest(method: method, json: writer.bytes, parameters: kept, attachments: attachments)
        request.timeout = timeout
        return request
    }
}
