/// What the owner decides about votes.
package struct VoteSettings: Sendable, Equatable {
    /// After how many days a vote weighs half.
    package var halfLifeDays: Int
    /// From how many votes on a gallery or a person counts.
    package var minimum: Int
    /// Whether ratings are written into the library.
    package var writesRating: Bool
    /// Whether photos with votes are marked as organized in the library.
    package var marksOrganized: Bool

    package init(halfLifeDays: Int = 90, minimum: Int = 3, writesRating: Bool = false, marksOrganized: Bool = false) {
        self.halfLifeDays = halfLifeDays
        self.minimum = minimum
        self.writesRating = writesRating
        self.marksOrganized = marksOrganized
    }

    var rules: Preferences.Rules {
        Preferences.Rules(halfLife: .seconds(86_400 * halfLifeDays), minimum: minimum)
    }

    var writtenFields: Set<WrittenFields.Field> {
        var fields: Set<WrittenFields.Field> = []
        if writesRating { fields.insert(.rating) }
        if marksOrganized { fields.insert(.organized) }
        return fields
    }
}
