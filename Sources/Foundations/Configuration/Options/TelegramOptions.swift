extension Options {
    /// The way to Telegram, common to all bots.
    package enum Telegram {
        /// The Bot API server.
        package static let apiURL = Option(
            "telegram.api_url", .webAddress, default: "https://api.telegram.org", environment: ["TELEGRAM_API_URL"],
            "the Bot API server: Telegram's, one of your own, or the simulator")

        /// A proxy for calls to Telegram.
        package static let proxy = Option.optional(
            "telegram.proxy", .text, environment: ["TELEGRAM_PROXY"], isSecret: true,
            "a proxy for calls to Telegram, such as socks5h://127.0.0.1:1080")

        /// Where a recording goes.
        package static let record = Option.optional(
            "telegram.record", .path,
            "a file that gets what people write and what the bots answer, for quartet replay")

        /// What is recorded.
        package static let recordChats = Option(
            "telegram.record_chats", .chatIDs, default: [],
            "the chats and people that are recorded, by id; all when not set")

        static let all: [any AnyOption] = [apiURL, proxy, record, recordChats]
    }
}
