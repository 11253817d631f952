import Glibc

/// Finds and reads the configuration.
///
/// From weak to strong: built-in defaults, the configuration file, the `.env` file of the working directory, the
/// environment. The file is the one named on the command line, else by `QUARTET_CONFIG` or `CONFIG_PATH`, else the
/// first of `quartet.yml`, `config.yml` and `/config/config.yml` that exists.
package struct SettingsLoader: Sendable {
    private static let names = ["quartet.yml", "config.yml", "/config/config.yml"]

    private let directory: String
    private let environment: Environment
    private let options: [any AnyOption]
    private let retired: [String: String]

    /// Reads from `directory` (empty is the working directory) and the given variables.
    package init(directory: String = "", environment: Environment = .process) {
        self.init(directory: directory, environment: environment, options: Options.all, retired: Options.retired)
    }

    init(directory: String, environment: Environment, options: [any AnyOption], retired: [String: String] = [:]) {
        self.directory = directory
        self.environment = environment
        self.options = options
        self.retired = retired
    }

    /// Reads everything, and throws all problems at once.
    ///
    /// `path` is the file named on the command line.
    package func load(path: String? = nil) throws(ConfigurationError) -> Settings {
        var reader = SettingsReader(options: options, retired: retired)
        var variables = Environment([:])
        let dotEnvPath = resolved(".env")
        if case .success(let bytes) = contents(of: dotEnvPath) {
            let (parsed, problems) = DotEnv.parse(String(decoding: bytes, as: UTF8.self), path: ".env")
            variables = parsed
            reader.add(problems)
        }
        if let (path, wanted) = file(named: path, variables) {
            switch contents(of: resolved(path)) {
            case .success(let bytes): reader.read(bytes, path: path)
            case .failure(let fault):
                if wanted || fault.code != ENOENT {
                    reader.add(
                        ConfigurationProblem(
                            place: .file(path, line: nil), key: nil,
                            message: "cannot be read: \(unsafe String(cString: strerror(fault.code)))"))
                }
            }
        }
        // What the process was given wins over what lies in the folder.
        variables.variables = variables.variables.filter { environment.value(of: $0.key) == nil }
        reader.read(variables, file: ".env")
        reader.read(environment, file: nil)
        return try reader.finish()
    }

    /// The file to read, and whether somebody asked for it.
    private func file(named path: String?, _ variables: Environment) -> (String, Bool)? {
        if let path { return (path, true) }
        for name in ["QUARTET_CONFIG", "CONFIG_PATH"] {
            if let path = environment.value(of: name) ?? variables.value(of: name) { return (path, true) }
        }
        return Self.names.first { unsafe access(resolved($0), F_OK) == 0 }.map { ($0, false) }
    }

    private func resolved(_ path: String) -> String {
        let path = Environment.expandingHome(path)
        return path.hasPrefix("/") || directory.isEmpty ? path : "\(directory)/\(path)"
    }
}

/// The system's error number.
private struct ReadFault: Error {
    var code: Int32
}

/// The bytes of a file, up to one more than a configuration may have.
private func contents(of path: String) -> Result<[UInt8], ReadFault> {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return .failure(ReadFault(code: errno)) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= YAMLReader.maximumBytes {
        let count = unsafe read(file, &buffer, buffer.count)
        guard count >= 0 else { return .failure(ReadFault(code: errno)) }
        guard count > 0 else { break }
        bytes += buffer[..<count]
    }
    return .success(bytes)
}
