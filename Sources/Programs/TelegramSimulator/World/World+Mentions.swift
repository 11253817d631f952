extension World {
    /// The content without mentions of people whom the service does not know; it drops them in silence.
    func withKnownMentions(_ content: Content) -> Content {
        switch content {
        case .text(let text): return .text(withKnownMentions(text))
        case .media(let media, let caption, let isAbove, let isSpoiler):
            return .media(media, caption: withKnownMentions(caption), isAbove: isAbove, isSpoiler: isSpoiler)
        case .paid(var paid):
            paid.caption = withKnownMentions(paid.caption)
            return .paid(paid)
        default: return content
        }
    }

    /// The people whom a text mentions, by their names or without them.
    func mentioned(in text: FormattedText) -> Set<Int64> {
        let units = text.text.utf16
        var people: Set<Int64> = []
        for entity in text.entities {
            if let user = entity.user { people.insert(user) }
            guard entity.kind == .mention else { continue }
            // The sign before the name is no part of it.
            let name = String(decoding: units.dropFirst(entity.offset + 1).prefix(entity.length - 1), as: UTF16.self)
            if let user = names[name.lowercased()] { people.insert(user) }
        }
        return people
    }

    private func withKnownMentions(_ text: FormattedText) -> FormattedText {
        guard text.entities.contains(where: isStranger) else { return text }
        return FormattedText(text: text.text, entities: text.entities.filter { !isStranger($0) })
    }

    private func isStranger(_ entity: MessageEntity) -> Bool {
        entity.kind == .textMention && entity.user.map { accounts[$0] == nil } ?? true
    }
}
