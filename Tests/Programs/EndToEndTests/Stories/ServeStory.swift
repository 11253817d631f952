// Three processes: a simulated Telegram, a simulated Stash, and the bots between them.
//
//   Alice   /start                    Борис   /start
//   Gallery Hello, Alice! …           Gallery Здравствуйте, Борис! …
//   Alice   /random                   Борис   💕 Случайное
//   Gallery [photo]                   Gallery [фото]
//   Alice   /stats                    Борис   /stats
//   Gallery 📊 Photos sent            Gallery 📊 Отправлено фото
//           to everybody: 2                   всего: 2
//   operator  GET /health   → 200 healthy
//   operator  GET /ready    → 200 database, telegram, stash
//             Stash goes down
//   operator  GET /ready    → 503 not ready: stash
//   Alice   /random
//   Gallery The photo library does not answer. …
//             Stash comes back
//   operator  GET /ready    → 200
//   Alice   /random
//   Gallery [photo]

import HTTP
import HTTPClient
import JSON
import Support
import TelegramSimulator
import Testing

@Suite(.serialized, .timeLimit(.minutes(3))) struct ServeStory {
    enum Setting: String, CaseIterable, Sendable {
        case quartetFile = "quartet.yml"
        case seedFile = "config.yml and the environment"
    }

    @Test(arguments: Setting.allCases)
    func `a bot between two simulators answers, tells how it is, and outlives a Stash that goes away`(
        _ setting: Setting
    ) async throws {
        try await TemporaryFolder.with { folder in
            let photos = try Pictures.write(8, to: folder, under: "photos")
            try await Quartet.with(["simulate", "telegram", "--port", "0"], in: folder) { telegram in
                let stash = ["simulate", "stash", "--photos", photos, "--api-key", Scene.stashKey]
                try await Quartet.with(stash + ["--port", "0"], in: folder) { library in
                    let stashURL = try await Quartet.address(of: library)
                    let telegramURL = try await Quartet.address(of: telegram)
                    try await Scene.with(folder, telegram: telegramURL, stash: stashURL) { scene in
                        let environment = try configure(setting, scene)
                        try await scene.serving(environment: environment) { served in
                            try await served.ready()
                            try await talk(scene)
                            try await look(at: served)
                            await library.stop()
                            try await lookWithoutStash(at: served, scene)
                            let port = stashURL.split(separator: ":").last.map(String.init) ?? ""
                            try await Quartet.with(stash + ["--port", port], in: folder) { library in
                                _ = try await Quartet.address(of: library)
                                try await lookAgain(at: served, scene)
                            }
                            #expect(try await served.terminate() == .code(0))
                        }
                    }
                }
            }
        }
    }

    /// The same wishes in both forms; the second is the seed's own.
    private func configure(_ setting: Setting, _ scene: Scene) throws -> [String: String] {
        switch setting {
        case .quartetFile:
            try scene.folder.write(scene.configuration(), to: "quartet.yml")
            return [:]
        case .seedFile:
            try scene.folder.write(
                """
                telegram:
                  bot_token: "YOUR_BOT_TOKEN_HERE"
                  allowed_user_ids:
                    - 501
                    - 502
                stash:
                  api_url: "\(scene.stash)"
                  api_key: "the environment wins"
                scheduler:
                  enabled: true
                  cron: "0 10 1 1 *"
                  timezone: "Europe/Moscow"
                history:
                  avoid_recent_days: 30
                database:
                  path: "\(scene.databasePath)"
                cache:
                  min_cache_size: 200
                http:
                  public:
                    port: 0
                """, to: "config.yml")
            return [
                "TELEGRAM_BOT_TOKEN": Scene.token, "STASH_API_KEY": Scene.stashKey,
                "TELEGRAM_API_URL": scene.telegram, "HEALTH_CHECK_PORT": "0", "TZ": "Europe/Moscow",
            ]
        }
    }

    private func talk(_ scene: Scene) async throws {
        let (alice, boris) = (scene.person(), scene.person(Scene.boris))
        try await alice.say("/start", to: Scene.bot)
        #expect(try await alice.next(from: Scene.bot).text.hasPrefix("Hello, Alice!"))
        try await boris.say("/start", to: Scene.bot)
        #expect(try await boris.next(from: Scene.bot).text.hasPrefix("Здравствуйте, Борис!"))

        try await alice.say("/random", to: Scene.bot)
        let photo = try await alice.next(from: Scene.bot)
        #expect(photo.media == "photo")
        let bytes = try await alice.download(try #require(photo.file))
        #expect(bytes.starts(with: [0xFF, 0xD8]), "it is a JPEG")
        try await boris.say("💕 Случайное", to: Scene.bot)
        #expect(try await boris.next(from: Scene.bot).media == "photo")

        // A photo is noted after it is sent, and what the same person asks for next waits for that: her next answer, and
        // his figures.
        try await alice.say("/help", to: Scene.bot)
        _ = try await alice.next(from: Scene.bot)
        try await boris.say("/stats", to: Scene.bot)
        #expect(try await boris.next(from: Scene.bot).text.contains("всего: 2\nвам: 1\nещё не показано: 7 из 8"))
        try await alice.say("/stats", to: Scene.bot)
        let figures = try await alice.next(from: Scene.bot).text
        #expect(figures.contains("to everybody: 2\nto you: 1\nstill unseen: 7 of 8"))
    }

    private func look(at served: Served) async throws {
        let health = try await served.get("/health")
        #expect(health.status == .ok)
        #expect(try JSONValue(parsing: health.body)["status"] == "healthy")

        let checks = try await served.readiness(true)["checks"]
        #expect(checks?["database"]?["ok"] == true)
        #expect(checks?["telegram"]?["detail"]?.stringValue?.contains("last completed poll") == true)
        #expect(checks?["stash"]?["detail"]?.stringValue?.hasPrefix("8 pictures") == true)

        let metrics = try await served.get("/metrics")
        #expect(metrics.fields["Content-Type"]?.hasPrefix("text/plain; version=0.0.4") == true)
        let lines = metrics.text.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("# TYPE ") })
        #expect(lines.contains { $0.contains("telegram") }, "the numbers of calls are there")
    }

    private func lookWithoutStash(at served: Served, _ scene: Scene) async throws {
        let checks = try await served.readiness(false)["checks"]
        #expect(checks?["stash"]?["ok"] == false)
        #expect(checks?["stash"]?["detail"]?.stringValue?.isEmpty == false)
        #expect(checks?["database"]?["ok"] == true)
        #expect(checks?["telegram"]?["ok"] == true)
        #expect(try await served.get("/health").status == .ok)
        let alice = scene.person()
        // One photo may have been made ready before Stash went.
        var answer = ""
        for _ in 0..<2 where !answer.hasPrefix("The photo library") {
            try await alice.say("/random", to: Scene.bot)
            answer = try await alice.next(from: Scene.bot).text
        }
        #expect(answer.hasPrefix("The photo library does not answer."))
    }

    private func lookAgain(at served: Served, _ scene: Scene) async throws {
        #expect(try await served.readiness(true)["status"] == "ready")
        let alice = scene.person()
        try await alice.say("/random", to: Scene.bot)
        #expect(try await alice.next(from: Scene.bot).media == "photo")
    }
}
