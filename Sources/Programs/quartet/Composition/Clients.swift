import Configuration
import HTTPClient
import Support

/// HTTP clients as the settings want them.
enum Clients {
    /// The client for Telegram, through the proxy where one is set.
    static func telegram(_ settings: Settings, logger: Logger) -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.userAgent = "Quartet/\(Quartet.version)"
        configuration.proxy = settings[Options.Telegram.proxy].map { Proxy(url: $0) }
        return HTTPClient(configuration, logger: logger)
    }

    /// The client for servers of one's own, never through a proxy.
    static func direct(logger: Logger) -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.userAgent = "Quartet/\(Quartet.version)"
        return HTTPClient(configuration, logger: logger)
    }
}
