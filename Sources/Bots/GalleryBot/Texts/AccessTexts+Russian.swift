internal import BotKit
internal import Markup
internal import PhotoLibraries

extension AccessTexts {
    static let russian = AccessTexts(
        askOwner: "🔑 Попросить доступ",
        asked: "Я передал вашу просьбу владельцу. Когда он вас впустит, я напишу.",
        askedBefore: "Ваша просьба уже у владельца. Когда он вас впустит, я напишу.",
        nobodyToAsk: "Сейчас не получается связаться с владельцем. Попробуйте позже.",
        badInvitation:
            "Это приглашение не действует: им уже воспользовались, срок вышел или его отозвали. Попросите новое.",
        letIn: "Владелец открыл вам доступ. Отправьте /start, и я всё покажу.",
        alreadyIn: "У вас уже есть доступ.",
        menu: Menu(
            users: "У кого есть доступ", allow: "Открыть доступ", deny: "Закрыть доступ",
            invite: "Ссылка-приглашение", invites: "Действующие приглашения",
            groups: "Группы, где видны фото"),
        person: naming,
        request: { "🔑 \($0) просит доступ к боту." },
        allowButton: "✅ Впустить", denyButton: "🚫 Отказать",
        isAllowed: { "✅ Доступ открыт: \($0)." },
        isDenied: { "🚫 Доступ закрыт: \($0). Больше ничего туда не отправляю." },
        wasAllowed: { "Доступ уже есть: \($0)." },
        wasDenied: { "Доступа и так нет: \($0)." },
        isConfigured: {
            "\($0) – из файла настроек, командой такой доступ не закрыть. Уберите номер из "
                + "\(code: "gallery.telegram.allowed_user_ids") и перезапустите бота."
        },
        whomToAllow:
            "Кому открыть доступ? Выберите человека кнопкой ниже, перешлите его сообщение, поделитесь контактом "
            + "или отправьте номер.",
        whomToDeny:
            "Кому закрыть доступ? Выберите человека кнопкой ниже, перешлите его сообщение, поделитесь контактом "
            + "или отправьте номер. В /users для этого тоже есть кнопки.",
        choosePerson: "👤 Выбрать человека",
        unknownUsername: {
            "Я ещё не встречал @\($0), а искать по имени Telegram ботам не даёт. Выберите человека через /allow, "
                + "отправьте его номер или дайте ему ссылку из /invite."
        },
        hiddenPerson:
            "Telegram не показывает мне, кто это. Выберите человека через /allow или дайте ему ссылку из /invite.",
        nobodyMeant: "Не понимаю, о ком речь. Подойдёт номер, пересланное сообщение или контакт.",
        isBot: "Это бот. Боты фото не смотрят.",
        privatelyPlease: "Давайте займёмся этим в личной переписке.",
        ownerOnly: "Это может только владелец бота.",
        users: { count, page in
            "👥 \(bold: "Людей: \(count)")\(page.isEmpty ? "" : " · страница \(page)")"
        },
        user: { line in
            var text = naming(line.name, line.username, line.id)
            switch line.status {
            case .owner: text += " · владелец"
            case .configured: text += " · из настроек"
            case .allowed: break
            case .denied: text += " · доступ закрыт"
            }
            var facts: [String] = []
            if let since = line.since { facts.append("с \(since)") }
            facts.append(line.seen.map { "последний визит \($0)" } ?? "визитов не было")
            facts.append("\(line.photos) фото")
            return text + "\n\(facts.joined(separator: ", "))"
        },
        blockButton: { "🚫 \($0)" }, restoreButton: { "↩️ \($0)" },
        confirmBlock: {
            "Закрыть доступ: \($0)? Фото больше не придут, по расписанию тоже. Ничего не удаляется."
        },
        confirmRestore: { "Вернуть доступ: \($0)? Всё останется так, как было." },
        yes: "Да", no: "Нет",
        invitation: { link, days, uses in
            var text: FormattedText = "✉️ По этой ссылке "
            text += uses == 1 ? "войдёт один человек" : "войдут до \(uses) человек"
            text += ". Она действует \(days) \(Plural.russian(days, one: "день", few: "дня", many: "дней")):\n\n\(link)"
            return text + "\n\nСаму ссылку я не храню и второй раз показать не смогу. Отозвать её можно в /invites."
        },
        invitationUsage: "[дней, от 1 до 365] [человек, от 1 до 100]",
        invitations: { count, page in
            "✉️ \(bold: "Действующих приглашений: \(count)")\(page.isEmpty ? "" : " · страница \(page)")"
        },
        noInvitations: "Действующих приглашений нет. Новое создаёт /invite.",
        invitationLine: { name, made, ends, uses in
            "\(code: name) от \(made), до \(ends), осталось мест: \(uses)"
        },
        revokeButton: { "✖️ \($0)" },
        revoked: "Приглашение отозвано. По этой ссылке больше никто не войдёт.",
        invitationUsed: { "✉️ По вашему приглашению вошёл новый человек: \($0)." },
        addedHere: { title, isChannel in
            isChannel
                ? "Вы добавили меня в канал «\(bold: title)». Показывать там фото? Их увидят все читатели. Сам по себе бот в канал ничего не отправляет."
                : "Вы добавили меня в группу «\(bold: title)». Показывать там фото? Их увидят все участники, и просить новые тоже смогут все."
        },
        addedByOther: { title, person in
            "Меня добавили в «\(bold: title)»: \(person). Я оттуда вышел: разрешить показывать фото можете только вы."
        },
        showHere: "✅ Показывать фото", leave: "🚪 Выйти",
        left: { "Я вышел из «\(bold: $0)»." },
        isOpen: { "✅ В «\(bold: $0)» теперь видны фото. Отменить можно в /groups." },
        notOpenHere: "В этой группе фото не показываются. Показывать? Их увидят все участники.",
        openHere: "Теперь здесь видны фото: /random",
        groups: { "👪 \(bold: "Групп, где видны фото: \($0)")" },
        noGroups: "Нет ни одной группы, где видны фото. Добавьте меня в группу, и я вас спрошу.",
        closeButton: { "🚪 \($0)" },
        isClosed: { "В «\(bold: $0)» фото больше не видны, и я оттуда вышел." },
        isConfiguredGroup: "из настроек",
        groupUnknown: "Меня в этой группе уже нет.",
        libraryTrouble: { error in
            switch error {
            case .unauthorized:
                "⚠️ Коллекция фото не принимает ключ. Укажите действующий в настройках и перезапустите меня."
            case .needsOwner:
                "⚠️ Коллекция фото ждёт вас: ей нужна настройка, обновление базы или пароль. Откройте её в браузере."
            default:
                "⚠️ Коллекция фото отвечает непонятно: возможно, неверный адрес или старая версия. Подробнее скажет «quartet check»."
            }
        },
        dataHelp: """
            \(bold: "Что я о вас храню")
            /export – всё это одним файлом
            /forget – всё это удалить
            """,
        help: """
            \(bold: "Для владельца")
            /users – у кого есть доступ
            /allow, /deny – открыть или закрыть доступ
            /invite, /invites – ссылки-приглашения
            /groups – группы, где видны фото
            /dashboard – ваша страница в браузере
            """)
}
