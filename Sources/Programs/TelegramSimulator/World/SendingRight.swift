/// A right that sending something to a group needs, with the name of that something in a refusal.
struct SendingRight: Hashable, Sendable {
    var name: String
    var what: String

    init(_ name: String, _ what: String) {
        self.name = name
        self.what = what
    }

    static let photos = Self("can_send_photos", "photos")
    static let videos = Self("can_send_videos", "videos")
    static let text = Self("can_send_messages", "text messages")
    static let invoices = Self("can_send_messages", "invoice messages")
    static let polls = Self("can_send_polls", "polls")
    static let dice = Self("can_send_other_messages", "dice")
    static let games = Self("can_send_other_messages", "games")

    static func media(_ kind: Media.Kind) -> Self {
        switch kind {
        case .photo: photos
        case .livePhoto: Self("can_send_photos", "live photos")
        case .video: videos
        case .animation: Self("can_send_other_messages", "animations")
        case .audio: Self("can_send_audios", "music")
        case .voice: Self("can_send_voice_notes", "voice notes")
        case .document: Self("can_send_documents", "documents")
        case .sticker: Self("can_send_other_messages", "stickers")
        case .videoNote: Self("can_send_video_notes", "video notes")
        }
    }
}

extension Content {
    /// The rights that somebody needs who sends this on.
    var sendingRights: [SendingRight] {
        switch self {
        case .text: [.text]
        case .media(let media, _, _, _): [.media(media.kind)]
        case .dice: [.dice]
        case .poll: [.polls]
        case .invoice: [.invoices]
        case .location: [SendingRight("can_send_messages", "locations")]
        case .live: [SendingRight("can_send_messages", "live locations")]
        case .venue: [SendingRight("can_send_messages", "venues")]
        case .contact: [SendingRight("can_send_messages", "contacts")]
        case .game: [.games]
        // Whatever is inside: who has not paid does not see it.
        case .paid: [.photos, .videos]
        case .service, .payment, .refund: []
        }
    }
}
