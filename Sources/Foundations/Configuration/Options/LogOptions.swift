package import Support

extension Options {
    /// What is logged, how and where.
    package enum Log {
        /// The least level that is logged.
        package static let level = Option(
            "log.level", .choice(LogLevel.allCases.map { ($0.name, $0) }), default: .info, environment: ["LOG_LEVEL"],
            "the least level that is logged")

        /// The form of log lines; nil is text on a terminal and JSON otherwise.
        package static let format = Option(
            "log.format", .choice([("auto", LogFormat?.none), ("text", .text), ("json", .json)]), default: nil,
            environment: ["LOG_FORMAT"], "text for people, json for programs; auto: text on a terminal, else json")

        /// A file that gets the log as well.
        package static let path = Option.optional(
            "log.path", .path, environment: ["LOG_PATH"],
            "a file that gets the log as well")

        /// The size at which the file is put aside.
        package static let maximumSize = Option(
            "log.max_size", .byteCount, default: 10 << 20, "the size at which the log file is put aside")

        /// How many log files are kept.
        package static let maximumFiles = Option(
            "log.max_files", .integer(in: 1...1000, example: 5), default: 5, "how many log files are kept")

        static let all: [any AnyOption] = [level, format, path, maximumSize, maximumFiles]
    }
}
