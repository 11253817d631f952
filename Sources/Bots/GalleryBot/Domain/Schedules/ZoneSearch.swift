internal import BotKit
internal import Support

/// Finds a time zone by what people write: its name, a city, a distance from UTC, or the time on their clock.
enum ZoneSearch {
    /// What was found.
    enum Found: Equatable {
        case zone(TimeZoneRules)
        /// Several that fit, for buttons.
        case several([City])
        case none
    }

    /// A city with its zone.
    struct City: Equatable, Sendable {
        var zone: String
        var english: String
        var russian: String

        func name(in language: Language) -> String { language == .english ? english : russian }
    }

    /// Looks a text up.
    static func find(_ text: String, now: Timestamp) -> Found {
        let plain = folded(text)
        guard !plain.isEmpty else { return .none }
        if let minute = clockMinute(plain) { return zones(showing: minute, now: now) }
        if let offset = offset(plain) { return fixed(hours: offset) }
        if let zone = zone(named: plain) { return .zone(zone) }
        let exact = cities.filter { folded($0.english) == plain || folded($0.russian) == plain }
        if let city = exact.first, let zone = rules(city.zone) { return .zone(zone) }
        if let zone = zone(ofCity: plain) { return .zone(zone) }
        guard plain.count >= 2 else { return .none }
        let starting = cities.filter {
            folded($0.english).hasPrefix(plain) || folded($0.russian).hasPrefix(plain)
                || folded($0.zone).contains("/" + plain)
        }
        if Set(starting.map(\.zone)).count == 1, let zone = rules(starting[0].zone) { return .zone(zone) }
        return starting.isEmpty ? .none : .several(Array(starting.prefix(12)))
    }

    /// Cities for a first choice, with the places where the language is at home first.
    static func common(in language: Language) -> [City] {
        let zones =
            switch language {
            case .english:
                [
                    "America/Los_Angeles", "America/Denver", "America/Chicago", "America/New_York", "America/Sao_Paulo",
                    "Europe/London", "Europe/Berlin", "Europe/Athens", "Europe/Moscow", "Asia/Dubai", "Asia/Kolkata",
                    "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney", "UTC",
                ]
            case .russian:
                [
                    "Europe/Kaliningrad", "Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk",
                    "Asia/Novosibirsk", "Asia/Krasnoyarsk", "Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok",
                    "Europe/Minsk", "Asia/Almaty", "Asia/Tbilisi", "Europe/Berlin", "UTC",
                ]
            }
        return zones.compactMap { zone in cities.first { $0.zone == zone } }
    }

    // MARK: Ways to look

    private static func folded(_ text: String) -> String {
        text.lowercased().replacing("ё", with: "е").replacing("_", with: " ").replacing("-", with: " ")
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static func rules(_ name: String) -> TimeZoneRules? {
        do throws(TimeZoneError) {
            return try .named(name)
        } catch {
            return nil
        }
    }

    /// `europe/moscow` in any case; zones without a slash, too.
    private static func zone(named plain: String) -> TimeZoneRules? {
        if ["utc", "gmt", "z"].contains(plain) { return .utc }
        guard plain.contains("/") else { return nil }
        let parts = plain.split(separator: "/").map { capitalised(String($0)) }
        return spellings(of: parts).lazy.compactMap(rules).first
    }

    private static let regions = [
        "Europe", "Asia", "America", "Africa", "Australia", "Pacific", "Atlantic", "Indian", "America/Argentina",
        "America/Indiana", "America/Kentucky", "America/North_Dakota", "Antarctica", "Arctic",
    ]

    /// Every zone is named after a city.
    private static func zone(ofCity plain: String) -> TimeZoneRules? {
        guard plain.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        return regions.lazy.flatMap { spellings(of: [$0, capitalised(plain)]) }.compactMap(rules).first
    }

    /// With spaces as underscores, and as hyphens: `New_York`, `Port-au-Prince`.
    private static func spellings(of parts: [String]) -> [String] {
        let name = parts.joined(separator: "/")
        return [name.replacing(" ", with: "_"), name.replacing(" ", with: "-")]
    }

    private static func capitalised(_ text: String) -> String {
        text.split(separator: " ").map { word in
            ["au", "of", "es", "in"].contains(word) ? String(word) : word.prefix(1).uppercased() + word.dropFirst()
        }.joined(separator: " ")
    }

    /// `+3`, `utc+3`, `gmt 5`; whole hours only.
    private static func offset(_ plain: String) -> Int? {
        // Folding turns the minus of “UTC-3” into a space.
        var rest = plain[...]
        var isNamed = false
        for name in ["utc", "gmt"] where rest.hasPrefix(name) {
            rest = rest.dropFirst(3)
            isNamed = true
        }
        var sign = 1
        if rest.first == "+" {
            rest = rest.dropFirst()
        } else if isNamed, rest.first == " " || rest.first == "−" {
            rest = rest.dropFirst()
            sign = -1
        } else {
            return nil
        }
        guard let hours = Int(rest), (0...14).contains(hours), sign > 0 || hours <= 12 else { return nil }
        return sign * hours
    }

    /// The zones of whole hours have the opposite sign in their names, as POSIX wants it.
    private static func fixed(hours: Int) -> Found {
        if hours == 0 { return .zone(.utc) }
        return rules("Etc/GMT\(hours > 0 ? "-" : "+")\(abs(hours))").map(Found.zone) ?? .none
    }

    /// `18:40`: a time with minutes.
    private static func clockMinute(_ plain: String) -> Int? {
        guard plain.contains(":"), case .minute(let minute, _)? = ClockTime.read(plain, bare: false) else { return nil }
        return minute
    }

    /// The cities whose clocks show a time now, give or take a few minutes.
    private static func zones(showing minute: Int, now: Timestamp) -> Found {
        let fitting = cities.filter { city in
            guard let zone = rules(city.zone) else { return false }
            let local = zone.localTime(at: now).secondOfDay / 60
            let apart = abs(local - minute)
            return min(apart, 1440 - apart) <= 7
        }
        return fitting.isEmpty ? .none : .several(Array(fitting.prefix(12)))
    }

    // MARK: Cities

    /// One line each: zone, English name, Russian name.
    static let cities: [City] = table.split(separator: "\n").compactMap { line in
        let parts = line.split(separator: "|").map(String.init)
        return parts.count == 3 ? City(zone: parts[0], english: parts[1], russian: parts[2]) : nil
    }

    private static let table = """
        UTC|UTC|UTC
        Europe/Kaliningrad|Kaliningrad|Калининград
        Europe/Moscow|Moscow|Москва
        Europe/Moscow|Saint Petersburg|Санкт-Петербург
        Europe/Moscow|Kazan|Казань
        Europe/Moscow|Sochi|Сочи
        Europe/Volgograd|Volgograd|Волгоград
        Europe/Samara|Samara|Самара
        Europe/Saratov|Saratov|Саратов
        Asia/Yekaterinburg|Yekaterinburg|Екатеринбург
        Asia/Yekaterinburg|Chelyabinsk|Челябинск
        Asia/Yekaterinburg|Ufa|Уфа
        Asia/Yekaterinburg|Perm|Пермь
        Asia/Yekaterinburg|Tyumen|Тюмень
        Asia/Omsk|Omsk|Омск
        Asia/Novosibirsk|Novosibirsk|Новосибирск
        Asia/Tomsk|Tomsk|Томск
        Asia/Barnaul|Barnaul|Барнаул
        Asia/Krasnoyarsk|Krasnoyarsk|Красноярск
        Asia/Irkutsk|Irkutsk|Иркутск
        Asia/Chita|Chita|Чита
        Asia/Yakutsk|Yakutsk|Якутск
        Asia/Vladivostok|Vladivostok|Владивосток
        Asia/Vladivostok|Khabarovsk|Хабаровск
        Asia/Sakhalin|Sakhalin|Сахалин
        Asia/Magadan|Magadan|Магадан
        Asia/Kamchatka|Kamchatka|Камчатка
        Europe/Minsk|Minsk|Минск
        Europe/Kiev|Kyiv|Киев
        Europe/Chisinau|Chisinau|Кишинёв
        Europe/Riga|Riga|Рига
        Europe/Vilnius|Vilnius|Вильнюс
        Europe/Tallinn|Tallinn|Таллин
        Asia/Tbilisi|Tbilisi|Тбилиси
        Asia/Yerevan|Yerevan|Ереван
        Asia/Baku|Baku|Баку
        Asia/Almaty|Almaty|Алматы
        Asia/Almaty|Astana|Астана
        Asia/Tashkent|Tashkent|Ташкент
        Asia/Bishkek|Bishkek|Бишкек
        Asia/Dushanbe|Dushanbe|Душанбе
        Europe/Lisbon|Lisbon|Лиссабон
        Europe/London|London|Лондон
        Europe/Dublin|Dublin|Дублин
        Europe/Madrid|Madrid|Мадрид
        Europe/Madrid|Barcelona|Барселона
        Europe/Paris|Paris|Париж
        Europe/Brussels|Brussels|Брюссель
        Europe/Amsterdam|Amsterdam|Амстердам
        Europe/Berlin|Berlin|Берлин
        Europe/Berlin|Munich|Мюнхен
        Europe/Berlin|Hamburg|Гамбург
        Europe/Zurich|Zurich|Цюрих
        Europe/Vienna|Vienna|Вена
        Europe/Rome|Rome|Рим
        Europe/Rome|Milan|Милан
        Europe/Prague|Prague|Прага
        Europe/Warsaw|Warsaw|Варшава
        Europe/Budapest|Budapest|Будапешт
        Europe/Belgrade|Belgrade|Белград
        Europe/Stockholm|Stockholm|Стокгольм
        Europe/Oslo|Oslo|Осло
        Europe/Copenhagen|Copenhagen|Копенгаген
        Europe/Helsinki|Helsinki|Хельсинки
        Europe/Athens|Athens|Афины
        Europe/Sofia|Sofia|София
        Europe/Bucharest|Bucharest|Бухарест
        Asia/Nicosia|Cyprus|Кипр
        Europe/Istanbul|Istanbul|Стамбул
        Asia/Jerusalem|Tel Aviv|Тель-Авив
        Asia/Jerusalem|Jerusalem|Иерусалим
        Africa/Cairo|Cairo|Каир
        Africa/Johannesburg|Johannesburg|Йоханнесбург
        Africa/Nairobi|Nairobi|Найроби
        Africa/Lagos|Lagos|Лагос
        Asia/Dubai|Dubai|Дубай
        Asia/Tehran|Tehran|Тегеран
        Asia/Karachi|Karachi|Карачи
        Asia/Kolkata|India|Индия
        Asia/Kolkata|Delhi|Дели
        Asia/Kolkata|Mumbai|Мумбаи
        Asia/Kathmandu|Kathmandu|Катманду
        Asia/Dhaka|Dhaka|Дакка
        Asia/Bangkok|Bangkok|Бангкок
        Asia/Ho_Chi_Minh|Ho Chi Minh City|Хошимин
        Asia/Jakarta|Jakarta|Джакарта
        Asia/Makassar|Bali|Бали
        Asia/Singapore|Singapore|Сингапур
        Asia/Kuala_Lumpur|Kuala Lumpur|Куала-Лумпур
        Asia/Hong_Kong|Hong Kong|Гонконг
        Asia/Shanghai|Shanghai|Шанхай
        Asia/Shanghai|Beijing|Пекин
        Asia/Taipei|Taipei|Тайбэй
        Asia/Manila|Manila|Манила
        Asia/Seoul|Seoul|Сеул
        Asia/Tokyo|Tokyo|Токио
        Australia/Perth|Perth|Перт
        Australia/Brisbane|Brisbane|Брисбен
        Australia/Sydney|Sydney|Сидней
        Australia/Melbourne|Melbourne|Мельбурн
        Pacific/Auckland|Auckland|Окленд
        Pacific/Honolulu|Honolulu|Гонолулу
        America/Anchorage|Anchorage|Анкоридж
        America/Los_Angeles|Los Angeles|Лос-Анджелес
        America/Los_Angeles|San Francisco|Сан-Франциско
        America/Los_Angeles|Seattle|Сиэтл
        America/Vancouver|Vancouver|Ванкувер
        America/Denver|Denver|Денвер
        America/Phoenix|Phoenix|Финикс
        America/Chicago|Chicago|Чикаго
        America/Chicago|Dallas|Даллас
        America/Mexico_City|Mexico City|Мехико
        America/New_York|New York|Нью-Йорк
        America/New_York|Boston|Бостон
        America/New_York|Miami|Майами
        America/New_York|Washington|Вашингтон
        America/Toronto|Toronto|Торонто
        America/Bogota|Bogota|Богота
        America/Lima|Lima|Лима
        America/Santiago|Santiago|Сантьяго
        America/Sao_Paulo|São Paulo|Сан-Паулу
        America/Argentina/Buenos_Aires|Buenos Aires|Буэнос-Айрес
        """
}
