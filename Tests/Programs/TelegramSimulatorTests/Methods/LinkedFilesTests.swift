import HTTP
import HTTPClient
import HTTPServer
import Support
import Testing

@testable import TelegramSimulator

/// Serves what a bot links to.
private struct Shelf: Responder {
    let picture: [UInt8]

    func respond(to request: ServerRequest) async throws -> ServerResponse {
        switch request.path {
        case "/p.jpg": .bytes(picture, type: "image/jpeg")
        case "/notes.txt": .bytes(Array("notes".utf8), type: "text/plain")
        case "/page": .bytes(Array("<p>no</p>".utf8), type: "text/html")
        default: .empty(.notFound)
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct LinkedFilesTests {
    @Test func `files are fetched from links, and pages and errors are refused`() async throws {
        let server = HTTPServer(
            HTTPServer.Configuration(), responder: Shelf(picture: try MediaTests.picture(640, 480)), logger: .disabled)
        let base = try await server.start().url
        let result: Result<Void, any Error>
        do {
            result = .success(
                try await Stage.run { (stage: Stage) async throws -> Void in
                    try await stage.start()
                    func send(_ kind: String, _ path: String) async throws -> Stage.Reply {
                        try await stage.call(
                            "send\(kind)", #"{"chat_id":501,"\#(kind.lowercased())":"\#(base)\#(path)"}"#)
                    }
                    let photo = try await send("Photo", "/p.jpg")
                    #expect(photo.result["photo"]?.array?.last?["width"]?.integer == 640)
                    let document = try await send("Document", "/notes.txt?x=1")
                    #expect(document.result["document"]?["file_name"]?.string == "notes.txt")
                    #expect(document.result["document"]?["file_size"]?.integer == 5)
                    let page = try await send("Photo", "/page")
                    #expect(page.description == "Bad Request: wrong type of the web page content")
                    let text = try await send("Photo", "/notes.txt")
                    #expect(text.description == "Bad Request: wrong type of the web page content")
                    let missing = try await send("Document", "/missing")
                    #expect(missing.description == "Bad Request: failed to get HTTP URL content")
                })
        } catch {
            result = .failure(error)
        }
        await server.stop()
        try result.get()
    }
}
