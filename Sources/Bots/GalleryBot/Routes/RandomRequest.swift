/// What `/random 5 tag:beach` asks for.
struct RandomRequest: Equatable, Sendable {
    /// As written; 1 where no number was.
    var count = 1
    var filter = PhotoFilter.none

    /// Most photos that are sent at once: Telegram's album.
    static let most = 10

    /// How many are sent.
    var granted: Int { min(count, Self.most) }

    /// Why a request makes no sense.
    enum Fault: Error, Equatable {
        case filter(PhotoFilterError)
        /// 0, or a number below it.
        case noPhotos
    }

    /// One photo, whichever.
    init() {}

    /// Reads the words behind the command.
    init(parsing words: String) throws(Fault) {
        let rest: String
        do throws(PhotoFilterError) {
            (filter, rest) = try PhotoFilter.extracting(from: words)
        } catch {
            throw .filter(error)
        }
        let others = rest.split(separator: " ")
        guard let word = others.first else { return }
        guard others.count == 1, let number = Self.number(word) else {
            let unknown = others.first { Self.number($0) == nil } ?? others[others.count - 1]
            throw .filter(.unknownWord(String(unknown)))
        }
        guard number > 0 else { throw .noPhotos }
        count = number
    }

    /// `5`, `x5` or `×5`; numbers beyond all reason are as good as a large one.
    private static func number(_ word: Substring) -> Int? {
        let digits = word.first.map { "x×х".contains($0) } == true ? word.dropFirst() : word
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return Int(word).map { min($0, 0) }
        }
        return Int(digits) ?? Int.max
    }
}
