/// Puts settings together from a file and from variables; finds all problems before it gives up.
struct SettingsReader {
    /// What examples write where an owner's own value belongs; it counts as nothing.
    private static let placeholder = "YOUR_BOT_TOKEN_HERE"

    private let options: [any ReadableOption]
    private let optionByKey: [String: any ReadableOption]
    private let retired: [String: String]
    private var settings = Settings()
    private var problems: [ConfigurationProblem] = []

    init(options: [any AnyOption], retired: [String: String]) {
        self.options = options.compactMap { $0 as? any ReadableOption }
        self.retired = retired
        var optionByKey: [String: any ReadableOption] = [:]
        for option in self.options {
            for key in [option.key] + option.aliases { optionByKey[key] = option }
        }
        self.optionByKey = optionByKey
    }

    mutating func read(_ bytes: [UInt8], path: String) {
        settings.file = path
        do throws(YAMLFault) {
            guard let root = try YAMLReader.read(bytes) else { return }
            guard case .mapping(let entries) = root.content else {
                return report(path, root.line, nil, "expected keys with values, such as “log:”")
            }
            for entry in entries { read(entry, prefix: "", path: path) }
        } catch {
            report(path, error.line, nil, error.reason)
        }
    }

    private mutating func read(_ entry: YAMLEntry, prefix: String, path: String) {
        let key = prefix + entry.key
        if let option = optionByKey[key] {
            if case .file(let file, let line) = settings.origin(of: option) {
                return report(
                    path, entry.line, key, "means the same as \(option.key), which is set at \(file):\(line); keep one")
            }
            if case .scalar(Self.placeholder, _) = entry.value.content { return }
            do throws(ValueFault) {
                let value = try option.value(of: entry.value)
                settings.entries[option.key] = .init(value: value, origin: .file(path, line: entry.value.line))
            } catch {
                report(path, entry.value.line, key, message(error, option, found: Self.found(entry.value, option)))
            }
        } else if let reason = retired[key] {
            settings.notes.append(
                ConfigurationProblem(place: .file(path, line: entry.line), key: key, message: "not used: \(reason)"))
        } else if knownSections.contains(key) {
            switch entry.value.content {
            case .mapping(let entries): for entry in entries { read(entry, prefix: key + ".", path: path) }
            // A section with everything commented out.
            case .scalar("", true): break
            case .scalar, .sequence:
                let keys = keys(in: key).joined(separator: ", ")
                report(path, entry.value.line, key, "is a section; write one of its keys below it: \(keys)")
            }
        } else {
            report(path, entry.line, key, "unknown key\(suggestion(for: entry.key, in: prefix))")
        }
    }

    /// Reads variables; later calls win.
    ///
    /// `file` is the `.env` file they stand in.
    mutating func read(_ environment: Environment, file: String?) {
        for option in options {
            guard let name = option.environment.first(where: { environment.value(of: $0) != nil }),
                let text = environment.value(of: name), text != Self.placeholder
            else { continue }
            do throws(ValueFault) {
                let value = try option.value(of: text)
                settings.entries[option.key] = .init(value: value, origin: .environment(name, file: file))
            } catch {
                let found = option.isSecret ? nil : "“\(text.prefix(40))”"
                problems.append(
                    ConfigurationProblem(
                        place: .environment(name), key: option.key, message: message(error, option, found: found)))
            }
        }
        let known = Set(options.flatMap(\.environment) + ["QUARTET_CONFIG"])
        for name in environment.variables.keys.sorted() where name.hasPrefix("QUARTET_") && !known.contains(name) {
            let hint = Suggestion.closest(to: name, among: known).map { "; did you mean \($0)?" } ?? ""
            settings.notes.append(
                ConfigurationProblem(place: .environment(name), key: nil, message: "no option has this variable\(hint)")
            )
        }
    }

    mutating func add(_ problem: ConfigurationProblem) { problems.append(problem) }

    mutating func add(_ problems: [ConfigurationProblem]) { self.problems += problems }

    /// The settings, unless there were problems.
    func finish() throws(ConfigurationError) -> Settings {
        guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
        return settings
    }

    private mutating func report(_ path: String, _ line: Int?, _ key: String?, _ message: String) {
        problems.append(ConfigurationProblem(place: .file(path, line: line), key: key, message: message))
    }

    private func message(_ fault: ValueFault, _ option: any ReadableOption, found: String?) -> String {
        if let reason = fault.reason { return reason }
        let got = found.map { ", found \($0)" } ?? ""
        return "expected \(option.expectation)\(got); write for example \(option.example)"
    }

    private static func found(_ node: YAMLNode, _ option: any ReadableOption) -> String? {
        switch node.content {
        case .scalar("", _): "nothing"
        case .scalar(let text, _): option.isSecret ? nil : "“\(text.prefix(40))”"
        case .sequence: "a list"
        case .mapping: "a section"
        }
    }

    private var knownSections: Set<String> {
        var sections: Set<String> = []
        for key in Array(optionByKey.keys) + Array(retired.keys) {
            var parts = key.split(separator: ".")
            while parts.count > 1 {
                parts.removeLast()
                sections.insert(parts.joined(separator: "."))
            }
        }
        return sections
    }

    private func keys(in section: String) -> [String] {
        let prefix = section + "."
        return Set(
            optionByKey.keys.filter { $0.hasPrefix(prefix) }
                .map { String($0.dropFirst(prefix.count).prefix { $0 != "." }) }
        ).sorted()
    }

    private func suggestion(for word: String, in prefix: String) -> String {
        let section = String(prefix.dropLast())
        let siblings =
            prefix.isEmpty ? Set(optionByKey.keys.map { String($0.prefix { $0 != "." }) }).sorted() : keys(in: section)
        if let close = Suggestion.closest(to: word, among: siblings) { return "; did you mean \(prefix)\(close)?" }
        // The right word in the wrong place.
        let elsewhere = options.map(\.key).filter { $0.hasSuffix(".\(word)") }.sorted()
        if let key = elsewhere.first { return "; there is \(key)" }
        return "; possible here: \(siblings.joined(separator: ", "))"
    }
}
