import Configuration
import Support
import Testing

@testable import quartet

@Suite struct GalleryPlanTests {
    private static let complete = [
        "TELEGRAM_BOT_TOKEN": "123:abcdef", "QUARTET_GALLERY_TELEGRAM_ALLOWED_USER_IDS": "1,2",
        "STASH_API_URL": "http://stash:9999",
    ]

    @Test func `complete settings make a plan`() throws {
        let plan = try plan(
            Self.complete.merging([
                "QUARTET_GALLERY_SCHEDULER_ENABLED": "true", "QUARTET_GALLERY_SCHEDULER_CRON": "@daily",
            ]) { $1 })
        #expect(plan.users == [1, 2])
        #expect(plan.schedule?.cron.text == "@daily")
        #expect(plan.webhook == nil)
    }

    @Test func `everything that is missing is said at once`() throws {
        let error = try #require(throws: ConfigurationError.self) {
            try plan(["QUARTET_GALLERY_SCHEDULER_ENABLED": "true"])
        }
        #expect(
            error.problems.map(\.key) == [
                "gallery.telegram.bot_token", "gallery.telegram.allowed_user_ids", "gallery.stash.api_url",
                "gallery.scheduler.cron",
            ])
    }

    @Test(arguments: [
        (["PHOTOS": "/pictures"], "gallery.folder.path"),
        (["IMMICH_URL": "http://immich:2283", "IMMICH_API_KEY": "secret"], "gallery.immich.url"),
        (["DATABASE_URL": "postgres://u:p@h/d"], "database.url"),
        (["QUARTET_GALLERY_TELEGRAM_WEBHOOK_ENABLED": "true"], "gallery.telegram.webhook.url"),
        (
            [
                "QUARTET_GALLERY_TELEGRAM_WEBHOOK_ENABLED": "true",
                "QUARTET_GALLERY_TELEGRAM_WEBHOOK_URL": "http://x.org",
            ],
            "gallery.telegram.webhook.url"
        ),
    ])
    func `contradictions are refused`(_ more: [String: String], _ key: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try plan(Self.complete.merging(more) { $1 }) }
        #expect(error.problems.map(\.key) == [key])
        #expect(!error.description.contains("u:p@"))
    }

    @Test(arguments: [
        (
            [:],
            "gallery.stash.api_url: photos come from nowhere; set one of gallery.stash.api_url, gallery.immich.url, gallery.folder.path"
        ),
        (
            ["IMMICH_URL": "http://immich:2283"],
            "gallery.immich.url: Immich gives nothing without a key; set gallery.immich.api_key or IMMICH_API_KEY"
        ),
        (
            ["IMMICH_URL": "http://immich:2283", "IMMICH_API_KEY": "secret", "PHOTOS": "/p", "STASH_URL": "http://s"],
            """
            gallery.folder.path: photos come from gallery.stash.api_url and from gallery.immich.url and from \
            gallery.folder.path; keep one of them
            """
        ),
    ])
    func `photos come from exactly one place`(_ variables: [String: String], _ expected: String) throws {
        let people = Self.complete.filter { $0.key != "STASH_API_URL" }
        let error = try #require(throws: ConfigurationError.self) { try plan(people.merging(variables) { $1 }) }
        #expect(error.problems.map { "\($0.key ?? ""): \($0.message)" } == [expected])
    }

    @Test func `Immich with its key is a source`() throws {
        let people = Self.complete.filter { $0.key != "STASH_API_URL" }
        let made = try plan(people.merging(["IMMICH_URL": "http://immich:2283", "IMMICH_API_KEY": "secret"]) { $1 })
        guard case .immich("http://immich:2283", let key) = made.source else { throw Unexpected() }
        #expect(key.reveal() == "secret")
    }

    private struct Unexpected: Error {}

    private func plan(_ variables: [String: String]) throws -> GalleryPlan {
        // A folder without files, so that the machine's own configuration does not matter.
        let settings = try SettingsLoader(directory: "/nonexistent", environment: Environment(variables)).load()
        return try GalleryPlan(settings)
    }
}
