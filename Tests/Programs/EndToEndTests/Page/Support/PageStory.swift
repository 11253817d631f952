import HTTP
import HTTPClient
import HTTPServer
import JSON
import Support
import TelegramSimulator
import Testing

/// The chat page in a browser, the simulator behind it and a bot to talk to, for the length of one test.
struct PageStory: Sendable {
    static let alice: Int64 = 501
    static let boris: Int64 = 502

    let browser: WebDriver
    let bot: RawBot
    let base: String
    let http: HTTPClient
    let server: RestartableSimulator

    /// Tells a story; afterwards the page must have had no error and nothing refused by its security policy.
    static func tell(
        width: Int = 1200, height: Int = 860, time: any TimeSource = SystemTime(),
        _ story: (PageStory) async throws -> Void
    ) async throws {
        let simulator = RestartableSimulator(time: time)
        let address = try await simulator.start()
        let http = HTTPClient()
        let bot = RawBot(token: "7001:page-tests-page-tests-page-tests", base: address.url, http: http)
        do {
            let browser = try await WebDriver(width: width, height: height)
            let page = PageStory(browser: browser, bot: bot, base: address.url, http: http, server: simulator)
            do {
                try await page.control(
                    "bots", ["token": .string(bot.token), "first_name": "Gallery", "username": "gallery_bot"])
                try await story(page)
                let errors = try await browser.consoleErrors().filter { !$0.contains("net::ERR_") }
                #expect(errors.isEmpty)
            } catch {
                await browser.stop()
                throw error
            }
            await browser.stop()
        } catch {
            await http.stop()
            await simulator.remove()
            throw error
        }
        await http.stop()
        await simulator.remove()
    }

    /// Does what a person does, over the control API.
    @discardableResult
    func control(_ path: String, _ body: JSONValue) async throws -> JSONValue {
        let request = ClientRequest(
            .post, "\(base)/sim/\(path)", fields: ["Content-Type": "application/json"],
            body: .bytes(body.serialised()))
        let answer = try await http.send(request)
        let value = try JSONValue(parsing: answer.body)
        guard answer.status.rawValue == 200 else { throw WebDriver.Failure(description: "\(path): \(value)") }
        return value
    }

    /// Opens the page as a person, in the chat with the bot unless another or none is named.
    func open(as user: Int64 = alice, chat: Int64? = nil, atList: Bool = false) async throws {
        try await browser.open("about:blank")
        let place = atList ? "" : "#chat=\(chat ?? bot.id)"
        try await browser.open("\(base)/?user=\(user)\(place)")
        try await browser.wait(for: "document.querySelector('.app.ready')")
    }

    /// Begins the chat with the bot, as most stories do, and opens it.
    func openStarted(as user: Int64 = alice) async throws {
        try await control("start", ["user": .integer(user), "bot": .integer(bot.id)])
        _ = try await bot.next("message")
        try await open(as: user)
        try await seen("/start")
    }

    /// Sends a text as the bot.
    @discardableResult
    func say(_ text: String, _ more: JSONObject = JSONObject(), to chat: Int64 = alice) async throws -> Int64 {
        var arguments = more
        arguments["chat_id"] = .integer(chat)
        arguments["text"] = .string(text)
        return try await bot.call("sendMessage", .object(arguments))["message_id"]?.integerValue ?? 0
    }

    /// Waits until a message bubble shows this text.
    func seen(_ text: String) async throws {
        let quoted = JSONValue.string(text).description
        try await browser.wait(
            for: "[...document.querySelectorAll('.bubble')].some((each) => each.innerText.includes(\(quoted)))")
    }

    /// Waits until no message bubble shows this text.
    func gone(_ text: String) async throws {
        let quoted = JSONValue.string(text).description
        try await browser.wait(
            for: "![...document.querySelectorAll('.bubble')].some((each) => each.innerText.includes(\(quoted)))")
    }
}
