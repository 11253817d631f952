import FoundationEssentials
import Glibc
import Support
import Testing

/// The parsers against what once broke them or nearly did, and against changes of it that are the same each time.
@Suite(.serialized, .timeLimit(.minutes(5))) struct FuzzTests {
    /// Changed inputs per parser; `make fuzz` tries millions, led by what the parser does.
    private static let count = unsafe getenv("FUZZ_COUNT").flatMap { unsafe Int(String(cString: $0)) } ?? 3000

    private static let corpora: String = {
        var path = #filePath
        for _ in 0..<2 { path = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) }
        return path + "/Corpus"
    }()

    @Test(arguments: FuzzTarget.all.map(\.name))
    func `a parser takes whatever comes`(name: String) throws {
        let target = try #require(FuzzTarget.all.first { $0.name == name })
        let folder = "\(Self.corpora)/\(name)"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(!files.isEmpty)
        let corpus = try files.map { [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/\($0)"))) }
        for bytes in corpus { target.run(bytes) }
        var mutator = Mutator(seed: name.utf8.reduce(20_261_121) { $0 &* 31 &+ UInt64($1) })
        // A trap ends the whole run: what was being read is then in this file.
        let trace = unsafe open(
            "\(FileManager.default.temporaryDirectory.path)/quartet-fuzz-\(name)", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        defer { close(trace) }
        for _ in 0..<Self.count {
            let bytes = mutator.next(of: corpus)
            if ftruncate(trace, 0) == 0 { _ = unsafe pwrite(trace, bytes, bytes.count, 0) }
            target.run(bytes)
        }
        unsafe unlink("\(FileManager.default.temporaryDirectory.path)/quartet-fuzz-\(name)")
    }

    @Test func `each corpus belongs to a parser`() throws {
        let folders = Set(try FileManager.default.contentsOfDirectory(atPath: Self.corpora))
        #expect(folders == Set(FuzzTarget.all.map(\.name)))
    }
}
