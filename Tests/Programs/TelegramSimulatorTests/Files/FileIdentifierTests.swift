import HTTPClient
import Testing

@testable import TelegramSimulator

@Suite(.timeLimit(.minutes(1))) struct FileIdentifierTests {
    private static let unknown = FileIdentifier.prefixes[0] + String(repeating: "A", count: 40)

    @Test(arguments: [
        ("x", "wrong remote file identifier specified: Wrong string length"),
        ("abd=", "wrong remote file identifier specified: Wrong padding in the string"),
        ("ab=", "wrong remote file identifier specified: Wrong padding length"),
        ("ab/d", "wrong remote file identifier specified: Wrong character in the string"),
        ("abcd", "wrong remote file identifier specified: can't unserialize it. Wrong last symbol"),
        ("ftp://e.org/a.jpg", "invalid file HTTP URL specified: Unsupported URL protocol"),
        (unknown, "wrong file identifier/HTTP URL specified"),
    ])
    func `what names no file is told by its form`(text: String, reason: String) {
        #expect(FileIdentifier.refusal(text) == .badRequest(reason))
    }

    @Test(arguments: [("x", "invalid file_id"), (unknown, "wrong file_id or the file is temporarily unavailable")])
    func `a file that is not there cannot be had`(id: String, reason: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            let reply = try await stage.call("getFile", #"{"file_id":"\#(id)"}"#)
            #expect(reply.description == "Bad Request: \(reason)")
        }
    }

    @Test func `a server at home takes files from its disk and says where they are`() async throws {
        let store = try FileStore(directory: nil)
        defer { store.remove() }
        let name = try store.write(Array("of this machine".utf8))
        try await Stage.run(isLocal: true) { (stage: Stage) async throws -> Void in
            try await stage.start()
            for scheme in ["file://", "file:", "file://localhost"] {
                let sent = try await stage.call(
                    "sendDocument", #"{"chat_id":501,"document":"\#(scheme)\#(store.path(name))"}"#)
                #expect(sent.result["document"]?["file_size"]?.integer == 15, "\(scheme)")
                let id = sent.result["document"]?["file_id"]?.string ?? ""
                let path = try await stage.call("getFile", #"{"file_id":"\#(id)"}"#).result["file_path"]?.string ?? ""
                #expect(path.hasPrefix("/"))
                let folder = path.split(separator: "/").dropLast().joined(separator: "/")
                let file = try FileStore(directory: "/" + folder)
                let bytes = try file.read(String(path.split(separator: "/").last ?? ""))
                #expect(bytes == Array("of this machine".utf8))
            }
            let none = try await stage.call("sendDocument", #"{"chat_id":501,"document":"file:///no/such.file"}"#)
            #expect(none.description == "Bad Request: wrong file identifier/HTTP URL specified")
        }
    }

    @Test func `the cloud reads nobody's disk`() async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let reply = try await stage.call("sendDocument", #"{"chat_id":501,"document":"file:///etc/hosts.txt"}"#)
            #expect(reply.description == "Bad Request: invalid file HTTP URL specified: Unsupported URL protocol")
        }
    }
}
