import Glibc
public import Storage
import Support

extension Bot {
    /// A bot whose token is in the environment as `BOT_TOKEN`, and who writes its log to standard output.
    ///
    /// `BOT_API_URL` names another server than Telegram's, such as a simulator. For a first bot; a program with
    /// configuration of its own uses the other initialiser.
    ///
    /// - Throws: `BotError.missingToken`, `BotError.malformedToken`.
    public convenience init(database: any Database, routes: (inout Routes) -> Void) throws {
        guard let token = Self.environment("BOT_TOKEN"), !token.isEmpty else { throw BotError.missingToken }
        var configuration = BotConfiguration()
        if let url = Self.environment("BOT_API_URL") { configuration.apiURL = url }
        try self.init(
            token: Secret(token), database: database, configuration: configuration,
            logger: Logger(label: "bot", sink: LogOutput()), routes: routes)
    }

    private static func environment(_ name: String) -> String? {
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }
}
