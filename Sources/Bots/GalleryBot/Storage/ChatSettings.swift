internal import Support
internal import TelegramAPI

/// What a chat has decided about its photos.
struct ChatSettings: Equatable, Sendable {
    var chat: ChatID
    /// Telegram's name for the kind of chat; nil where only schedules have met it.
    var kind: String?
    /// A group's title or a person's name, for lists that its owner sees.
    var title: String?
    /// The IANA name of the chat's time zone; nil for the configured one.
    var zone: String?
    /// Photos come covered, and are shown by a tap.
    var isSpoiler = false
    /// Photos cannot be forwarded or saved.
    var isProtected = false
    /// Photos by schedule come without a sound.
    var isSilent = false
    var quietHours: QuietHours?
    /// Until when no photo comes by schedule; nil where they come, `untilResumed` for no end.
    var pausedUntil: Timestamp?
    /// The owner's configured schedule brings nothing to this chat.
    var isConfiguredPaused = false
    /// When the configured schedule last brought something, or was about to.
    var configuredRun: Timestamp?
    /// Why nothing can be sent to the chat; nil where it can.
    var unreachable: String?

    init(chat: ChatID) { self.chat = chat }

    /// A pause that ends only by hand: the last day of the year 9999.
    static let untilResumed = Timestamp(seconds: 253_402_214_400)

    /// Whether photos by schedule are stopped at a moment.
    func isPaused(at moment: Timestamp) -> Bool { pausedUntil.map { moment < $0 } ?? false }
}
