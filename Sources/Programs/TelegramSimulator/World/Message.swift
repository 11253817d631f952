/// A file as messages refer to it.
struct PhotoSize: Codable, Hashable, Sendable {
    var file: Int
    var width: Int
    var height: Int
}

/// A picture, film, sound or document of a message.
struct Media: Codable, Sendable {
    enum Kind: String, Codable, Sendable {
        case photo, video, animation, audio, voice, document, sticker
        case videoNote = "video_note"
        case livePhoto = "live_photo"
    }

    var kind: Kind
    /// The file; for a photo its largest size.
    var file: Int
    var sizes: [PhotoSize] = []
    var thumbnail: PhotoSize?
    var width: Int?
    var height: Int?
    var duration: Int?
    var name: String?
    var type: String?
    var title: String?
    var performer: String?
    var emoji: String?
    /// The picture of a live photo, in its sizes.
    var stills: [PhotoSize]?
    /// The picture that a film shows before it plays, in its sizes.
    var cover: [PhotoSize]?
    /// The second at which a film begins.
    var start: Int?
}

/// What a bill asks for.
struct Invoice: Codable, Sendable {
    var title: String
    var description: String
    var payload: String
    var currency: String
    var total: Int64
    var startParameter = ""
    var maximumTip: Int64 = 0
    var suggestedTips: [Int64]?
    var needsName = false
    var needsPhone = false
    var needsEmail = false
    var needsAddress = false
    var isFlexible = false
    var photoURL: String?
    /// Seconds after which a subscription is paid again.
    var period: Int64?
    var isPaid = false
    var bot: Int64
}

/// A payment that went through.
struct Payment: Codable, Sendable {
    var currency: String
    var total: Int64
    var payload: String
    var charge: String
    var providerCharge: String
    var shippingOption: String?
    /// `order_info` as JSON.
    var order: [UInt8]?
    /// What was paid, as the bill calls it.
    var title: String?
    /// Until when a subscription is paid.
    var paidUntil: Int64?
}

/// Something that happened in a chat.
enum ServiceNote: Codable, Sendable {
    case joined([Int64])
    case left(Int64)
    case created(String)
    case title(String)
    case pinned(Int)
    case migratedTo(Int64)
    case migratedFrom(Int64)
    case usersShared(request: Int64, [SharedUser])
    case chatShared(request: Int64, SharedChat)
    case photo(Media)
    case photoDeleted
    case topicCreated(Topic)
    case topicEdited(name: String?, icon: String?)
    case topicClosed
    case topicReopened
    case generalHidden
    case generalUnhidden
    /// What a Mini App sent that a key of the keyboard had opened.
    case appData(button: String, data: String)
    case writingAllowed

    /// Whether the bot that did it is told as well; of what it writes itself a bot hears nothing.
    func reachesItsMaker(_ bot: Int64, in kind: Chat.Kind) -> Bool {
        switch self {
        case .title, .photo, .photoDeleted, .pinned, .topicCreated, .topicEdited, .topicClosed, .topicReopened,
            .generalHidden, .generalUnhidden:
            true
        // Who has left a supergroup is told nothing of it any more.
        case .left(let member): member != bot || kind == .group
        default: false
        }
    }
}

/// A person whom somebody showed to a bot, with what the bot asked for.
struct SharedUser: Codable, Hashable, Sendable {
    var id: Int64
    var firstName: String?
    var lastName: String?
    var username: String?
}

/// A chat that somebody showed to a bot.
struct SharedChat: Codable, Hashable, Sendable {
    var id: Int64
    var title: String?
    var username: String?
}

/// Where a venue is listed.
struct VenueSource: Codable, Hashable, Sendable {
    var foursquare: String?
    var foursquareType: String?
    var google: String?
    var googleType: String?

    /// Reads what a call or a result says of it; nil where that is nothing.
    init?(_ text: (String) -> String?) {
        (foursquare, foursquareType) = (text("foursquare_id"), text("foursquare_type"))
        (google, googleType) = (text("google_place_id"), text("google_place_type"))
        if foursquare == nil, foursquareType == nil, google == nil, googleType == nil { return nil }
    }
}

/// What a message carries.
indirect enum Content: Codable, Sendable {
    case text(FormattedText)
    case media(Media, caption: FormattedText, isAbove: Bool, isSpoiler: Bool)
    case dice(emoji: String, value: Int)
    case poll(String)
    case invoice(Invoice)
    case payment(Payment)
    case refund(Payment)
    case location(latitude: Double, longitude: Double, accuracy: Double? = nil)
    case venue(latitude: Double, longitude: Double, title: String, address: String, source: VenueSource?)
    case live(LiveLocation)
    case game(GameCard)
    case paid(PaidMedia)
    case contact(phone: String, firstName: String, lastName: String?, user: Int64?, vcard: String? = nil)
    case service(ServiceNote)

    var isService: Bool {
        switch self {
        case .service, .payment, .refund: true
        default: false
        }
    }
}

/// Where a forwarded message came from.
enum Origin: Codable, Sendable {
    case user(Int64, date: Int64)
    case chat(Int64, date: Int64)
    case channel(Int64, message: Int, date: Int64)
}

/// What a message answers.
struct Reply: Codable, Sendable {
    var message: Int
    /// The chat of that message, where it is another one.
    var chat: ChatKey?
    var quote: FormattedText?
    var quotePosition = 0
}

/// A message of a chat.
struct Message: Codable, Sendable {
    var id: Int
    var date: Int64
    /// The person or bot who wrote it; absent for posts of a channel.
    var sender: Int64?
    var edited: Int64?
    var content: Content
    var reply: Reply?
    var origin: Origin?
    var via: Int64?
    var keyboard: InlineKeyboard?
    var album: String?
    /// Emoji by account.
    var reactions: [Int64: String] = [:]
    var isProtected = false
    var isSilent = false
    /// `link_preview_options` as JSON, with what it says.
    var preview: LinkPreview?
    var effect: String?
    /// Set for messages sent in inline mode.
    var inlineID: String?
    /// The chat in whose name the message was written.
    var senderChat: Int64?
    /// Who wrote it, where `sender` is a stand-in.
    var author: Int64?
    /// The title of an administrator who writes in the group's name.
    var signature: String?
    /// The topic, where it is not the one that every forum has.
    var thread: Int?

    /// The person or bot behind the message.
    var writer: Int64? { author ?? sender }

    var text: FormattedText? { if case .text(let text) = content { text } else { nil } }
    var caption: FormattedText? {
        switch content {
        case .media(_, let caption, _, _): caption
        case .paid(let paid): paid.caption
        default: nil
        }
    }
    var media: Media? { if case .media(let media, _, _, _) = content { media } else { nil } }
}

/// A place that moves for a while.
struct LiveLocation: Codable, Hashable, Sendable {
    var latitude: Double
    var longitude: Double
    var accuracy: Double?
    /// Seconds for which it may be moved; the largest number of 31 bits is for ever.
    var period: Int64
    var heading: Int64?
    var alertRadius: Int64?
    /// The moment of its end.
    var ends: Int64
}

/// A game that people start from a message.
struct GameCard: Codable, Hashable, Sendable {
    var name: String
    var title: String
    var description: String
    var text: FormattedText?
}

extension GameCard {
    /// A game of which no more than the name is known.
    init(named name: String) { self.init(name: name, title: name, description: "The game \(name)") }
}

/// Pictures and films that are shown to those who paid.
struct PaidMedia: Codable, Sendable {
    var stars: Int64
    var items: [Media]
    var caption: FormattedText
    var isAbove: Bool
    var payload: String
    var buyers: Set<Int64> = []
}

/// How the preview of a link is shown.
struct LinkPreview: Codable, Hashable, Sendable {
    var isDisabled = false
    var url: String?
    var prefersSmall = false
    var prefersLarge = false
    var isAbove = false
}

/// A poll, apart from the messages that show it.
struct Poll: Codable, Sendable {
    struct Option: Codable, Sendable {
        var text: FormattedText
        var votes = 0
        var persistentID: String
    }

    var id: String
    var question: FormattedText
    var options: [Option]
    var isClosed = false
    var isAnonymous = true
    var isQuiz = false
    var allowsMultiple = false
    var allowsRevoting = true
    var correct: [Int] = []
    var explanation: FormattedText?
    /// What stands above the question's options.
    var words: FormattedText?
    /// Only members of the chat may vote.
    var isForMembers: Bool?
    /// Only people of these countries may vote, by two letters.
    var countries: [String]?
    /// Nobody sees the votes before the end.
    var hidesResults: Bool?
    var openPeriod: Int64?
    var closeDate: Int64?
    var bot: Int64
    var chat: ChatKey
    var message: Int
    var votes: [Int64: [Int]] = [:]
}
