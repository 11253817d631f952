/// The settings of one run: a value for each option, and where it came from.
package struct Settings: Sendable {
    /// Where a value came from.
    package enum Origin: Equatable, Sendable, CustomStringConvertible {
        /// Nobody said anything.
        case fallback
        /// A file and line.
        case file(String, line: Int)
        /// An environment variable; `file` is the `.env` file it stands in.
        case environment(String, file: String?)

        /// The origin in a few words.
        package var description: String {
            switch self {
            case .fallback: "default"
            case .file(let path, let line): "\(path):\(line)"
            case .environment(let name, nil): name
            case .environment(let name, let file?): "\(name) in \(file)"
            }
        }
    }

    struct Entry: Sendable {
        var value: any Sendable
        var origin: Origin
    }

    var entries: [String: Entry] = [:]
    /// The configuration file that was read, if any.
    package internal(set) var file: String?
    /// Things worth a line in the log that are no reason not to start.
    package internal(set) var notes: [ConfigurationProblem] = []

    /// Settings where nothing is said.
    package init() {}

    /// The value of an option.
    package subscript<Value>(option: Option<Value>) -> Value {
        guard let value = entries[option.key]?.value as? Value else { return option.fallback }
        return value
    }

    /// Where the value of an option came from.
    package func origin(of option: some AnyOption) -> Origin { origin(ofKey: option.key) }

    /// Where the value under a key came from.
    package func origin(ofKey key: String) -> Origin { entries[key]?.origin ?? .fallback }

    /// The value of an option as text, hidden when it is a secret.
    package func text(of option: any AnyOption) -> String {
        guard let entry = entries[option.key], let option = option as? any ReadableOption else {
            return option.fallbackText
        }
        let text = option.show(entry.value)
        return option.isSecret && text != "not set" ? "***" : text
    }

    /// A problem about the value of an option, at the place where it was written.
    package func problem(_ option: some AnyOption, _ message: String) -> ConfigurationProblem {
        let place: ConfigurationProblem.Place =
            switch origin(of: option) {
            case .fallback: .combination
            case .file(let path, let line): .file(path, line: line)
            case .environment(let name, _): .environment(name)
            }
        return ConfigurationProblem(place: place, key: option.key, message: message)
    }

    /// A problem about an option that has to be set and is not.
    package func missing(_ option: some AnyOption) -> ConfigurationProblem {
        ConfigurationProblem(
            place: file.map { .file($0, line: nil) } ?? .combination, key: option.key,
            message: "not set; write it in \(file ?? "quartet.yml") or set \(option.environment.last ?? "")")
    }
}
