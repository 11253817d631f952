/// Why a schedule was refused, with words for the person who wrote it.
public enum CronError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Nothing but white space.
    case empty
    /// The expression has another number of fields than five.
    case fieldCount(Int)
    /// A word with `@` that stands for no schedule.
    case unknownNickname(String)
    /// `@reboot`, which is no time.
    case reboot
    /// A sign that other schedulers know: `L`, `W`, `#`, `?`.
    case unsupportedSign(String, field: CronField)
    /// Something that is no number, name, range or step.
    case unreadable(String, field: CronField)
    /// A number outside what the field can hold.
    case outOfRange(Int, field: CronField)
    /// A range whose end comes before its start.
    case backwardRange(String, field: CronField)
    /// A step of zero, or one that leaves its range at once.
    case badStep(Int, field: CronField, largest: Int)
    /// No date matches, such as 30 February.
    case neverFires

    /// What to say in English.
    public var description: String { english }

    /// What to say in English.
    public var english: String {
        switch self {
        case .empty: "The schedule is empty. Five fields are needed: minute, hour, day, month, weekday."
        case .fieldCount(let count):
            "A schedule has five fields (minute, hour, day, month, weekday), but there are \(count)."
                + (count > 5 ? " Seconds and years are not supported." : "")
        case .unknownNickname(let word):
            "“\(word)” is not known. There are @hourly, @daily, @weekly, @monthly and @yearly."
        case .reboot: "@reboot names no time. Give a time, for example @daily."
        case .unsupportedSign(let text, let field):
            "“\(text)” in the \(field.english) field: the signs L, W, # and ? are not supported."
        case .unreadable(let text, let field):
            "“\(text)” in the \(field.english) field is not understood. \(field.englishExample)"
        case .outOfRange(let value, let field):
            "\(value) is out of range in the \(field.english) field: "
                + "\(field.bounds.lowerBound) to \(field.bounds.upperBound) is possible."
        case .backwardRange(let text, let field):
            "The range “\(text)” in the \(field.english) field ends before it starts. "
                + "Write two parts with a comma, for example \(field.splitExample)."
        case .badStep(let step, let field, let largest):
            "The step \(step) in the \(field.english) field must be from 1 to \(largest)."
        case .neverFires: "No date matches this schedule, so it would never fire."
        }
    }

    /// What to say in Russian.
    public var russian: String {
        switch self {
        case .empty: "Расписание пустое. Нужно пять полей: минута, час, день, месяц, день недели."
        case .fieldCount(let count):
            "В расписании должно быть пять полей (минута, час, день, месяц, день недели), а указано: \(count)."
                + (count > 5 ? " Секунды и годы не поддерживаются." : "")
        case .unknownNickname(let word):
            "Сокращение «\(word)» неизвестно. Есть @hourly, @daily, @weekly, @monthly и @yearly."
        case .reboot: "@reboot не задаёт время. Укажите время, например @daily."
        case .unsupportedSign(let text, let field):
            "«\(text)» в поле «\(field.russian)»: знаки L, W, # и ? не поддерживаются."
        case .unreadable(let text, let field):
            "Не удалось разобрать «\(text)» в поле «\(field.russian)». \(field.russianExample)"
        case .outOfRange(let value, let field):
            "Число \(value) не подходит для поля «\(field.russian)»: "
                + "допустимо от \(field.bounds.lowerBound) до \(field.bounds.upperBound)."
        case .backwardRange(let text, let field):
            "Диапазон «\(text)» в поле «\(field.russian)» заканчивается раньше, чем начинается. "
                + "Запишите его двумя частями через запятую, например \(field.splitExample)."
        case .badStep(let step, let field, let largest):
            "Шаг \(step) в поле «\(field.russian)» должен быть от 1 до \(largest)."
        case .neverFires: "Такой даты не бывает, поэтому расписание никогда не сработает."
        }
    }
}
