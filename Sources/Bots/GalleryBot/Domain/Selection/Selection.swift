internal import PhotoLibraries
internal import Support

/// Which picture a chat gets next: the whole formula, without a clock, a library or a table.
///
/// **Sets.** Of the library's pictures, let
/// - `B` be those the chat can be shown at all: neither gone nor in an excluded gallery;
/// - `A ⊆ B` those that pass the filter (`A = B` without one);
/// - `S` those shown in the present round `r`;
/// - `R` those shown within the last `N` days, which rest;
/// - `P` those chosen and under way.
///
/// **Which pictures come into question.** The first of these that is not empty:
/// 1. `A \ S \ R \ P`: one more of round `r`.
/// 2. `A \ R \ P`, if `B ⊆ S ∪ P`: the round is over, and `r + 1` begins. So a filter under which everything was shown
///    does not end the round of the others, and pictures in no gallery are waited for like all else.
/// 3. `A \ P` (or `A`, when all of it is under way): the picture whose last showing is longest ago, never shown first,
///    comes again, with a remark. Its round is `r + 1` if the round is over, else `r`.
///
/// **Chances among them** (1 and 2). A picture `i` belongs to the group `g(i)`: its first gallery, or the one group of
/// those in no gallery. Its weight is
///
///     w(i) = W(g) · C(g) · F(g) · P(i)
///     W(g) = the taste's weight of the gallery, within 0.1…10; 1 for no gallery
///     C(g) = 1 − ½ · shown(g) / size(g)      shown: in this round
///     F(g) = 1 + min(½ · days(g), 2)         days since one of the group was shown; 3 for never
///     P(i) = the product of the taste's weights of the people in it, within 0.1…10; 1 for nobody
///
/// and its bucket `b(i)` is liked or disliked by the chat's own vote, else by the library's rating (from 80, to 20),
/// else neither. With the shares 0.7 for neither, 0.2 for liked, 0.1 for disliked, a bucket is drawn among those that
/// have a picture in question, and a picture in the bucket by its weight:
///
///     Pr(i) = share(b) / Σ share(b′ that have any) · w(i) / Σ w(j in question in b)
///
/// Every weight is positive, so everything in question can come, and a round shows everything once whatever the taste.
struct Selection {
    /// A picture with how it came to be chosen.
    struct Draw: Equatable, Sendable {
        var position: Int
        var round: Int
        var occasion: Occasion
    }

    /// What is worth telling the person about a draw.
    enum Occasion: Equatable, Sendable {
        /// One more picture of the round.
        case usual
        /// The library was shown to the end; a new round begins.
        case newRound
        /// Everything that may come was shown, so the picture longest ago comes again.
        case repeated
    }

    enum Outcome: Equatable, Sendable {
        case draw(Draw)
        /// `B` is empty.
        case emptyLibrary
        /// `A` is empty, and `B` is not.
        case nothingMatches
        /// The third rule applies, and the memory does not hold `ages`.
        case agesNeeded
    }

    /// Where a picture belongs by what is thought of it.
    enum Bucket: CaseIterable {
        case neither, liked, disliked

        var share: Double {
            switch self {
            case .neither: 0.7
            case .liked: 0.2
            case .disliked: 0.1
            }
        }
    }

    /// From this rating on a picture counts as liked, where the chat has not voted.
    static let likedRating = 80
    /// Up to this rating a picture counts as disliked; unrated ones do not.
    static let dislikedRating = 20
    /// What a taste's weights are kept within.
    static let weights = 0.1...10.0
    /// After this long without a picture a gallery has its full freshness.
    static let freshnessDays = 4.0

    let index: PhotoIndex
    /// `B`.
    let reachable: PhotoSet
    /// `A`.
    let wanted: PhotoSet
    /// `S`, `R`, `r` and what is known of the groups.
    let memory: ChatMemory
    /// `P`, by position.
    let underWay: Set<Int>
    let taste: IndexedTaste
    let now: Timestamp

    /// Draws by the three rules.
    func draw(using random: inout some RandomNumberGenerator) -> Outcome {
        guard !wanted.isEmpty else { return reachable.isEmpty ? .emptyLibrary : .nothingMatches }
        var candidates = wanted
        candidates.subtract(memory.seen)
        candidates.subtract(memory.resting)
        candidates.remove(underWay)
        if let position = pick(candidates, inNewRound: false, using: &random) {
            return .draw(Draw(position: position, round: memory.round, occasion: .usual))
        }
        let isRoundOver = isRoundOver
        if isRoundOver {
            candidates = wanted
            candidates.subtract(memory.resting)
            candidates.remove(underWay)
            if let position = pick(candidates, inNewRound: true, using: &random) {
                return .draw(Draw(position: position, round: memory.round + 1, occasion: .newRound))
            }
        }
        guard let ages = memory.ages else { return .agesNeeded }
        candidates = wanted
        candidates.remove(underWay)
        if candidates.isEmpty { candidates = wanted }
        var oldest: Int?
        candidates.forEach { position in
            if oldest.map({ ages[position] < ages[$0] }) ?? true { oldest = position }
        }
        guard let oldest else { return .nothingMatches }
        return .draw(
            Draw(position: oldest, round: isRoundOver ? memory.round + 1 : memory.round, occasion: .repeated))
    }

    /// How many pictures of the round are left, and of how many: `|A \ S|` and `|A|`.
    var remaining: (unseen: Int, all: Int) {
        var unseen = wanted
        unseen.subtract(memory.seen)
        return (unseen.count, wanted.count)
    }

    /// `B ⊆ S ∪ P`.
    private var isRoundOver: Bool {
        var unseen = reachable
        unseen.subtract(memory.seen)
        unseen.remove(underWay)
        return unseen.isEmpty
    }

    // MARK: Chances

    /// `W · C · F` of every group; the first one is that of pictures in no gallery.
    func groupWeights(inNewRound: Bool) -> [Double] {
        memory.groups.indices.map { group in
            let facts = memory.groups[group]
            let size = Double(taste.groupSizes[group])
            let shown = inNewRound ? 0 : Double(facts.shown)
            let coverage = size > 0 ? 1 - 0.5 * min(shown / size, 1) : 1
            let freshness: Double
            if let last = facts.lastShown {
                let days = max(0, now.since(last).inSeconds / 86_400)
                freshness = 1 + min(0.5 * days, 2)
            } else {
                freshness = 3
            }
            return taste.groupWeights[group] * coverage * freshness
        }
    }

    private func pick(
        _ candidates: PhotoSet, inNewRound: Bool, using random: inout some RandomNumberGenerator
    ) -> Int? {
        guard let bucket = drawBucket(of: candidates, using: &random) else { return nil }
        var candidates = candidates
        switch bucket {
        case .liked: candidates.formIntersection(taste.liked)
        case .disliked: candidates.formIntersection(taste.disliked)
        case .neither:
            candidates.subtract(taste.liked)
            candidates.subtract(taste.disliked)
        }
        return WeightedDraw(
            galleries: index.galleryColumn, groupWeights: groupWeights(inNewRound: inNewRound),
            performers: index.performerLists, performerWeights: taste.performerWeights
        ).draw(from: candidates, using: &random)
    }

    /// A bucket by its share among those that have a candidate; nil when none has.
    private func drawBucket(
        of candidates: PhotoSet, using random: inout some RandomNumberGenerator
    ) -> Bucket? {
        var all = 0
        var liked = 0
        var disliked = 0
        for (place, word) in candidates.words.enumerated() where word != 0 {
            all += word.nonzeroBitCount
            liked += (word & taste.liked.words[place]).nonzeroBitCount
            disliked += (word & taste.disliked.words[place]).nonzeroBitCount
        }
        let filled = Bucket.allCases.filter { bucket in
            switch bucket {
            case .neither: all > liked + disliked
            case .liked: liked > 0
            case .disliked: disliked > 0
            }
        }
        guard filled.count > 1 else { return filled.first }
        var rest = Double.random(in: 0..<filled.reduce(0) { $0 + $1.share }, using: &random)
        for bucket in filled {
            rest -= bucket.share
            if rest < 0 { return bucket }
        }
        return filled.last
    }
}

extension PhotoSet {
    fileprivate mutating func remove(_ positions: Set<Int>) {
        for position in positions { remove(position) }
    }
}
