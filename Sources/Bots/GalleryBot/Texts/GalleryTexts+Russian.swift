internal import BotKit
internal import Markup
internal import PhotoLibraries

extension GalleryTexts {
    static let russian = GalleryTexts(
        untitled: "Случайное фото",
        menu: Menu(
            start: "Что умеет этот бот", random: "Случайное фото", stats: "Сколько фото отправлено",
            help: "Команды и расписание"),
        nextButton: "💕 Случайное",
        greeting: { name, schedule in
            var text: FormattedText = "Здравствуйте, \(bold: name)! Я показываю фото из вашей собственной коллекции."
            text += "\n\n/random – фото прямо сейчас\n/stats – что уже отправлено\n/help – подробнее"
            text +=
                schedule.map { "\n\n⏰ По расписанию присылаю сам: \($0)." } ?? "\n\n⏰ Фото по расписанию: /every"
            return text
        },
        help: { days, schedule in
            var text: FormattedText = "\(bold: "Команды")\n/random – фото прямо сейчас"
            text += "\n/random 5 – альбом; /random тег:пляж ★4 вертикальные – то, что хочется"
            text += "\n/today – этот день в другие годы"
            text += "\n/original, /info – сам файл и всё, что о нём известно: ответьте на фото"
            text += "\n/stats – что уже отправлено"
            text += "\n/preferences – что вам нравится, по вашим голосам\n/excluded – скрытые галереи"
            text += "\n/every – фото по расписанию: когда и какие\n/schedule – ваши расписания"
            text += "\n/pause, /resume, /quiet – когда ничего не присылать"
            text += "\n/timezone – ваши часы\n/settings – все настройки"
            text += "\n/start – приветствие с клавиатурой\n/help – эта справка"
            text += "\n\n👍 и 👎 под фото – ваш голос; та же кнопка его отзывает."
            text +=
                "\n\nФото не повторяются в течение \(days) \(Plural.russian(days, one: "дня", few: "дней", many: "дней"))"
            text += " и пока вы не увидите все остальные."
            text += schedule.map { "\n\n⏰ По расписанию: \($0)." } ?? "\n\n⏰ Фото по расписанию: /every"
            return text
        },
        stats: { figures in
            var text: FormattedText = "📊 \(bold: "Отправлено фото")"
            text += "\nвсего: \(bold: figures.total)\nвам: \(bold: figures.toChat)"
            if let remaining = figures.remainingInRound, let size = figures.librarySize {
                text += "\nещё не показано: \(bold: remaining) из \(size)"
            }
            if let last = figures.last {
                text += "\n\nПоследнее: \(italic: last.title ?? "без названия"), \(last.time)"
            }
            return text
        },
        newRound: "Вы посмотрели все фото. Начинаю сначала.",
        repeated: { days in
            "За \(days) \(Plural.russian(days, one: "день", few: "дня", many: "дней")) вы посмотрели все фото, поэтому это показываю снова."
        },
        emptyLibrary: "В коллекции пока нет фото.",
        libraryTrouble: { error in
            switch error {
            case .unavailable, .cancelled: "Коллекция фото не отвечает. Попробуйте через минуту."
            case .unauthorized: "Коллекция фото меня не пускает: владельцу нужно проверить ключ."
            case .needsOwner: "Коллекция фото ждёт своего владельца. Сообщите ему, пожалуйста."
            case .unexpectedAnswer, .refused: "Коллекция фото ответила что-то непонятное. Я это записал."
            case .notFound, .tooLarge, .notAPicture: "Сейчас не удалось получить фото. Попробуйте ещё раз."
            }
        },
        cannotSend: "Telegram не принял это фото ни в каком виде. Попробуйте другое: /random.",
        hint: "Я показываю фото: нажмите кнопку или отправьте /random. Подробнее: /help.",
        privateOnly: "Это личные фото, поэтому я показываю их только в личной переписке. Напишите мне там.",
        refusal: "Извините, здесь личные фото, и вас нет в списке. Добавить вас может владелец бота.")
}
