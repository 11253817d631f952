import HTTPClient
import JSON
import SQLiteStorage
import Storage
import Support
import TelegramSimulator
import Testing

/// The owner's page of a running demo in a browser, with Alice, the owner, in the chat.
struct OwnerPageStory: Sendable {
    static let bot: Int64 = 7001
    static let attack = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>"

    let browser: WebDriver
    let alice: SimulatedPerson
    private let database: String

    /// Tells a story; afterwards the page must have had no error and nothing refused by its security policy.
    static func tell(
        width: Int = 1200, height: Int = 860, _ story: (OwnerPageStory) async throws -> Void
    ) async throws {
        try await TemporaryFolder.with { folder in
            try await Quartet.with(["demo", "--port", "0", "--state", "state"], in: folder) { demo in
                let http = HTTPClient()
                let alice = SimulatedPerson(501, at: try await Quartet.address(of: demo), http: http)
                let result: Result<Void, any Error>
                do {
                    let browser = try await WebDriver(width: width, height: height)
                    do {
                        let page = OwnerPageStory(
                            browser: browser, alice: alice, database: folder.file("state/gallery.db"))
                        try await story(page)
                        let errors = try await browser.consoleErrors().filter { !$0.contains("net::ERR_") }
                        #expect(errors.isEmpty)
                        result = .success(())
                    } catch {
                        await browser.stop()
                        throw error
                    }
                    await browser.stop()
                } catch {
                    await http.stop()
                    throw error
                }
                await http.stop()
                try result.get()
            }
        }
    }

    /// The link that the bot gives.
    func link() async throws -> String {
        try await alice.say("/dashboard", to: Self.bot)
        let message = try await alice.next(from: Self.bot)
        let entity = message.view["entities"]?.arrayValue?.first { $0["type"] == "text_link" }
        return try #require(entity?["url"]?.stringValue)
    }

    /// Signs in by a link from the chat and waits until everything is there.
    func signIn() async throws {
        try await browser.open(try await link())
        try await browser.wait(for: "document.querySelector('.app.ready') && document.querySelector('.upstream')")
    }

    /// Votes of the last days, and photos and people with names that would be markup.
    func fillIn() async throws {
        let database = try await SQLiteDatabase.open(path: database)
        let now = SystemTime().now
        do {
            try await database.write { connection in
                for number in 1001...1060 {
                    let gallery = number % 3 == 0 ? Self.attack : "Lake"
                    try connection.execute(
                        """
                        INSERT INTO gallery_photos (number, library, photo_id, file_name, gallery_id, gallery_name)
                        VALUES (\(number), 'stash', \("p\(number)"), 'a.jpg', \(gallery), \(gallery))
                        """)
                    try connection.execute(
                        """
                        INSERT INTO votes (user_id, photo_number, chat_id, value, voted_at)
                        VALUES (501, \(number), 501, \(number % 3 == 0 ? -1 : 1),
                            \(now - .seconds(Int64(number - 1000) * 40_000)))
                        """)
                }
                for id in 1...14 {
                    try connection.execute(
                        """
                        INSERT INTO sent_photos (image_id, sent_at, chat_id, user_id, title, round, source, photo_number)
                        VALUES (\("\(id)"), \(now - .seconds(60)), 501, 501, \(Self.attack), 1, 'schedule', \(1000 + id))
                        """)
                }
                try connection.execute(
                    """
                    INSERT INTO gallery_members (user_id, name, status, since)
                    VALUES (601, \(Self.attack), 'allowed', \(now))
                    """)
            }
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }
}
