internal import BotKit
internal import Markup

extension ScheduleTexts {
    static let russian = ScheduleTexts(
        menu: Menu(
            every: "Фото по расписанию: когда и какие", schedule: "Расписания этого чата",
            settings: "Настройки этого чата"),
        buttons: Buttons(
            pause: "⏸ Приостановить", resume: "▶️ Возобновить", makeSilent: "🔕 Без звука", makeLoud: "🔔 Со звуком",
            now: "📸 Прислать сейчас", delete: "🗑 Удалить", deleteYes: "🗑 Да, удалить", keep: "Оставить",
            back: "‹ Назад", add: "➕ Добавить", pauseAll: "⏸ Приостановить все", resumeAll: "▶️ Возобновить все",
            list: "⏰ Все расписания", settings: "⚙️ Настройки", atTime: { "В \($0)" }),
        settings: Settings(
            title: { isGroup in "⚙️ \(bold: isGroup ? "Настройки этой группы" : "Настройки")" },
            zone: "🌍 Часовой пояс", quiet: "🌙 Тихие часы", noQuiet: "нет", schedules: "⏰ Расписания",
            arePaused: { $0.map { "на паузе, \($0)" } ?? "на паузе, пока не возобновите" }, areActive: "работают",
            sound: "🔔 Фото по расписанию", isSilent: "без звука", isLoud: "со звуком",
            spoiler: "🙈 Скрывать фото под спойлер", protection: "🔒 Запрет пересылки и сохранения", on: "да",
            off: "нет", language: "💬 Язык", languageName: "русский",
            change: { name, isOn in "\(name): \(isOn ? "да" : "нет")" },
            quietQuestion:
                "🌙 Когда не присылать фото по расписанию? Всё, что придётся на это время, придёт в конце тихих часов, по одному фото на расписание.\n\nДругие часы: \(code: "/quiet 23:00-8:00")",
            languageQuestion: "💬 На каком языке с вами говорить?",
            languageByTelegram: "Как в Telegram"),
        everyHelp: """
            ⏰ \(bold: "Фото по расписанию")
            Нажмите кнопку или напишите, когда присылать:

            \(code: "/every день 10:00")
            \(code: "/every будни 8:00 20:00")
            \(code: "/every по понедельникам в 9:30")
            \(code: "/every 3 часа с 9 до 21")
            \(code: "/every 0 10 * * *") – для тех, кто знает cron

            Можно добавить: \(code: "x3") – три фото сразу, \(code: "тихо") – без звука, и какие фото нужны: \
            \(code: "избранное"), \(code: "тег:пляж"), \(code: "рейтинг>=80"), \(code: "вертикальные").
            Например: \(code: "/every пятница 18:00 x3 избранное")
            """,
        made: { line, zone, next, note in
            var text: FormattedText = "✅ Готово: \(line)\n🌍 \(zone)\n\nБлижайшие:"
            for time in next { text += "\n• \(time)" }
            if let note { text += "\n\n\(note)" }
            return text + "\n\n/schedule – изменить или удалить"
        },
        known: { line in "Такое расписание уже есть: \(line)\n\n/schedule – все расписания" },
        tooMany: { limit in
            "В этом чате уже \(limit) \(Plural.russian(limit, one: "расписание", few: "расписания", many: "расписаний")), больше нельзя. Сначала удалите лишнее: /schedule"
        },
        fault: { fault, phrase in
            let example: FormattedText = "\n\nНапример: \(code: "/every день 10:00")"
            return switch fault {
            case .empty: everyHelpHint
            case .cron(let error): "\(error.russian)\n\nНапример: \(code: "/every 0 10 * * mon-fri")"
            case .notUnderstood(let word): "Не понимаю «\(word.text)»:\n\(marked(phrase, word))" + example
            case .notATime(let word): "«\(word.text)» – такого времени нет:\n\(marked(phrase, word))" + example
            case .missingTime(let days): "В какое время? Например: \(code: "/every \(russianDays(days)) 10:00")"
            case .missingDay(let word):
                "В какой день недели?\n\(marked(phrase, word))\n\nНапример: \(code: "/every понедельник 10:00")"
            case .missingUnit(let word):
                "«\(word.text)» – чего?\n\(marked(phrase, word))\n\nНапример: \(code: "/every день 10:00"), \(code: "/every 3 часа") или \(code: "/every 30 минут")"
            case .monthly(let word):
                "Я понимаю дни недели, а месяцы – только через cron:\n\(marked(phrase, word))\n\nПервого числа каждого месяца в 10:00: \(code: "/every 0 10 1 * *")"
            case .everyFewDays(let count):
                "Раз в \(count) \(Plural.russian(count, one: "день", few: "дня", many: "дней")) не получится: месяцы разной длины. Выберите дни недели: \(code: "/every пн ср пт 10:00")"
            case .tooOften(let least):
                "Слишком часто: между фото должно пройти не меньше \(least) минут. Например: \(code: "/every 30 минут")"
            case .uneven(let minutes, let near):
                "\(russianLength(minutes)) – на такие промежутки сутки не делятся поровну. Ближайшие: \(ScheduleTimes.list(near.map { russianLength($0) }, "или")). С началом и концом подойдёт любой: \(code: "/every \(russianLength(minutes)) с 9 до 21")"
            case .timeBesideInterval(let word):
                "«\(word.text)» не сочетается с промежутком:\n\(marked(phrase, word))\n\nНапример: \(code: "/every 3 часа с 9 до 21") или \(code: "/every день 9:00 12:00 15:00")"
            case .openWindow(let word):
                "С какого часа до какого?\n\(marked(phrase, word))\n\nНапример: \(code: "/every 3 часа с 9 до 21")"
            case .count(let word):
                "В альбоме может быть от 1 до 10 фото:\n\(marked(phrase, word))\n\nНапример: \(code: "/every день 10:00 x3")"
            }
        },
        filterFault: { reason in
            "\(reason)\n\nКогда присылать – понятно, а какие фото – нет. Например: \(code: "/every день 10:00 избранное тег:пляж")"
        },
        nothingFits: "⚠️ Сейчас в коллекции нет ни одного подходящего фото.",
        title: { zone in "⏰ \(bold: "Расписания")\n🌍 \(zone)" },
        empty:
            "⏰ Пока ничего не приходит само. Нажмите ➕ или напишите, например: \(code: "/every день 10:00")",
        configured: { cron, zone in "расписание владельца: \(code: cron) (\(zone))" },
        next: { "ближайшие: " + $0.joined(separator: " · ") },
        isPaused: "на паузе",
        photos: { "\($0) фото" },
        silent: "без звука",
        deleteQuestion: { line in "🗑 Удалить это расписание?\n\n\(line)" },
        deleted: "Удалено.",
        gone: "Этого расписания больше нет.",
        onItsWay: "Уже отправляю.",
        paused: "Приостановлено.",
        resumed: "Возобновлено.",
        silentOn: "Теперь без звука.",
        silentOff: "Теперь со звуком.",
        quietNote: { from, until in "🌙 Тихие часы с \(from) до \(until): всё, что придётся на них, придёт в \(until)."
        },
        pausedUntil: { until in
            "⏸ Фото по расписанию не придут до \(bold: until). Пропущенное за это время потом не придёт.\n\n/resume – возобновить сразу"
        },
        pausedForGood: "⏸ Фото по расписанию не придут, пока вы не отправите /resume.",
        pausedNote: { $0.map { "⏸ Все на паузе до \($0)." } ?? "⏸ Все на паузе, пока вы не отправите /resume." },
        pauseFault: { fault, phrase in
            let examples: FormattedText =
                "\n\nНапример: \(code: "/pause 2 часа"), \(code: "/pause 3 дня"), \(code: "/pause до 18:00"), \(code: "/pause до понедельника") или просто /pause"
            return switch fault {
            case .notUnderstood(let word): "Не понимаю «\(word.text)»." + examples
            case .past: "Этот момент уже прошёл." + examples
            case .tooLong: "Это больше года. Просто /pause действует, пока вы не отправите /resume."
            }
        },
        allResumed: "▶️ Фото снова приходят по расписанию.",
        notPaused: "Паузы нет: фото приходят по расписанию.",
        quietSet: { from, until, zone in
            "🌙 Тихие часы: \(bold: "\(from)–\(until)"), \(zone).\nВсё, что придётся на них, придёт в \(until), по одному фото на расписание.\n\n/quiet off – без тихих часов"
        },
        quietOff: "🌙 Тихих часов нет: фото приходят точно по расписанию.",
        quietFault: "Напишите, пожалуйста, так: \(code: "/quiet 23:00-8:00") или \(code: "/quiet off")",
        zoneQuestion: { zone, time in
            "🌍 Часы этого чата: \(bold: zone), сейчас \(time).\n\nНажмите город или напишите свой: \(code: "/timezone Казань"). Подойдёт и время на ваших часах: \(code: "/timezone 18:40")"
        },
        zoneSet: { zone, time in "🌍 \(bold: zone), сейчас там \(time). По этим часам идут расписания и тихие часы." },
        zoneUnknown: { text in
            "Не знаю «\(text)». Напишите город поблизости, \(code: "Europe/Moscow"), \(code: "UTC+3") или время на ваших часах: \(code: "/timezone 18:40")"
        },
        zoneChoice: "🌍 Какой именно?",
        notYours: "Изменить это могут только те, кто управляет ботом в этом чате.")

    private static let everyHelpHint: FormattedText = "Например: \(code: "/every день 10:00")"

    private static func russianLength(_ minutes: Int) -> String {
        minutes.isMultiple(of: 60)
            ? "\(minutes / 60) \(Plural.russian(minutes / 60, one: "час", few: "часа", many: "часов"))"
            : "\(minutes) \(Plural.russian(minutes, one: "минута", few: "минуты", many: "минут"))"
    }

    /// The days of a stored phrase as a Russian reader writes them.
    private static func russianDays(_ phrase: String) -> String {
        let words = [
            "day": "день", "weekday": "будни", "weekend": "выходные", "mon": "пн", "tue": "вт", "wed": "ср",
            "thu": "чт", "fri": "пт", "sat": "сб", "sun": "вс",
        ]
        return phrase.split(separator: " ").map { words[String($0)] ?? String($0) }.joined(separator: " ")
    }
}
