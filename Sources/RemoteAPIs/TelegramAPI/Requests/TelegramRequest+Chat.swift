extension TelegramRequest {
    /// The same call for another chat, as a group's move to a supergroup asks for.
    ///
    /// A call without `chat_id` stays as it is.
    public func replacing(chat: ChatID) -> TelegramRequest {
        guard let old = parameters.first(where: { $0.name == "chat_id" })?.range else { return self }
        let new = Array(chat.description.utf8)
        let shift = new.count - old.count
        var request = TelegramRequest(
            method: method, json: Array(json[..<old.lowerBound] + new + json[old.upperBound...]),
            parameters: parameters.map { parameter in
                let range = parameter.range
                if range == old {
                    return .init(name: parameter.name, range: old.lowerBound..<old.lowerBound + new.count)
                }
                guard range.lowerBound >= old.upperBound else { return parameter }
                return .init(name: parameter.name, range: range.lowerBound + shift..<range.upperBound + shift)
            }, attachments: attachments)
        request.timeout = timeout
        return request
    }
}
