import FoundationEssentials
import Glibc

/// A folder of a test's own, removed with everything in it.
struct TemporaryFolder: Sendable {
    let path: String

    /// Lends a folder.
    static func with<Value>(_ body: (TemporaryFolder) async throws -> Value) async throws -> Value {
        var template = Array("/tmp/quartet-story-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw ChildProcess.Failure(description: "no folder") }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(TemporaryFolder(path: path)))
        } catch {
            result = .failure(error)
        }
        try FileManager.default.removeItem(atPath: path)
        return try result.get()
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a text into a file of the folder.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: URL(filePath: file(name)))
        return file(name)
    }

    func text(of name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: file(name))), as: UTF8.self)
    }
}
