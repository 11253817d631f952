internal import BotKit
internal import Markup

extension ScheduleTexts {
    static let english = ScheduleTexts(
        menu: Menu(
            every: "Photos by themselves: when and which", schedule: "Schedules of this chat",
            settings: "Settings of this chat"),
        buttons: Buttons(
            pause: "⏸ Pause", resume: "▶️ Resume", makeSilent: "🔕 Without sound", makeLoud: "🔔 With sound",
            now: "📸 Send one now", delete: "🗑 Delete", deleteYes: "🗑 Yes, delete", keep: "Keep it", back: "‹ Back",
            add: "➕ Add", pauseAll: "⏸ Pause all", resumeAll: "▶️ Resume all", list: "⏰ All schedules",
            settings: "⚙️ Settings", atTime: { "At \($0)" }),
        settings: Settings(
            title: { isGroup in "⚙️ \(bold: isGroup ? "Settings of this group" : "Settings")" },
            zone: "🌍 Time zone", quiet: "🌙 Quiet hours", noQuiet: "none", schedules: "⏰ Schedules",
            arePaused: { $0.map { "paused until \($0)" } ?? "paused until you resume them" }, areActive: "active",
            sound: "🔔 Photos by schedule", isSilent: "without sound", isLoud: "with sound",
            spoiler: "🙈 Covered photos", protection: "🔒 No forwarding or saving", on: "on", off: "off",
            language: "💬 Language", languageName: "English",
            change: { name, isOn in "\(name): \(isOn ? "on" : "off")" },
            quietQuestion:
                "🌙 When shall no photo come by schedule? What is due then comes at the end, one photo of each schedule.\n\nOther hours: \(code: "/quiet 23:00-8:00")",
            languageQuestion: "💬 Which language shall I speak to you?",
            languageByTelegram: "As in Telegram"),
        everyHelp: """
            ⏰ \(bold: "Photos by themselves")
            Press a button, or write when they shall come:

            \(code: "/every day 10:00")
            \(code: "/every weekday 8:00 20:00")
            \(code: "/every monday 9:30")
            \(code: "/every 3 hours from 9 to 21")
            \(code: "/every 0 10 * * *") – for those who know cron

            Add what you like: \(code: "x3") for three photos at once, \(code: "silent") for no sound, and which \
            photos: \(code: "fav"), \(code: "tag:beach"), \(code: "rating>=80"), \(code: "portrait").
            For example: \(code: "/every friday 18:00 x3 fav")
            """,
        made: { line, zone, next, note in
            var text: FormattedText = "✅ Done: \(line)\n🌍 \(zone)\n\nNext:"
            for time in next { text += "\n• \(time)" }
            if let note { text += "\n\n\(note)" }
            return text + "\n\n/schedule – change or delete"
        },
        known: { line in "You have that already: \(line)\n\n/schedule – all of them" },
        tooMany: { limit in
            "There are \(limit) schedules in this chat, and that is as many as I keep. Delete one first: /schedule"
        },
        fault: { fault, phrase in
            let example: FormattedText = "\n\nFor example: \(code: "/every day 10:00")"
            return switch fault {
            case .empty: everyHelpHint
            case .cron(let error): "\(error.english)\n\nFor example: \(code: "/every 0 10 * * mon-fri")"
            case .notUnderstood(let word):
                "I do not understand “\(word.text)”:\n\(marked(phrase, word))" + example
            case .notATime(let word): "“\(word.text)” is no time of day:\n\(marked(phrase, word))" + example
            case .missingTime(let days): "At what time? For example: \(code: "/every \(days) 10:00")"
            case .missingDay(let word):
                "On which day of the week?\n\(marked(phrase, word))\n\nFor example: \(code: "/every monday 10:00")"
            case .missingUnit(let word):
                "“\(word.text)” of what?\n\(marked(phrase, word))\n\nFor example: \(code: "/every day 10:00"), \(code: "/every 3 hours") or \(code: "/every 30 minutes")"
            case .monthly(let word):
                "I know days of the week, and months by cron only:\n\(marked(phrase, word))\n\nThe first of each month at 10:00: \(code: "/every 0 10 1 * *")"
            case .everyFewDays(let count):
                "Every \(count) days is not possible, since months have different lengths. Choose days of the week: \(code: "/every mon wed fri 10:00")"
            case .tooOften(let least):
                "That is too often: at least \(least) minutes lie between two photos. For example: \(code: "/every 30 minutes")"
            case .uneven(let minutes, let near):
                "\(englishLength(minutes)) does not go evenly into a day. Near it: \(ScheduleTimes.list(near.map { "every \(englishLength($0))" }, "or")). With a start and an end any length works: \(code: "/every \(englishLength(minutes)) from 9 to 21")"
            case .timeBesideInterval(let word):
                "“\(word.text)” does not go with “every so often”:\n\(marked(phrase, word))\n\nFor example: \(code: "/every 3 hours from 9 to 21") or \(code: "/every day 9:00 12:00 15:00")"
            case .openWindow(let word):
                "From when to when?\n\(marked(phrase, word))\n\nFor example: \(code: "/every 3 hours from 9 to 21")"
            case .count(let word):
                "An album has 1 to 10 photos:\n\(marked(phrase, word))\n\nFor example: \(code: "/every day 10:00 x3")"
            }
        },
        filterFault: { reason in
            "\(reason)\n\nWhen is clear, which photos is not. For example: \(code: "/every day 10:00 fav tag:beach")"
        },
        nothingFits: "⚠️ No photo of the library fits at present.",
        title: { zone in "⏰ \(bold: "Schedules")\n🌍 \(zone)" },
        empty:
            "⏰ No photos come by themselves yet. Press ➕ or write, for example: \(code: "/every day 10:00")",
        configured: { cron, zone in "the owner’s schedule: \(code: cron) (\(zone))" },
        next: { "next: " + $0.joined(separator: " · ") },
        isPaused: "paused",
        photos: { "\($0) \(Plural.english($0, one: "photo", other: "photos"))" },
        silent: "without sound",
        deleteQuestion: { line in "🗑 Delete this schedule?\n\n\(line)" },
        deleted: "Deleted.",
        gone: "That schedule is not there any more.",
        onItsWay: "It is on its way.",
        paused: "Paused.",
        resumed: "It goes on.",
        silentOn: "From now on without sound.",
        silentOff: "From now on with sound.",
        quietNote: { from, until in "🌙 Quiet from \(from) to \(until): what is due then comes at \(until)." },
        pausedUntil: { until in
            "⏸ No photos by schedule until \(bold: until). What would have come until then does not come later.\n\n/resume – go on at once"
        },
        pausedForGood: "⏸ No photos by schedule until you send /resume.",
        pausedNote: { $0.map { "⏸ All paused until \($0)." } ?? "⏸ All paused until you send /resume." },
        pauseFault: { fault, phrase in
            let examples: FormattedText =
                "\n\nFor example: \(code: "/pause 2h"), \(code: "/pause 3 days"), \(code: "/pause until 18:00"), \(code: "/pause until monday"), or just /pause"
            return switch fault {
            case .notUnderstood(let word): "I do not understand “\(word.text)”." + examples
            case .past: "That moment is over already." + examples
            case .tooLong: "That is longer than a year. Just /pause holds until you send /resume."
            }
        },
        allResumed: "▶️ Photos come by schedule again.",
        notPaused: "Nothing is paused: photos come by schedule.",
        quietSet: { from, until, zone in
            "🌙 Quiet hours: \(bold: "\(from)–\(until)"), \(zone).\nWhat is due then comes at \(until), one photo of each schedule.\n\n/quiet off – no quiet hours"
        },
        quietOff: "🌙 No quiet hours: photos come whenever they are due.",
        quietFault: "Please write it like this: \(code: "/quiet 23:00-8:00") or \(code: "/quiet off")",
        zoneQuestion: { zone, time in
            "🌍 This chat’s clock: \(bold: zone), it is \(time).\n\nPress a city, or write yours: \(code: "/timezone Lisbon"). The time on your clock will do as well: \(code: "/timezone 18:40")"
        },
        zoneSet: { zone, time in "🌍 \(bold: zone), where it is \(time). Schedules and quiet hours go by it." },
        zoneUnknown: { text in
            "I do not know “\(text)”. Write a city nearby, \(code: "Europe/Lisbon"), \(code: "UTC+3"), or the time on your clock: \(code: "/timezone 18:40")"
        },
        zoneChoice: "🌍 Which one is it?",
        notYours: "Only those who manage the bot here can change that.")

    private static let everyHelpHint: FormattedText = "For example: \(code: "/every day 10:00")"

    private static func englishLength(_ minutes: Int) -> String {
        minutes.isMultiple(of: 60)
            ? "\(minutes / 60) \(Plural.english(minutes / 60, one: "hour", other: "hours"))"
            : "\(minutes) \(Plural.english(minutes, one: "minute", other: "minutes"))"
    }
}
