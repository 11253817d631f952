import Glibc

/// Files that a run makes and that nobody needs after it.
enum Scratch {
    private static let folder = ".build/benchmarks"

    /// The path of a file in the folder, which is made where it is missing.
    static func path(_ name: String) throws -> String {
        guard unsafe mkdir(folder, 0o700) == 0 || errno == EEXIST else {
            throw BenchmarkFailure("cannot make \(folder)")
        }
        return "\(folder)/\(name)"
    }

    /// A new empty folder.
    static func newFolder() throws -> String {
        var template = Array(try path("run-XXXXXX").utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw BenchmarkFailure("cannot make a folder in \(folder)") }
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Removes a folder with the files in it; it has no folders inside.
    static func remove(_ folder: String) {
        var files = unsafe glob_t()
        unsafe glob("\(folder)/*", 0, nil, &files)
        let count = unsafe Int(files.gl_pathc)
        for index in 0..<count { _ = unsafe files.gl_pathv[index].map { unsafe unlink($0) } }
        unsafe globfree(&files)
        unsafe rmdir(folder)
    }
}
