internal import BotKit

/// Why words are no filter; each case carries what the person wrote.
enum PhotoFilterError: Error, Equatable, Sendable {
    /// A word that says nothing about photos.
    case unknownWord(String)
    /// `tag:` and nothing behind it.
    case missingValue(String)
    /// A rating that is no number from 1 to 100, or stars beyond five.
    case badRating(String)
    /// A day that no year has.
    case badDay(String)
    /// A quotation mark that is never closed.
    case unclosedQuote
    /// Two words that cannot both hold, such as two galleries.
    case contradiction(String, String)

    /// What to tell the person.
    func text(in language: Language) -> String {
        let texts = FilterTexts.all[language]
        return switch self {
        case .unknownWord(let word): texts.unknownWord(word)
        case .missingValue(let word): texts.missingValue(word)
        case .badRating(let word): texts.badRating(word)
        case .badDay(let word): texts.badDay(word)
        case .unclosedQuote: texts.unclosedQuote
        case .contradiction(let first, let second): texts.contradiction(first, second)
        }
    }
}
