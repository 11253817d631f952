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

    private func plan(_ variables: [String: String]) throws -> GalleryPlan {
        // A folder without files, so that the machine's own configuration does not matter.
        let settings = try SettingsLoader(directory: "/nonexistent", environment: Environment(variables)).load()
        return try GalleryPlan(settings)
    }
}
