import HTTP
import HTTPServer
import Images
import JSON
import SQLiteStorage
import Storage
import Support
import TelegramAPI
import TelegramSimulator
import Testing

@testable import GalleryBot

@Suite(.timeLimit(.minutes(2))) struct OverviewTests {
    /// Noon of a day in Berlin.
    private static let now = Timestamp(seconds: 1_800_010_800)

    @Test func `an empty bot has figures of zero and lists without entries`() async throws {
        try await GalleryScene.play { scene async throws in
            let overview = try await scene.signedIn().json("overview")
            #expect(overview["figures"]?["all"] == 0)
            #expect(overview["recent"] == [])
            #expect(overview["galleries"] == ["liked": [], "disliked": []])
            #expect(overview["rounds"] == [])
            #expect(overview["schedules"] == [])
            #expect(overview["votes"]?["days"]?.arrayValue?.count == 30)
            #expect(overview["people"]?.arrayValue?.map { $0["status"] } == ["owner", "configured"])
            for (_, part) in overview.objectValue?.map({ ($0.key, $0.value) }) ?? [] { #expect(!part.isNull) }
        }
    }

    @Test func `what was sent and voted is counted by the days of the browser's zone`() async throws {
        try await GalleryScene.play(time: ManualTime(now: Self.now)) { scene async throws in
            try await Self.fill(scene)
            let browser = try await scene.signedIn()
            let berlin = try await browser.json("overview?zone=Europe/Berlin")
            #expect(berlin["zone"] == "Europe/Berlin")
            #expect(berlin["figures"]?["today"] == 2)
            #expect(berlin["figures"]?["week"] == 3)
            #expect(berlin["figures"]?["all"] == 4)
            #expect(berlin["figures"]?["chats"] == 2)
            // 23:30 UTC of yesterday is today in Berlin, and yesterday in UTC.
            #expect(try await browser.json("overview?zone=UTC")["figures"]?["today"] == 1)
            #expect(try await browser.json("overview?zone=../../etc/passwd")["zone"] == "UTC")
            let days = try #require(berlin["votes"]?["days"]?.arrayValue)
            #expect(days.last == [2, 1])
            #expect(days[days.count - 2] == [0, 0])
            let year = try await browser.json("overview?days=365&zone=Europe/Berlin")["votes"]?["days"]?.arrayValue
            #expect(year?.count == 365)
            #expect(year?.reduce(0) { $0 + ($1[0]?.integerValue ?? 0) } == 3)
            #expect(try await browser.get("overview?days=31").status == .badRequest)
        }
    }

    @Test func `galleries are ordered by what people think of them`() async throws {
        try await GalleryScene.play(time: ManualTime(now: Self.now)) { scene async throws in
            try await Self.fill(scene)
            let galleries = try await scene.signedIn().json("overview")["galleries"]
            #expect(galleries?["liked"] == [["name": "Lake", "up": 2, "down": 0]])
            #expect(galleries?["disliked"] == [])
        }
    }

    @Test func `recent photos come with names, votes and a small picture, and nothing else of the library`()
        async throws
    {
        try await GalleryScene.play(time: ManualTime(now: Self.now)) { scene async throws in
            try await Self.fill(scene)
            let browser = try await scene.signedIn()
            let overview = try await browser.json("overview")
            let recent = try #require(overview["recent"]?.arrayValue)
            #expect(recent.count == 4)
            #expect(recent[0]["title"] == "<script>alert(1)</script>")
            #expect(recent[0]["gallery"] == "Lake")
            #expect(recent[0]["up"] == 2)
            #expect(recent[0]["source"] == "schedule")
            let picture = try await browser.get("thumbnails/\(recent[0]["id"]?.integerValue ?? 0)")
            #expect(picture.fields["Content-Type"] == "image/jpeg")
            #expect(picture.fields["Cache-Control"] == "no-store")
            let facts = try #require(ImageFacts(reading: WebBrowser.bytes(of: picture)))
            #expect(max(facts.width, facts.height) == 320)
            // A photo of the library that was never sent has no number here, and other numbers find nothing.
            for number in ["0", "-1", "999999", "1%20OR%201=1"] {
                #expect(
                    [404, 400].contains(try await browser.get("thumbnails/\(number)").status.rawValue), "\(number)")
            }
            #expect(!overview.description.contains("image_id") && !overview.description.contains("right-key"))
        }
    }

    @Test func `a picture that cannot be had is told so, and asked for once`() async throws {
        try await GalleryScene.play(time: ManualTime(now: Self.now)) { scene async throws in
            try await scene.database.write { connection in
                try SentPhotos().add(
                    .init(imageID: "9999", chatID: 501, userID: 501, title: "Gone", round: 1, sentAt: Self.now),
                    in: connection)
            }
            let browser = try await scene.signedIn()
            #expect(try await browser.get("thumbnails/1").status == .notFound)
            #expect(try await browser.get("thumbnails/1").status == .notFound)
        }
    }

    @Test func `a chat's schedules are paused and go on, as by its own commands`() async throws {
        let settings = GallerySettings(allowedUsers: [501], schedule: .init(cron: "0 10 * * *", zone: "Europe/Moscow"))
        try await GalleryScene.play(settings: settings, time: ManualTime(now: Self.now)) { scene async throws in
            let browser = try await scene.signedIn()
            let before = try #require(try await browser.json("overview")["schedules"]?[0])
            #expect(before["paused"] == false)
            #expect(before["schedules"]?[0]?["next"]?.arrayValue?.count == 3)
            #expect(try await browser.post("chats/501/pause").status == .noContent)
            #expect(try await browser.json("overview")["schedules"]?[0]?["paused"] == true)
            let stored = try await scene.database.read { try ChatSettingsStore().settings(of: 501, in: $0) }
            #expect(stored.pausedUntil == ChatSettings.untilResumed)
            #expect(try await browser.post("chats/501/resume").status == .noContent)
            #expect(try await browser.json("overview")["schedules"]?[0]?["paused"] == false)
            #expect(try await browser.post("chats/nobody/pause").status == .badRequest)
        }
    }

    @Test func `health comes with the library's size and the last trouble`() async throws {
        try await GalleryScene.play { scene async throws in
            let health = [
                UpstreamHealth(
                    name: "stash", isHealthy: false, detail: "down", latency: .milliseconds(12), checkedAt: Self.now,
                    lastFault: .init(at: Self.now, text: "down"))
            ]
            let answer = try await scene.signedIn(health: health).json("health")
            #expect(answer["library"]?.integerValue ?? 0 > 0)
            #expect(answer["upstreams"]?[0]?["ok"] == false)
            #expect(answer["upstreams"]?[0]?["milliseconds"]?.doubleValue == 12)
            #expect(answer["upstreams"]?[0]?["fault"]?["text"] == "down")
        }
    }

    /// Four photos, one of them half an hour before midnight UTC, and four votes.
    private static func fill(_ scene: GalleryScene) async throws {
        let times: [(Timestamp, Int64)] = [
            (now - .seconds(100 * 86_400), 501), (now - .seconds(3 * 86_400), 502), (now - .seconds(41_400), 501),
            (now - .seconds(60), 501),
        ]
        try await scene.database.write { connection in
            for (number, name) in [(1, "Lake"), (2, "Lake"), (3, "Roofs")] {
                try connection.execute(
                    """
                    INSERT INTO gallery_photos (number, library, photo_id, file_name, gallery_id, gallery_name)
                    VALUES (\(number), 'stash', \("\(number)"), 'a.jpg', \(name), \(name))
                    """)
            }
            for (index, (time, chat)) in times.enumerated() {
                try SentPhotos().add(
                    .init(
                        imageID: "\(index % 3 + 1)", chatID: chat, userID: chat, title: "<script>alert(1)</script>",
                        round: 1, sentAt: time, messageID: index, source: .schedule, photoNumber: Int64(index % 3 + 1)),
                    in: connection)
            }
            for (user, photo, value, age) in [
                (501, 1, 1, 60), (502, 1, 1, 41_400), (501, 3, -1, 60), (502, 3, 1, 200 * 86_400),
            ] {
                try connection.execute(
                    """
                    INSERT INTO votes (user_id, photo_number, chat_id, value, voted_at)
                    VALUES (\(user), \(photo), \(user), \(value), \(now - .seconds(Int64(age))))
                    """)
            }
        }
    }
}
