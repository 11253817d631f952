internal import Cryptography
internal import Glibc
internal import JSON
internal import Storage
internal import Support
internal import TelegramAPI

/// Writes what is kept of a person into a file, a page of rows at a time: a history may be long.
struct Export: Sendable {
    /// The version of the file's shape, as `docs/gallery.md` describes it.
    static let version: Int64 = 1
    private static let page = 500

    /// Why an export cannot be written.
    struct Fault: Error, CustomStringConvertible {
        var description: String
    }

    let database: any Database
    let time: any TimeSource

    /// Writes the file into the folder for temporary files; whoever calls removes it.
    ///
    /// - Returns: The file's path.
    func write(_ person: UserID, sections: [ExportSection] = ExportSection.all) async throws -> String {
        let file = try TemporaryFile()
        do {
            let head: JSONObject = [
                "format": "quartet-gallery-export", "version": .integer(Self.version),
                "made_at": .string(time.now.iso8601(milliseconds: false)), "id": .integer(person.rawValue),
            ]
            // The object stays open for the lists.
            try file.append(Array(JSONValue.object(head).serialised().dropLast()))
            for section in sections { try await write(section, person, to: file) }
            try file.append(Array("\n}\n".utf8))
            file.close()
        } catch {
            file.close()
            file.remove()
            throw error
        }
        return file.path
    }

    private func write(_ section: ExportSection, _ person: UserID, to file: TemporaryFile) async throws {
        try file.append(Array(",\n\"\(section.name)\":[".utf8))
        var after = Int64.min
        var isFirst = true
        while true {
            let place = after
            let rows = try await database.query(section.query(person.rawValue, place, Self.page))
            var bytes: [UInt8] = []
            for row in rows {
                bytes += (isFirst ? "\n" : ",\n").utf8
                bytes += section.object(row).serialised()
                isFirst = false
                after = try row.get(at: 0)
            }
            try file.append(bytes)
            if rows.count < Self.page { break }
        }
        try file.append(Array("]".utf8))
    }
}

/// A file of a name of its own, readable for this user alone.
final class TemporaryFile: Sendable {
    let path: String
    private let descriptor: Int32

    init() throws(Export.Fault) {
        var path = ""
        var descriptor: Int32 = -1
        // A name that is taken is drawn anew; more than a few are never taken.
        for _ in 0..<8 where descriptor < 0 {
            path = "/tmp/quartet-export-\(RandomToken().text).json"
            descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        }
        guard descriptor >= 0 else { throw Export.Fault(description: "no temporary file can be made (\(errno))") }
        self.path = path
        self.descriptor = descriptor
    }

    func append(_ bytes: [UInt8]) throws(Export.Fault) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Export.Fault(description: "the export cannot be written (\(errno))") }
            rest = rest.dropFirst(count)
        }
    }

    func close() { Glibc.close(descriptor) }

    func remove() { unsafe unlink(path) }

    static func remove(_ path: String) { unsafe unlink(path) }
}
