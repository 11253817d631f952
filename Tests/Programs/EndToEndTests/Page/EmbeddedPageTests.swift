import FoundationEssentials
import Testing
import WebAssets

@Suite struct EmbeddedPageTests {
    private let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "Web")

    @Test func `the program carries the files of the folder as they are`() throws {
        let embedded = WebAssets(page: "chat")
        let read = WebAssets(page: "chat", from: .folder(folder.path))
        #expect(embedded.names.contains("index.html"))
        for name in embedded.names {
            #expect(embedded.asset(named: name) == read.asset(named: name), "\(name): build again to embed it")
        }
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.appending(path: "chat").path)
            .filter { $0.contains(".") }
        #expect(files.sorted() == embedded.names)
    }

    @Test(arguments: ["../chat/index.html", "/etc/passwd", ".hidden", "js/../index.html", "js//main.js", "", "js"])
    func `no name leads out of the folder`(name: String) {
        #expect(WebAssets(page: "chat", from: .folder(folder.path)).asset(named: name) == nil)
        #expect(WebAssets(page: "chat").asset(named: name) == nil)
    }

    @Test func `no module makes markup of a text`() {
        let assets = WebAssets(page: "chat")
        for name in assets.names where name.hasSuffix(".js") {
            let text = String(decoding: assets.asset(named: name)?.bytes ?? [], as: UTF8.self)
            for word in ["innerHTML =", "outerHTML =", "insertAdjacentHTML", "document.write", "eval(", "new Function"]
            {
                #expect(!text.contains(word), "\(name): \(word)")
            }
        }
    }
}
