extension Options {
    /// The two web servers: one for the world, one for the operator.
    package enum Web {
        /// Where webhooks are served.
        package static let publicHost = Option(
            "http.public.host", .host, default: "127.0.0.1", aliases: ["telegram.webhook.listen_address"],
            "where webhooks are served; 0.0.0.0 to be reachable from outside")

        /// The port of webhooks.
        package static let publicPort = Option(
            "http.public.port", .port, default: 8000, environment: ["WEBHOOK_PORT"],
            aliases: ["telegram.webhook.port"], "the port of webhooks")

        /// Where health and metrics are served.
        package static let internalHost = Option(
            "http.internal.host", .host, default: "127.0.0.1", "where /health, /ready and /metrics are served")

        /// The port of health and metrics.
        package static let internalPort = Option(
            "http.internal.port", .port, default: 8080, environment: ["HEALTH_CHECK_PORT"],
            "the port of /health, /ready and /metrics")

        static let all: [any AnyOption] = [publicHost, publicPort, internalHost, internalPort]
    }
}
