import BotKit
import Support
import Testing

@testable import quartet

@Suite struct WebhookPathTests {
    @Test(arguments: [
        ("https://example.org", "https://example.org/telegram/gallery", "/telegram/gallery"),
        ("https://example.org:8443/hooks/a1", "https://example.org:8443/hooks/a1", "/hooks/a1"),
    ])
    func `a bot has a path of its own`(_ url: String, _ called: String, _ path: String) {
        let webhook = GalleryPlan.Webhook(url: url, secret: nil)
        #expect(webhook.configuration.url == called)
        #expect(webhook.path == path)
    }

    @Test func `a secret is made up once and has a form that Telegram takes`() {
        let webhook = GalleryPlan.Webhook(url: "https://example.org", secret: nil)
        let secret = webhook.configuration.secret.reveal()
        #expect(secret.utf8.count == 43)
        #expect(secret == webhook.configuration.secret.reveal())
        let own = GalleryPlan.Webhook(url: "https://example.org", secret: Secret("own-secret"))
        #expect(own.configuration.secret.reveal() == "own-secret")
    }
}
