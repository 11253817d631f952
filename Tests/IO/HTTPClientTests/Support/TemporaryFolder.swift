import Glibc

/// A folder of a test's own.
struct TemporaryFolder {
    struct Failure: Error {}

    let root: String

    init() throws {
        var template = Array("/tmp/quartet-client-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw Failure() }
        root = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    func path(_ name: String) -> String { "\(root)/\(name)" }

    var names: [String] {
        guard let directory = unsafe opendir(root) else { return [] }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    func contents(_ name: String) -> [UInt8] {
        guard let file = unsafe fopen(path(name), "r") else { return [] }
        defer { unsafe fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = unsafe fread(&buffer, 1, buffer.count, file)
            if count == 0 { return bytes }
            bytes += buffer.prefix(count)
        }
    }

    func write(_ bytes: [UInt8], to name: String) {
        guard let file = unsafe fopen(path(name), "w") else { return }
        defer { unsafe fclose(file) }
        unsafe fwrite(bytes, 1, bytes.count, file)
    }

    func remove() {
        for name in names { unsafe unlink(path(name)) }
        unsafe rmdir(root)
    }
}
