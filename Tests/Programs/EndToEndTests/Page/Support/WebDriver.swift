import Glibc
import HTTP
import HTTPClient
import JSON
import Support

/// A headless Chromium driven by the W3C WebDriver protocol, with one window.
///
/// Conditions are awaited inside the page, looked at before every frame, with a limit: nothing sleeps.
final class WebDriver: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String

        /// Whether the click found a page that was just changing, and another one may succeed.
        fileprivate var isPassing: Bool {
            ["stale element reference", "element click intercepted", "element not interactable"].contains {
                description.hasPrefix($0)
            }
        }
    }

    /// Keys as the protocol names them (WebDriver section 17.4.2).
    enum Key {
        static let enter = "\u{E007}"
        static let escape = "\u{E00C}"
        static let tab = "\u{E004}"
        static let shift = "\u{E008}"
        static let control = "\u{E009}"
        static let alt = "\u{E00A}"
        static let up = "\u{E013}"
        static let down = "\u{E015}"
        static let left = "\u{E012}"
        static let right = "\u{E014}"
        static let delete = "\u{E017}"
    }

    private static let element = "element-6066-11e4-a52e-4f735466cecf"
    /// What is to come into a page comes within a minute, in milliseconds, also on a busy machine.
    private static let limit = 60_000
    /// For a browser that starts, and for a condition that is waited for as long as may be.
    private static let patience = Timeouts(connect: .seconds(60), total: .seconds(180), idle: .seconds(180))

    private let process: DriverProcess
    private let http: HTTPClient
    private let session: String

    /// Starts `chromedriver` and a window of this size.
    init(width: Int = 1200, height: Int = 860) async throws {
        process = try await DriverProcess.start()
        http = HTTPClient()
        let root = "http://127.0.0.1:\(process.port)"
        do {
            let arguments: [JSONValue] = [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en",
                .string("--window-size=\(width),\(height)"),
            ]
            let capabilities: JSONValue = [
                "capabilities": [
                    "alwaysMatch": [
                        "browserName": "chrome", "goog:chromeOptions": ["args": .array(arguments)],
                        "timeouts": ["script": .integer(Int64(Self.limit * 2)), "pageLoad": 120_000],
                        "goog:loggingPrefs": ["browser": "ALL"],
                    ]
                ]
            ]
            let answer = try await Self.exchange(http, .post, "\(root)/session", capabilities)
            guard let id = answer["sessionId"]?.stringValue else { throw Failure(description: "no session: \(answer)") }
            session = "\(root)/session/\(id)"
        } catch {
            await http.stop()
            await process.stop()
            throw error
        }
        try await resize(width: width, height: height)
    }

    /// Closes the window and ends the driver.
    func stop() async {
        // A browser that is already gone is ended with its driver.
        _ = try? await Self.exchange(http, .delete, session, nil)
        await http.stop()
        await process.stop()
    }

    func open(_ url: String) async throws { _ = try await post("/url", ["url": .string(url)]) }

    /// Changes the page's size without the window's frame; `touch` makes it a phone.
    func resize(width: Int, height: Int, touch: Bool = false) async throws {
        try await devTools(
            "Emulation.setDeviceMetricsOverride",
            [
                "width": .integer(Int64(width)), "height": .integer(Int64(height)), "deviceScaleFactor": 1,
                "mobile": .bool(touch),
            ])
        try await devTools("Emulation.setTouchEmulationEnabled", ["enabled": .bool(touch)])
    }

    /// Sets a media feature, such as `prefers-color-scheme`.
    func emulate(_ feature: String, _ value: String) async throws {
        try await devTools(
            "Emulation.setEmulatedMedia",
            ["features": [["name": .string(feature), "value": .string(value)]]])
    }

    private func devTools(_ command: String, _ parameters: JSONValue) async throws {
        _ = try await post("/goog/cdp/execute", ["cmd": .string(command), "params": parameters])
    }

    /// The value of a JavaScript expression.
    @discardableResult
    func value(_ expression: String) async throws -> JSONValue {
        try await post("/execute/sync", ["script": .string("return (\(expression))"), "args": []])
    }

    /// Goes into a frame: what follows is about its document.
    func enter(frame selector: String) async throws {
        let frame = try await value("document.querySelector('\(selector)')")
        _ = try await post("/frame", ["id": frame])
    }

    /// Comes back to the page from its frames.
    func leaveFrame() async throws { _ = try await post("/frame", ["id": .null]) }

    /// Runs statements.
    func run(_ statements: String) async throws {
        _ = try await post("/execute/sync", ["script": .string(statements), "args": []])
    }

    /// Waits until a JavaScript expression is true in the page's sense, and answers its value.
    @discardableResult
    func wait(for expression: String) async throws -> JSONValue {
        let script = """
            const done = arguments[arguments.length - 1], end = performance.now() + \(Self.limit)
            const look = async () => {
              let value, problem = ''
              try { value = await (async () => (\(expression)))() } catch (error) { problem = String(error) }
              if (value) done({ value })
              else if (performance.now() > end) done({ problem, seen: document.body.innerText.slice(0, 3000) })
              else requestAnimationFrame(look)
            }
            look()
            """
        let answer = try await post("/execute/async", ["script": .string(script), "args": []])
        if let value = answer["value"] { return value }
        throw Failure(
            description: "never true: \(expression)\n\(answer["problem"]?.stringValue ?? "")\n"
                + "The page showed:\n\(answer["seen"]?.stringValue ?? "")")
    }

    /// Waits for something that the page shows for a moment only, and looks for it from before what brings it about.
    func wait(forMoment expression: String, after cause: () async throws -> Void) async throws {
        try await run(
            """
            window.hasComeAbout = false
            const look = () => { if (\(expression)) window.hasComeAbout = true; else requestAnimationFrame(look) }
            look()
            """)
        try await cause()
        try await wait(for: "window.hasComeAbout")
    }

    /// Waits for an element that is seen, and clicks in its middle as a mouse does.
    func click(_ selector: String) async throws {
        try await click(elementFrom: "document.querySelector('\(selector)')")
    }

    /// Clicks the button, link or item with this text or label.
    func click(named name: String, in selector: String = "body") async throws {
        let quoted = JSONValue.string(name).description
        try await click(
            elementFrom: """
                [...document.querySelectorAll('\(selector) :is(button, a, label, [role=menuitem])')].find((each) => {
                  const parts = [...each.children].filter((child) => !child.matches('[aria-hidden]'))
                  return each.getClientRects().length > 0 && [each.getAttribute('aria-label'), each.textContent,
                    ...parts.map((part) => part.textContent)].some((text) => text?.trim() === \(quoted))
                })
                """)
    }

    /// Opens the chat with this title in the list.
    func click(chat title: String) async throws {
        let quoted = JSONValue.string(title).description
        try await click(
            elementFrom: """
                [...document.querySelectorAll('.chat-row')].find((each) => each.querySelector('.chat-title')?.innerText === \(quoted))
                """)
    }

    private func click(elementFrom expression: String) async throws {
        let deadline = ContinuousClock.now + .milliseconds(Self.limit)
        while true {
            try await wait(for: "(() => { const e = \(expression); return e && e.getClientRects().length > 0 })()")
            do {
                let element = try await value(
                    "(() => { const e = \(expression); e?.scrollIntoView({ block: 'nearest', inline: 'nearest' }); return e })()"
                )
                guard let id = element[Self.element]?.stringValue else {
                    throw Failure(description: "stale element reference: \(expression) has gone")
                }
                _ = try await post("/element/\(id)/click", [:])
                return
            } catch {
                // The page may put a new element in its place between the look and the click, or still move it.
                guard let failure = error as? Failure, failure.isPassing, ContinuousClock.now < deadline else {
                    throw error
                }
            }
        }
    }

    /// Types into whatever has the focus; `Key.…` among the text press that key, modifiers stay down until the end.
    func type(_ text: String) async throws {
        var held: [String] = []
        var actions: [JSONValue] = []
        for character in text {
            let key = String(character)
            actions.append(["type": "keyDown", "value": .string(key)])
            if [Key.shift, Key.control, Key.alt].contains(key) {
                held.append(key)
            } else {
                actions.append(["type": "keyUp", "value": .string(key)])
            }
        }
        for key in held.reversed() { actions.append(["type": "keyUp", "value": .string(key)]) }
        _ = try await post(
            "/actions", ["actions": [["type": "key", "id": "keyboard", "actions": .array(actions)]]])
    }

    /// Gives files to a file field, which may be hidden.
    func choose(files: [String], in selector: String) async throws {
        guard let id = try await value("document.querySelector('\(selector)')")[Self.element]?.stringValue else {
            throw Failure(description: "no element: \(selector)")
        }
        _ = try await post("/element/\(id)/value", ["text": .string(files.joined(separator: "\n"))])
    }

    /// What the page wrote to the console as an error, and what the content security policy refused.
    func consoleErrors() async throws -> [String] {
        let entries = try await post("/se/log", ["type": "browser"]).arrayValue ?? []
        return entries.filter { $0["level"]?.stringValue == "SEVERE" }.compactMap { $0["message"]?.stringValue }
    }

    private func post(_ path: String, _ body: JSONValue) async throws -> JSONValue {
        try await Self.exchange(http, .post, session + path, body)
    }

    private static func exchange(
        _ http: HTTPClient, _ method: HTTPMethod, _ url: String, _ body: JSONValue?
    ) async throws -> JSONValue {
        let request = ClientRequest(
            method, url, fields: ["Content-Type": "application/json"],
            body: body.map { .bytes($0.serialised()) } ?? .none, timeouts: patience,
            maximumResponseBytes: 64 << 20)
        let answer = try JSONValue(parsing: await http.send(request).body)
        let value = answer["value"] ?? .null
        if let error = value["error"]?.stringValue {
            throw Failure(description: "\(error): \(value["message"]?.stringValue ?? "") (\(body?.description ?? ""))")
        }
        return value
    }
}
