internal import BotKit

/// A press on a button about one schedule.
struct SchedulePress: CallbackPayload {
    static let tag = "sc"

    enum Action: Int, Codable, Sendable {
        case open, pause, resume, silent, loud, now, askDelete, delete
    }

    /// The schedule's number; `configured` for the owner's.
    var schedule: Int64
    var action: Action

    static let configured: Int64 = 0
}

/// A press on a button about all schedules of the chat.
struct SchedulesPress: CallbackPayload {
    static let tag = "sl"

    enum Action: Int, Codable, Sendable {
        case list, pause, resume, add
    }

    var action: Action
}

/// A press on a schedule that needs no writing.
struct QuickSchedulePress: CallbackPayload {
    static let tag = "sq"

    /// As `SchedulePhrase` reads it.
    var phrase: String
}

/// A press on a city.
struct ZonePress: CallbackPayload {
    static let tag = "sz"

    var zone: String
    /// Whether the settings are shown afterwards.
    var isFromSettings: Bool
}

/// A press on a button of the settings.
struct SettingsPress: CallbackPayload {
    static let tag = "st"

    enum Action: Int, Codable, Sendable {
        case show, zone, quiet, quietOff, sound, spoiler, protection, language, english, russian, byTelegram
    }

    var action: Action
    /// What an on-off button turns it to: a second press on an old message changes nothing back.
    var isOn = false
}

/// A press on quiet hours.
struct QuietPress: CallbackPayload {
    static let tag = "sh"

    var from: Int
    var until: Int
}
