/// The figures that `/stats` shows.
struct GalleryStatistics: Equatable, Sendable {
    /// Photos sent to everybody.
    var total: Int
    /// Photos sent to this chat.
    var toChat: Int
    /// Photos of the present round that this chat has not seen; nil while the library does not answer.
    var remainingInRound: Int?
    /// Photos in the library; nil while it does not answer.
    var librarySize: Int?
    /// The last photo sent to this chat, with its time in the chat's time zone as text.
    var last: (title: String?, time: String)?

    static func == (left: GalleryStatistics, right: GalleryStatistics) -> Bool {
        left.total == right.total && left.toChat == right.toChat && left.remainingInRound == right.remainingInRound
            && left.librarySize == right.librarySize && left.last?.title == right.last?.title
            && left.last?.time == right.last?.time
    }
}
