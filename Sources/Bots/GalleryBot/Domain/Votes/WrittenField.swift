/// Whose a field of the library is: written only where it is empty or still holds what was written here.
///
/// Between asking and answering the process may end, so what is about to be written is noted before: afterwards the
/// field may hold the old value or the new one, and both are ours. Anything else was set by a person, and from then on
/// the field is theirs.
struct WrittenField: Equatable, Sendable {
    /// What the field holds by our doing; nil for empty.
    var value: Int?
    /// What was about to be written when this was noted.
    var attempt: Attempt?
    /// A person has changed what was written here.
    var isTheirs = false

    struct Attempt: Equatable, Sendable {
        var value: Int?
    }

    /// What is to be done about a field.
    enum Step: Equatable, Sendable {
        /// Nothing, and nothing to note: it holds what a person put there before anything was written here.
        case leave
        /// Nothing, and to be noted: it holds what it should, or has become theirs.
        case note(WrittenField)
        /// Note this first, then write, then note `confirmed`.
        case write(WrittenField)
    }

    /// The state once the attempt has succeeded.
    var confirmed: WrittenField {
        guard let attempt else { return self }
        return WrittenField(value: attempt.value, attempt: nil, isTheirs: isTheirs)
    }

    /// Decides by what the field holds now and what it should hold.
    func step(current: Int?, wanted: Int?) -> Step {
        if isTheirs { return .leave }
        let isOurs = current == value || attempt.map { $0.value == current } ?? false
        guard isOurs else {
            // A value from before the first vote may go again; then the field is empty and may be written.
            let isUntouched = value == nil && (attempt == nil || attempt?.value == nil)
            return isUntouched ? .leave : .note(WrittenField(value: nil, attempt: nil, isTheirs: true))
        }
        if current == wanted {
            let settled = WrittenField(value: current)
            return settled == self ? .leave : .note(settled)
        }
        return .write(WrittenField(value: current, attempt: Attempt(value: wanted)))
    }

    /// The rating for votes: 100 for each 👍 and 20 for each 👎, their mean rounded to whole stars; nil without votes.
    static func rating(for tally: Votes.Tally) -> Int? {
        guard tally.total > 0 else { return nil }
        let sum = 100 * tally.up + 20 * tally.down
        return (sum + 10 * tally.total) / (20 * tally.total) * 20
    }
}
