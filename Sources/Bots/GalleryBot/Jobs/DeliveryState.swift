internal import Support

/// How far a delivery by schedule has come, stored with its job.
struct DeliveryState: Codable, Equatable, Sendable {
    /// Chosen, and stored before they are sent, so that a repeat after a crash sends the same ones.
    var choices: [PhotoChooser.Choice] = []
    /// How many of them have been sent and noted.
    var sent = 0
    /// Photos that turned out to be gone or unsendable.
    var misses = 0
    /// Tries that the library or Telegram did not answer.
    var failures = 0
    /// Since when they do not; microseconds since 1970.
    var troubleSince: Int64?

    init() {}

    private enum CodingKeys: String, CodingKey {
        case choices, sent, misses, failures, troubleSince
        /// Of the single choice that earlier versions have stored.
        case photoID
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        if values.contains(.photoID) {
            choices = [try PhotoChooser.Choice(from: decoder)]
            return
        }
        choices = try values.decodeIfPresent([PhotoChooser.Choice].self, forKey: .choices) ?? []
        sent = try values.decodeIfPresent(Int.self, forKey: .sent) ?? 0
        misses = try values.decodeIfPresent(Int.self, forKey: .misses) ?? 0
        failures = try values.decodeIfPresent(Int.self, forKey: .failures) ?? 0
        troubleSince = try values.decodeIfPresent(Int64.self, forKey: .troubleSince)
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(choices, forKey: .choices)
        try values.encode(sent, forKey: .sent)
        try values.encode(misses, forKey: .misses)
        try values.encode(failures, forKey: .failures)
        try values.encodeIfPresent(troubleSince, forKey: .troubleSince)
    }

    /// What is chosen and not yet noted as sent.
    var unsent: ArraySlice<PhotoChooser.Choice> { choices.dropFirst(sent) }

    /// How long to wait before the next try: 15 s, then twice as long each time, up to 10 minutes.
    var backoff: Duration { min(.seconds(15) * (1 << min(max(failures - 1, 0), 10)), .seconds(600)) }
}
