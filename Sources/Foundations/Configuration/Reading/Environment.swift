import Glibc

/// Variables by name, from the process or from a file.
package struct Environment: Sendable {
    /// The variables.
    package var variables: [String: String]

    /// Takes the variables as they are.
    package init(_ variables: [String: String]) { self.variables = variables }

    /// The variables of this process.
    package static var process: Environment {
        var variables: [String: String] = [:]
        var entry = unsafe environ
        while let line = unsafe entry.pointee {
            let parts = unsafe String(cString: line).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
            unsafe entry = entry.advanced(by: 1)
        }
        return Environment(variables)
    }

    /// The value of a variable that is set and not empty.
    func value(of name: String) -> String? { variables[name].flatMap { $0.isEmpty ? nil : $0 } }

    static func expandingHome(_ path: String) -> String {
        guard path == "~" || path.hasPrefix("~/"), let home = unsafe getenv("HOME") else { return path }
        return unsafe String(cString: home) + path.dropFirst()
    }
}
