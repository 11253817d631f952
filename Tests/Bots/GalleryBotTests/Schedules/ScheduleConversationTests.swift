import JSON
import SQLiteStorage
import Storage
import Support
import TelegramAPI
import TelegramSimulator
import Testing

@testable import GalleryBot

/// What people say about schedules and settings, and what they are told.
@Suite(.timeLimit(.minutes(2)), .serialized) struct ScheduleConversationTests {
    private let bot = GalleryScene.botID
    /// 2026-03-02, a Monday, 08:30 in Berlin and 10:30 in Moscow.
    private let monday = Timestamp(seconds: 1_772_436_600)
    private let settings = GallerySettings(allowedUsers: [501, 502], zone: "Europe/Berlin")

    private func say(_ text: String, _ person: SimulatedPerson) async throws -> SimulatedMessage {
        try await person.say(text, to: bot)
        return try await person.next(from: bot)
    }

    private func play(
        _ settings: GallerySettings? = nil, _ body: (GalleryScene) async throws -> Void
    ) async throws {
        try await GalleryScene.play(settings: settings ?? self.settings, time: ManualTime(now: monday), body)
    }

    // MARK: /every

    @Test func `somebody new makes a schedule without writing a word`() async throws {
        try await play { scene in
            let help = try await say("/every", scene.alice)
            #expect(help.text.contains("/every day 10:00"))
            #expect(
                help.buttons == [
                    ["Every day at 9:00"], ["Every day at 20:00"], ["On weekdays at 8:00"], ["On weekends at 11:00"],
                    ["Every 3 hours from 9:00 to 21:00"], ["⏰ All schedules"],
                ])
            try await scene.alice.press("On weekdays at 8:00", on: help, in: bot)
            #expect(
                try await scene.alice.next(from: bot).text == """
                    ✅ Done: on weekdays at 8:00
                    🌍 Europe/Berlin (UTC+1)

                    Next:
                    • Tue 3 Mar, 8:00
                    • Wed 4 Mar, 8:00
                    • Thu 5 Mar, 8:00

                    /schedule – change or delete
                    """)
            let names = try await scene.schedules()
            #expect(names == ["gallery.chat.1"])
        }
    }

    @Test func `the same in Russian`() async throws {
        try await play { scene in
            let help = try await say("/every", scene.boris)
            #expect(
                help.text == """
                    ⏰ Фото по расписанию
                    Нажмите кнопку или напишите, когда присылать:

                    /every день 10:00
                    /every будни 8:00 20:00
                    /every по понедельникам в 9:30
                    /every 3 часа с 9 до 21
                    /every 0 10 * * * – для тех, кто знает cron

                    Можно добавить: x3 – три фото сразу, тихо – без звука, и какие фото нужны: избранное, тег:пляж, \
                    рейтинг>=80, вертикальные.
                    Например: /every пятница 18:00 x3 избранное
                    """)
            try await scene.boris.press("Каждый день в 20:00", on: help, in: bot)
            #expect(
                try await scene.boris.next(from: bot).text == """
                    ✅ Готово: каждый день в 20:00
                    🌍 Europe/Berlin (UTC+1)

                    Ближайшие:
                    • пн 2 марта, 20:00
                    • вт 3 марта, 20:00
                    • ср 4 марта, 20:00

                    /schedule – изменить или удалить
                    """)
        }
    }

    @Test func `times, number, photos and silence go together`() async throws {
        try await play { scene in
            let made = try await say("/every friday 18:00 x3 rating>=1 silent", scene.alice)
            #expect(made.text.hasPrefix("✅ Done: on Fridays at 18:00 · 3 photos · rating from 1 · without sound\n"))
            let russian = try await say("/every по пятницам в 18:00 x3 рейтинг>=1 тихо", scene.boris)
            #expect(russian.text.hasPrefix("✅ Готово: по пятницам в 18:00 · 3 фото · "))
            #expect(russian.text.contains(" · без звука\n"))
        }
    }

    @Test func `a filter that no photo passes is told at once, and stays`() async throws {
        try await play { scene in
            let made = try await say("/every day 10:00 tag:unicorns", scene.alice)
            #expect(made.text.contains("⚠️ No photo of the library fits at present."))
            let names = try await scene.schedules()
            #expect(names.count == 1)
        }
    }

    @Test(
        arguments: [
            (
                "/every day 10:00 whenever",
                "I do not understand “whenever”:\n/every day 10:00 👉whenever\n\nFor example: /every day 10:00"
            ),
            ("/every day 25:00", "“25:00” is no time of day:\n/every day 👉25:00\n\nFor example: /every day 10:00"),
            ("/every day 10:00 rating>=500", nil), ("/every 0 9 30 2 *", nil),
            (
                "/every 7 hours",
                "7 hours does not go evenly into a day. Near it: every 6 hours or every 8 hours. With a start and an end any length works: /every 7 hours from 9 to 21"
            ),
        ] as [(String, String?)])
    func `what is not understood is told with its place and an example`(text: String, answer: String?) async throws {
        try await play { scene in
            let told = try await say(text, scene.alice).text
            if let answer { #expect(told == answer) }
            #expect(told.contains("For example:") || answer != nil)
            let names = try await scene.schedules()
            #expect(names == [])
        }
    }

    @Test func `what is not understood is told in Russian, too`() async throws {
        try await play { scene in
            let time = try await say("/every каждый день в 25:00", scene.boris)
            #expect(
                time.text
                    == "«25:00» – такого времени нет:\n/every каждый день в 👉25:00\n\nНапример: /every день 10:00")
            let cron = try await say("/every 0 10 L * *", scene.boris)
            #expect(
                cron.text
                    == "«L» в поле «день»: знаки L, W, # и ? не поддерживаются.\n\nНапример: /every 0 10 * * mon-fri")
        }
    }

    @Test func `where only the time is missing, there are times to press`() async throws {
        try await play { scene in
            let question = try await say("/every по будням", scene.boris)
            #expect(question.text == "В какое время? Например: /every будни 10:00")
            try await scene.boris.press("В 18:00", on: question, in: bot)
            #expect(try await scene.boris.next(from: bot).text.hasPrefix("✅ Готово: по будням в 18:00\n"))
        }
    }

    @Test func `the same schedule twice is told, and ten are enough`() async throws {
        try await play { scene in
            _ = try await say("/every day 10:00", scene.alice)
            #expect(
                try await say("/every 10:00 every day", scene.alice).text
                    == "You have that already: every day at 10:00\n\n/schedule – all of them")
            for hour in 11...19 { _ = try await say("/every day \(hour):00", scene.alice) }
            #expect(
                try await say("/every day 20:00", scene.alice).text.hasPrefix("There are 10 schedules in this chat"))
            // Somebody else's chat has its own ten.
            #expect(try await say("/every день 10:00", scene.boris).text.hasPrefix("✅"))
        }
    }

    // MARK: /schedule

    @Test func `a schedule is paused, made silent, and deleted after a question`() async throws {
        try await play { scene in
            _ = try await say("/every day 9:00 21:30", scene.alice)
            let list = try await say("/schedule", scene.alice)
            #expect(
                list.text == """
                    ⏰ Schedules
                    🌍 Europe/Berlin (UTC+1)

                    1. every day at 9:00 and 21:30
                    next: Mon 2 Mar, 9:00 · Mon 2 Mar, 21:30 · Tue 3 Mar, 9:00
                    """)
            #expect(
                list.buttons == [
                    ["1. every day at 9:00 and 21:30"], ["➕ Add"], ["⏸ Pause all", "⚙️ Settings"],
                ])
            try await scene.alice.press("1. every day at 9:00 and 21:30", on: list, in: bot)
            var page = try await scene.alice.nextEdit(in: bot)
            #expect(
                page.buttons == [
                    ["⏸ Pause", "🔕 Without sound"], ["📸 Send one now", "🗑 Delete"], ["‹ Back"],
                ])
            try await scene.alice.press("⏸ Pause", on: page, in: bot)
            page = try await scene.alice.nextEdit(in: bot)
            #expect(page.text.hasSuffix("\n\n⏸ paused"))
            try await scene.alice.press("🔕 Without sound", on: page, in: bot)
            page = try await scene.alice.nextEdit(in: bot)
            #expect(page.text.contains("every day at 9:00 and 21:30 · without sound"))
            #expect(page.buttons[0] == ["▶️ Resume", "🔔 With sound"])
            try await scene.alice.press("🗑 Delete", on: page, in: bot)
            page = try await scene.alice.nextEdit(in: bot)
            #expect(page.text == "🗑 Delete this schedule?\n\nevery day at 9:00 and 21:30 · without sound")
            let before = try await scene.schedules()
            #expect(before == ["gallery.chat.1"])
            let answer = try await scene.alice.press("🗑 Yes, delete", on: page, in: bot)
            #expect(answer.text == "Deleted.")
            page = try await scene.alice.nextEdit(in: bot)
            #expect(page.text == "⏰ No photos come by themselves yet. Press ➕ or write, for example: /every day 10:00")
            let after = try await scene.schedules()
            #expect(after == [])
        }
    }

    @Test func `nobody changes a schedule of another chat by its number`() async throws {
        try await play { scene in
            _ = try await say("/every day 9:00", scene.alice)
            _ = try await say("/every день 9:00", scene.boris)
            // Boris's list is made before Alice's schedule gets into his hands: its number is 1, his is 2.
            let list = try await say("/schedule", scene.boris)
            try await scene.database.execute("UPDATE gallery_schedules SET id = 3 WHERE id = 2")
            let answer = try await scene.boris.press("1. каждый день в 9:00", on: list, in: bot)
            #expect(answer.text == "Этого расписания больше нет.")
            #expect(answer.isAlert)
        }
    }

    @Test func `the owner's schedule can be paused for a chat, and stays`() async throws {
        let settings = GallerySettings(
            allowedUsers: [501], schedule: .init(cron: "0 9 * * 1-5", zone: "Europe/Berlin"))
        try await play(settings) { scene in
            let list = try await say("/schedule", scene.alice)
            #expect(
                list.text == """
                    ⏰ Schedules
                    🌍 Europe/Berlin (UTC+1)

                    1. the owner’s schedule: 0 9 * * 1-5 (Europe/Berlin)
                    next: Mon 2 Mar, 9:00 · Tue 3 Mar, 9:00 · Wed 4 Mar, 9:00
                    """)
            try await scene.alice.press("1. 0 9 * * 1-5", on: list, in: bot)
            var page = try await scene.alice.nextEdit(in: bot)
            #expect(page.buttons == [["⏸ Pause", "📸 Send one now"], ["‹ Back"]])
            try await scene.alice.press("⏸ Pause", on: page, in: bot)
            page = try await scene.alice.nextEdit(in: bot)
            #expect(page.text.hasSuffix("⏸ paused"))
            let names = try await scene.schedules()
            #expect(names == ["gallery.configured.501"])
            try await scene.alice.press("▶️ Resume", on: page, in: bot)
            #expect(try await scene.alice.nextEdit(in: bot).text.contains("• Mon 2 Mar, 9:00"))
        }
    }

    @Test func `a photo comes at once where it is asked for`() async throws {
        try await play { scene in
            _ = try await say("/pause", scene.alice)
            let made = try await say("/every day 10:00", scene.alice)
            #expect(made.text.contains("⏸ All paused until you send /resume."))
            let answer = try await scene.alice.press("📸 Send one now", on: made, in: bot)
            #expect(answer.text == "It is on its way.")
            #expect(try await scene.alice.next(from: bot).media != nil)
        }
    }

    // MARK: /pause, /quiet, /timezone

    @Test func `a pause is told with its end, and ended`() async throws {
        try await play { scene in
            let paused = try await say("/pause until 18:00", scene.alice)
            #expect(
                paused.text
                    == "⏸ No photos by schedule until Mon 2 Mar, 18:00. What would have come until then does not come later.\n\n/resume – go on at once"
            )
            #expect(try await say("/resume", scene.alice).text == "▶️ Photos come by schedule again.")
            #expect(try await say("/resume", scene.alice).text == "Nothing is paused: photos come by schedule.")
            #expect(
                try await say("/pause до утра", scene.boris).text.hasPrefix(
                    "⏸ Фото по расписанию не придут до вт 3 марта, 8:00."))
            #expect(try await say("/pause навсегда", scene.boris).text.hasPrefix("Не понимаю «навсегда»."))
        }
    }

    @Test func `quiet hours are set, told and ended`() async throws {
        try await play { scene in
            let set = try await say("/quiet 23:00-8:00", scene.alice)
            #expect(
                set.text == """
                    🌙 Quiet hours: 23:00–8:00, Europe/Berlin (UTC+1).
                    What is due then comes at 8:00, one photo of each schedule.

                    /quiet off – no quiet hours
                    """)
            let made = try await say("/every day 2:00", scene.alice)
            #expect(made.text.contains("🌙 Quiet from 23:00 to 8:00: what is due then comes at 8:00."))
            let off = try await say("/quiet off", scene.alice)
            #expect(off.text == "🌙 No quiet hours: photos come whenever they are due.")
            let wrong = try await say("/quiet когда-нибудь", scene.boris)
            #expect(wrong.text == "Напишите, пожалуйста, так: /quiet 23:00-8:00 или /quiet off")
        }
    }

    @Test func `a chat's clock is chosen by city, by button and by the time it shows`() async throws {
        try await play { scene in
            _ = try await say("/every день 12:00", scene.boris)
            #expect(
                try await say("/timezone Москва", scene.boris).text
                    == "🌍 Europe/Moscow (UTC+3), сейчас там 10:30. По этим часам идут расписания и тихие часы.")
            #expect(try await say("/schedule", scene.boris).text.contains("ближайшие: пн 2 марта, 12:00"))
            let zone: String? = try await scene.database.read {
                try $0.value("SELECT zone FROM schedules WHERE name = 'gallery.chat.1'")
            }
            #expect(zone == "Europe/Moscow")
            let choice = try await say("/timezone 8:31", scene.boris)
            #expect(choice.text == "🌍 Какой именно?")
            try await scene.boris.press("Париж", on: choice, in: bot)
            #expect(try await scene.boris.nextEdit(in: bot).text.hasPrefix("🌍 Europe/Paris (UTC+1), сейчас там 8:30."))
            let unknown = try await say("/timezone Atlantis", scene.alice)
            #expect(unknown.text.hasPrefix("I do not know “Atlantis”."))
            try await scene.alice.press("Tokyo", on: unknown, in: bot)
            #expect(try await scene.alice.nextEdit(in: bot).text.hasPrefix("🌍 Asia/Tokyo (UTC+9), where it is 16:30."))
        }
    }

    // MARK: /settings

    @Test func `everything stands in one message, which is edited in place`() async throws {
        try await play { scene in
            var page = try await say("/settings", scene.alice)
            #expect(
                page.text == """
                    ⚙️ Settings

                    🌍 Time zone: Europe/Berlin (UTC+1)
                    🌙 Quiet hours: none
                    ⏰ Schedules: active
                    🔔 Photos by schedule: with sound
                    🙈 Covered photos: off
                    🔒 No forwarding or saving: off
                    💬 Language: English
                    """)
            try await scene.alice.press("🙈 Covered photos: off", on: page, in: bot)
            page = try await scene.alice.nextEdit(in: bot)
            #expect(page.text.contains("🙈 Covered photos: on"))
            try await scene.alice.press("🔒 No forwarding or saving: off", on: page, in: bot)
            page = try await scene.alice.nextEdit(in: bot)
            try await scene.alice.press("🔕 Without sound", on: page, in: bot)
            page = try await scene.alice.nextEdit(in: bot)
            try await scene.alice.press("🌙 Quiet hours", on: page, in: bot)
            page = try await scene.alice.nextEdit(in: bot)
            try await scene.alice.press("23:00–8:00", on: page, in: bot)
            page = try await scene.alice.nextEdit(in: bot)
            try await scene.alice.press("🌍 Time zone", on: page, in: bot)
            page = try await scene.alice.nextEdit(in: bot)
            try await scene.alice.press("London", on: page, in: bot)
            page = try await scene.alice.nextEdit(in: bot)
            #expect(
                page.text == """
                    ⚙️ Settings

                    🌍 Time zone: Europe/London (UTC)
                    🌙 Quiet hours: 23:00–8:00
                    ⏰ Schedules: active
                    🔔 Photos by schedule: without sound
                    🙈 Covered photos: on
                    🔒 No forwarding or saving: on
                    💬 Language: English
                    """)
            let stored = try await scene.database.read { try ChatSettingsStore().settings(of: 501, in: $0) }
            #expect(stored.isSpoiler && stored.isProtected && stored.isSilent && stored.zone == "Europe/London")
            #expect(stored.kind == "private" && stored.title == "Alice")
        }
    }

    @Test func `a language is chosen, and schedules speak it`() async throws {
        try await play { scene in
            var page = try await say("/settings", scene.alice)
            try await scene.alice.press("💬 Language", on: page, in: bot)
            page = try await scene.alice.nextEdit(in: bot)
            try await scene.alice.press("Русский", on: page, in: bot)
            page = try await scene.alice.nextEdit(in: bot)
            #expect(
                page.text == """
                    ⚙️ Настройки

                    🌍 Часовой пояс: Europe/Berlin (UTC+1)
                    🌙 Тихие часы: нет
                    ⏰ Расписания: работают
                    🔔 Фото по расписанию: со звуком
                    🙈 Скрывать фото под спойлер: нет
                    🔒 Запрет пересылки и сохранения: нет
                    💬 Язык: русский
                    """)
            let language: String? = try await scene.database.read {
                try $0.value("SELECT language FROM gallery_people WHERE user_id = 501")
            }
            #expect(language == "ru")
        }
    }

    // MARK: Groups and newcomers

    @Test func `in a group only those who manage the bot there change anything`() async throws {
        try await play(GallerySettings(allowedUsers: [501], zone: "Europe/Berlin")) { scene in
            let group = try await scene.openGroup()
            try await scene.boris.say("/every@gallery_bot день 10:00", to: group)
            let refusal = try await scene.boris.next(from: group)
            #expect(refusal.text == "Изменить это могут только те, кто управляет ботом в этом чате.")
            try await scene.alice.say("/every@gallery_bot day 10:00", to: group)
            var made = try await scene.alice.next(from: group)
            while !made.text.hasPrefix("✅") { made = try await scene.alice.next(from: group) }
            try await scene.boris.say("/settings@gallery_bot", to: group)
            var page = try await scene.boris.next(from: group)
            while !page.text.hasPrefix("⚙️") { page = try await scene.boris.next(from: group) }
            #expect(page.text.hasPrefix("⚙️ Настройки этой группы"))
            #expect(!page.text.contains("Язык"))
            let answer = try await scene.boris.press("🙈 Скрывать фото под спойлер: нет", on: page, in: group)
            #expect(answer.isAlert && answer.text == refusal.text)
            let settings = try await scene.database.read { try ChatSettingsStore().settings(of: ChatID(group), in: $0) }
            #expect(!settings.isSpoiler)
            #expect(settings.title == "Party")
        }
    }

    @Test func `whoever is let in later gets the owner's schedule, and loses it when turned away`() async throws {
        let settings = GallerySettings(
            allowedUsers: [501], schedule: .init(cron: "0 9 * * 1-5", zone: "Europe/Berlin"))
        try await play(settings) { scene in
            _ = try await say("/allow 502", scene.alice)
            let letIn = try await scene.schedules()
            #expect(letIn == ["gallery.configured.501", "gallery.configured.502"])
            _ = try await say("/deny 502", scene.alice)
            let turnedAway = try await scene.schedules()
            #expect(turnedAway == ["gallery.configured.501"])
        }
    }
}
