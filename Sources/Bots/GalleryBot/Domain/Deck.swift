internal import Support

/// Deals a chat's next picture: nothing twice for some days, and nothing twice before everything was shown.
///
/// A round is one pass through the whole library. What was shown in it is known from the history, so a deck needs no
/// list of its own, survives a restart and takes pictures in that were added meanwhile.
struct Deck: Sendable {
    /// A picture with how it came to be chosen.
    struct Draw: Equatable, Sendable {
        var id: String
        var round: Int
        var occasion: Occasion
    }

    /// What is worth telling the person about a draw.
    enum Occasion: Equatable, Sendable {
        /// One more picture of the round.
        case usual
        /// The library was shown to the end; a new round begins.
        case newRound
        /// Everything was shown within the last days, so the picture longest ago comes again.
        case repeated
    }

    /// Everything the library holds.
    var identifiers: [String]
    /// What this chat was shown in the present round.
    var shownInRound: Set<String>
    /// What this chat was shown within the days in which nothing may come twice; oldest first.
    var recent: [String]
    /// The present round, from 1.
    var round: Int

    /// Chooses uniformly among what may be shown; nil for an empty library.
    func draw(using random: inout some RandomNumberGenerator) -> Draw? {
        guard !identifiers.isEmpty else { return nil }
        let resting = Set(recent)
        if let id = pick({ !shownInRound.contains($0) && !resting.contains($0) }, using: &random) {
            return Draw(id: id, round: round, occasion: .usual)
        }
        let isRoundOver = identifiers.allSatisfy(shownInRound.contains)
        if isRoundOver, let id = pick({ !resting.contains($0) }, using: &random) {
            return Draw(id: id, round: round + 1, occasion: .newRound)
        }
        let present = Set(identifiers)
        guard let oldest = recent.first(where: present.contains) else { return nil }
        return Draw(id: oldest, round: isRoundOver ? round + 1 : round, occasion: .repeated)
    }

    /// Tries a few at random first: while most of a large library is unseen, that spares the walk through all of it.
    private func pick(_ mayShow: (String) -> Bool, using random: inout some RandomNumberGenerator) -> String? {
        for _ in 0..<16 {
            if let candidate = identifiers.randomElement(using: &random), mayShow(candidate) { return candidate }
        }
        return identifiers.filter(mayShow).randomElement(using: &random)
    }
}
