package import Support

extension Options {
    /// The process itself.
    package enum Process {
        /// The time to finish after SIGTERM.
        package static let drainLimit = Option(
            "shutdown.limit", .duration, default: .seconds(20), "how long a stop may take before work is cut off")

        /// A database server for all bots.
        package static let databaseURL = Option.optional(
            "database.url", .secret, environment: ["DATABASE_URL"], isSecret: true,
            "a database server instead of files; not supported yet")

        static let all: [any AnyOption] = [drainLimit, databaseURL]
    }
}
