/// Reads at which second a film begins to play.
enum VideoStart {
    static func parse(_ arguments: Arguments) -> Int? {
        guard arguments.has("video_start_timestamp") else { return nil }
        return Int(arguments.integer("video_start_timestamp", in: 0...Int64(Int32.max)))
    }
}

extension World {
    /// The name of a new album.
    mutating func newAlbum() -> String {
        String(dealer.next(in: 13_000_000_000_000_000...13_999_999_999_999_999))
    }
}
