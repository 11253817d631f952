import Markup
import TelegramAPI

extension FormattedText {
    /// The formatting as Telegram takes it; nil where there is none.
    var messageEntities: [MessageEntity]? {
        entities.isEmpty ? nil : entities.map(\.messageEntity)
    }

    /// A text as Telegram gives it; entities that it finds by itself (URLs, hashtags) are left out.
    init(_ text: String, _ entities: [MessageEntity]?) {
        self.init(text, entities: (entities ?? []).compactMap(TextEntity.init))
    }
}

extension TextEntity {
    fileprivate var messageEntity: MessageEntity {
        func entity(_ type: MessageEntityType) -> MessageEntity {
            MessageEntity(type: type, offset: offset, length: length)
        }
        switch kind {
        case .bold: return entity(.bold)
        case .italic: return entity(.italic)
        case .underline: return entity(.underline)
        case .strikethrough: return entity(.strikethrough)
        case .spoiler: return entity(.spoiler)
        case .code: return entity(.code)
        case .pre(let language):
            var result = entity(.pre)
            result.language = language
            return result
        case .link(let url):
            var result = entity(.textLink)
            result.url = url
            return result
        case .mention(let userID):
            // A link to the account is the form that needs no more of the person than the id.
            var result = entity(.textLink)
            result.url = "tg://user?id=\(userID)"
            return result
        case .quote: return entity(.blockquote)
        case .expandableQuote: return entity(.expandableBlockquote)
        case .customEmoji(let id):
            var result = entity(.customEmoji)
            result.customEmojiID = id
            return result
        }
    }

    fileprivate init?(_ entity: MessageEntity) {
        let kind: Kind
        switch entity.type {
        case .bold: kind = .bold
        case .italic: kind = .italic
        case .underline: kind = .underline
        case .strikethrough: kind = .strikethrough
        case .spoiler: kind = .spoiler
        case .code: kind = .code
        case .pre: kind = .pre(language: entity.language)
        case .blockquote: kind = .quote
        case .expandableBlockquote: kind = .expandableQuote
        case .textLink:
            guard let url = entity.url else { return nil }
            kind = .link(url: url)
        case .textMention:
            guard let user = entity.user else { return nil }
            kind = .mention(userID: user.id.rawValue)
        case .customEmoji:
            guard let id = entity.customEmojiID else { return nil }
            kind = .customEmoji(id: id)
        default: return nil
        }
        self.init(kind, offset: entity.offset, length: entity.length)
    }
}
