/// What a chat's people like and do not want to see, as the selection takes it in.
///
/// Computed anew from votes and exclusions whenever it is needed; it stores nothing itself.
struct Taste: Sendable, Equatable {
    /// By gallery identifier; 1 where nothing is known, 2 for twice as often.
    var galleryWeights: [String: Double] = [:]
    /// By performer identifier; 1 where nothing is known.
    var performerWeights: [String: Double] = [:]
    /// Galleries, by identifier, whose pictures are not shown at all.
    var excludedGalleries: Set<String> = []
    /// Voted pictures by identifier: positive for liked, negative for disliked.
    var votes: [String: Int] = [:]

    /// Knows nothing, so that every picture is as likely as any other.
    static let neutral = Taste()
}
