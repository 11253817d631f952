import FoundationEssentials
import Support
import Testing

@testable import Configuration

@Suite struct SettingsLoaderTests {
    @Test func `without a file everything is the default`() throws {
        let settings = try load([:])
        #expect(settings[Options.Web.publicPort] == 8000)
        #expect(settings[Options.Gallery.botToken] == nil)
        #expect(settings.origin(of: Options.Web.publicPort) == .fallback)
        #expect(settings.file == nil)
    }

    @Test func `the file, then .env, then the environment`() throws {
        let files = [
            "quartet.yml": "log: {level: debug}\nhttp:\n  public: {port: 1}\n  internal: {port: 2}\n",
            ".env": "HEALTH_CHECK_PORT=22\nLOG_PATH=/tmp/a.log\nLOG_FORMAT=json\n",
        ]
        let settings = try load(files, ["LOG_PATH": "/tmp/b.log", "QUARTET_LOG_FORMAT": "text", "LOG_LEVEL": ""])
        #expect(settings[Options.Log.level] == .debug)
        #expect(settings.origin(of: Options.Log.level) == .file("quartet.yml", line: 1))
        #expect(settings[Options.Web.publicPort] == 1)
        #expect(settings[Options.Web.internalPort] == 22)
        #expect("\(settings.origin(of: Options.Web.internalPort))" == "HEALTH_CHECK_PORT in .env")
        #expect(settings[Options.Log.path] == "/tmp/b.log")
        #expect(settings.origin(of: Options.Log.path) == .environment("LOG_PATH", file: nil))
        #expect(settings[Options.Log.format] == .text)
    }

    @Test func `the Gallery's first configuration works as it is`() throws {
        let config = """
            telegram:
              bot_token: "123456:abcdef"
              allowed_user_ids:
                - 123456789
                - 987654321
              cache_channel_id: -1001234
              webhook: {enabled: true, url: "https://example.org/", port: 8443, listen_address: 0.0.0.0, secret_token: s3cr3t}
            stash:
              api_url: "http://stash:9999"
              api_key: key-of-stash
            scheduler:
              enabled: true
              cron: "0 10 * * *"
              timezone: "Europe/Moscow"
            history:
              avoid_recent_days: 14
            database:
              path: /data/history.db
            """
        let settings = try load(["config.yml": config])
        #expect(settings[Options.Gallery.botToken]?.reveal() == "123456:abcdef")
        #expect(settings[Options.Gallery.allowedUserIDs] == [123_456_789, 987_654_321])
        #expect(settings[Options.Gallery.stashURL] == "http://stash:9999")
        #expect(settings[Options.Gallery.stashKey]?.reveal() == "key-of-stash")
        #expect(settings[Options.Gallery.schedulerEnabled])
        #expect(settings[Options.Gallery.schedule]?.text == "0 10 * * *")
        #expect(settings[Options.Gallery.timeZone].name == "Europe/Moscow")
        #expect(settings[Options.Gallery.avoidRecentDays] == 14)
        #expect(settings[Options.Gallery.databasePath] == "/data/history.db")
        #expect(settings[Options.Gallery.webhookURL] == "https://example.org")
        #expect(settings[Options.Gallery.webhookSecret]?.reveal() == "s3cr3t")
        #expect(settings[Options.Web.publicPort] == 8443)
        #expect(settings[Options.Web.publicHost] == "0.0.0.0")
        #expect(settings.notes.map(\.key) == ["telegram.cache_channel_id"])
    }

    @Test func `the example's placeholder counts as nothing`() throws {
        let file = ["config.yml": "telegram: {bot_token: YOUR_BOT_TOKEN_HERE}\n"]
        #expect(try load(file)[Options.Gallery.botToken] == nil)
        let settings = try load(file, ["TELEGRAM_BOT_TOKEN": "2:bbb"])
        #expect(settings[Options.Gallery.botToken]?.reveal() == "2:bbb")
        #expect(try load([:], ["TELEGRAM_BOT_TOKEN": "YOUR_BOT_TOKEN_HERE"])[Options.Gallery.botToken] == nil)
    }

    @Test func `the seeds' variables win over the file`() throws {
        let settings = try load(
            ["config.yml": "telegram: {bot_token: \"1:aaa\"}\n"],
            ["TELEGRAM_BOT_TOKEN": "2:bbb", "STASH_API_KEY": "k", "TIMEZONE": "Asia/Tokyo", "TZ": "Europe/Berlin"])
        #expect(settings[Options.Gallery.botToken]?.reveal() == "2:bbb")
        #expect(settings[Options.Gallery.stashKey]?.reveal() == "k")
        #expect(settings[Options.Gallery.timeZone].name == "Asia/Tokyo")
    }

    @Test(arguments: [
        ("telegramm: {bot_token: x}", "quartet.yml:1: telegramm: unknown key; did you mean telegram?"),
        (
            "gallery:\n  stash:\n    api_kye: x\n",
            "quartet.yml:3: gallery.stash.api_kye: unknown key; did you mean gallery.stash.api_key?"
        ),
        (
            "scheduler:\n  corn: \"* * * * *\"\n",
            "quartet.yml:2: scheduler.corn: unknown key; did you mean scheduler.cron?"
        ),
        (
            "log:\n  avoid_recent_days: 3\n",
            "quartet.yml:2: log.avoid_recent_days: unknown key; there is gallery.history.avoid_recent_days"
        ),
        ("shutdown: {zzzzzzzz: 1}", "quartet.yml:1: shutdown.zzzzzzzz: unknown key; possible here: limit"),
        (
            "http:\n  public:\n    port: eighty\n",
            "quartet.yml:3: http.public.port: expected a whole number, 0 to 65535, found “eighty”; write for example 8000"
        ),
        (
            "http: {public: {port: 70000}}",
            "quartet.yml:1: http.public.port: expected a whole number, 0 to 65535, found “70000”; write for example 8000"
        ),
        (
            "http: {public: {port: \"80\"}}",
            "quartet.yml:1: http.public.port: expected a whole number, 0 to 65535, found text in quotes; leave the quotes out"
        ),
        (
            "http: {public: {port: [80]}}",
            "quartet.yml:1: http.public.port: expected a whole number, 0 to 65535, found a list; write for example 8000"
        ),
        ("http: {public: 80}", "quartet.yml:1: http.public: is a section; write one of its keys below it: host, port"),
        (
            "scheduler: {enabled: maybe}",
            "quartet.yml:1: scheduler.enabled: expected true or false, found “maybe”; write for example true"
        ),
        (
            "scheduler: {cron: \"0 0 30 2 *\"}",
            "quartet.yml:1: scheduler.cron: No date matches this schedule, so it would never fire."
        ),
        (
            "scheduler: {timezone: Mars/Base}",
            "quartet.yml:1: scheduler.timezone: unknown time zone “Mars/Base”; write a name such as Europe/Berlin or UTC"
        ),
        (
            "log: {level: verbose}",
            "quartet.yml:1: log.level: expected one of debug, info, notice, warning, error, found “verbose”; write for example debug"
        ),
        (
            "telegram: {allowed_user_ids: 5}",
            "quartet.yml:1: telegram.allowed_user_ids: expected a list of Telegram user ids, found “5”; write for example [123456789]"
        ),
        (
            "telegram: {allowed_user_ids: [5, bob]}",
            "quartet.yml:1: telegram.allowed_user_ids: “bob” is no user id; a user id is a number such as 123456789"
        ),
        (
            "history: {avoid_recent_days: 0}",
            "quartet.yml:1: history.avoid_recent_days: expected a whole number, 1 to 36500, found “0”; write for example 30"
        ),
        (
            "stash: {api_url: stash.local}",
            "quartet.yml:1: stash.api_url: expected a web address, found “stash.local”; write for example http://127.0.0.1:9999"
        ),
        (
            "shutdown: {limit: 20}",
            "quartet.yml:1: shutdown.limit: expected a length of time, found “20”; write for example 30s"
        ),
        (
            "shutdown:\n  limit:\n",
            "quartet.yml:2: shutdown.limit: expected a length of time, found nothing; write for example 30s"
        ),
        // A wrong secret is not shown.
        (
            "telegram: {bot_token: my-own-token}",
            "quartet.yml:1: telegram.bot_token: expected a bot token from @BotFather; write for example 123456789:AA…"
        ),
        ("- a\n", "quartet.yml:1: expected keys with values, such as “log:”"),
        (
            "log:\n\tlevel: info\n",
            "quartet.yml:2: found character that cannot start any token; put the value in quotes"
        ),
        (
            "gallery: {stash: {api_key: abcdef}}\nstash: {api_key: abcdef}\n",
            "quartet.yml:2: stash.api_key: means the same as gallery.stash.api_key, which is set at quartet.yml:1; keep one"
        ),
    ])
    func `names the file, the line, the key and what to write`(_ text: String, _ expected: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try load(["quartet.yml": text]) }
        #expect(error.description == expected)
    }

    @Test func `reports all problems at once`() throws {
        let error = try #require(throws: ConfigurationError.self) {
            try load(
                ["quartet.yml": "log: {level: x}\nlgo: 1\nhttp: {public: {port: y}}\n", ".env": "???\n"],
                ["LOG_FORMAT": "xml", "TELEGRAM_BOT_TOKEN": "nonsense-token"])
        }
        #expect(
            error.problems.map(\.place) == [
                .file(".env", line: 1), .file("quartet.yml", line: 1), .file("quartet.yml", line: 2),
                .file("quartet.yml", line: 3), .environment("LOG_FORMAT"), .environment("TELEGRAM_BOT_TOKEN"),
            ])
        #expect(!error.description.contains("nonsense-token"))
        #expect(
            error.description.contains(
                "environment variable LOG_FORMAT: log.format: expected one of auto, text, json, found “xml”"))
    }

    @Test func `finds the file in the documented order`() throws {
        let files = [
            "quartet.yml": "log: {level: debug}", "config.yml": "log: {level: error}", "my.yml": "log: {level: notice}",
        ]
        #expect(try load(files)[Options.Log.level] == .debug)
        #expect(try load(files.filter { $0.key != "quartet.yml" })[Options.Log.level] == .error)
        #expect(try load(files, ["CONFIG_PATH": "config.yml"])[Options.Log.level] == .error)
        #expect(try load(files, ["CONFIG_PATH": "config.yml"], path: "my.yml")[Options.Log.level] == .notice)
    }

    @Test func `a file that was asked for has to be there`() throws {
        for (variables, path) in [([:], "no.yml"), (["CONFIG_PATH": "no.yml"], nil)] as [([String: String], String?)] {
            let error = try #require(throws: ConfigurationError.self) { try load([:], variables, path: path) }
            #expect(error.description == "no.yml: cannot be read: No such file or directory")
        }
    }

    @Test func `an unknown variable of ours is a note`() throws {
        let settings = try load([:], ["QUARTET_LOG_LEVLE": "debug", "UNRELATED": "1"])
        #expect(
            settings.notes.map(\.description) == [
                "environment variable QUARTET_LOG_LEVLE: no option has this variable; did you mean QUARTET_LOG_LEVEL?"
            ])
    }

    @Test func `secrets are hidden in the overview`() throws {
        let settings = try load([:], ["TELEGRAM_BOT_TOKEN": "2:bbbbbb", "TELEGRAM_PROXY": "http://u:p@h"])
        #expect(settings.text(of: Options.Gallery.botToken) == "***")
        #expect(settings.text(of: Options.Gallery.stashKey) == "not set")
        #expect(settings.text(of: Options.Telegram.proxy) == "***")
        #expect(settings.text(of: Options.Web.publicPort) == "8000")
    }

    @Test func `a missing value says how to give it`() throws {
        #expect(
            try load(["quartet.yml": ""]).missing(Options.Gallery.botToken).description
                == "quartet.yml: gallery.telegram.bot_token: not set; write it in quartet.yml or set TELEGRAM_BOT_TOKEN"
        )
    }

    /// Loads from a folder with the given files.
    private func load(
        _ files: [String: String], _ variables: [String: String] = [:], path: String? = nil
    ) throws -> Settings {
        let folder = FileManager.default.temporaryDirectory.appending(path: "quartet-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            do { try FileManager.default.removeItem(at: folder) } catch { Issue.record(error) }
        }
        for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
        return try SettingsLoader(directory: folder.path, environment: Environment(variables)).load(path: path)
    }
}
