/// One thing that is wrong with the configuration, and what to do about it.
package struct ConfigurationProblem: Error, Equatable, Sendable, CustomStringConvertible {
    /// Where a value comes from.
    package enum Place: Equatable, Sendable, CustomStringConvertible {
        /// A line of a file, counted from 1; nil when the file as a whole is meant.
        case file(String, line: Int?)
        /// An environment variable.
        case environment(String)
        /// The values together, wherever they come from.
        case combination

        /// The place as a compiler would write it.
        package var description: String {
            switch self {
            case .file(let path, let line?): "\(path):\(line)"
            case .file(let path, nil): path
            case .environment(let name): "environment variable \(name)"
            case .combination: "configuration"
            }
        }
    }

    /// Where.
    package var place: Place
    /// The key it is about; nil for a file that cannot be read.
    package var key: String?
    /// What is wrong and what to write instead.
    package var message: String

    /// Puts a problem together.
    package init(place: Place, key: String?, message: String) {
        self.place = place
        self.key = key
        self.message = message
    }

    /// One line: place, key, message.
    package var description: String {
        [place.description, key, message].compactMap { $0 }.joined(separator: ": ")
    }
}

/// Everything that is wrong with the configuration, at once.
package struct ConfigurationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// At least one problem, in the order of the sources.
    package var problems: [ConfigurationProblem]

    /// Puts an error together.
    package init(problems: [ConfigurationProblem]) { self.problems = problems }

    /// One line per problem.
    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
