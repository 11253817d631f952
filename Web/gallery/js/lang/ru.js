export const ru = {
  title: 'Галерея', language: 'Язык', signOut: 'Выйти', signOutAll: 'Выйти везде', skip: 'К содержанию',
  loading: 'Загружаю…', offline: 'Бот не отвечает. Данные на {time}.', retry: 'Повторить',
  unreadable: 'Эту часть сейчас не удаётся прочитать, причина – в журнале.',
  today: 'сегодня в {time}', tomorrow: 'завтра в {time}', yesterday: 'вчера в {time}', justNow: 'только что',
  // Вход
  signIn: 'Войти', signInHint: 'Отправьте боту /dashboard в личной переписке и откройте ссылку, которую он пришлёт.',
  linkFailed: 'Эта ссылка уже использована или устарела. Отправьте боту /dashboard, и он пришлёт новую.',
  passwordFailed: 'Пароль не подходит.', tooOften: 'Слишком много попыток. Подождите немного.', password: 'Пароль',
  orPassword: 'Или введите пароль из настроек:', signedOut: 'Вы вышли.', failed: 'Не получилось: {reason}',
  wrongHost: 'Бот не знает этого адреса. Укажите его в gallery.web.url или откройте тот, что приходит по /dashboard.',
  // Цифры
  figures: 'Коротко', sentToday: 'Сегодня', sentWeek: 'За 7 дней', sentAll: 'Всего отправлено', people: 'Люди', chats: 'Чаты',
  library: 'В коллекции', likes: 'Нравится', dislikes: 'Не нравится',
  // Состояние
  health: 'Состояние', up_database: 'База данных', up_telegram: 'Telegram', up_stash: 'Stash', up_immich: 'Immich', up_folder: 'Папка с фото',
  fine: 'Работает', failing: 'Не работает', milliseconds: '{n} мс', lastFault: 'Последний сбой {time}: {text}', noFault: 'Сбоев с момента запуска не было',
  allWell: 'Всё работает', someTrouble: { one: 'Не работает {n} служба', few: 'Не работают {n} службы', many: 'Не работают {n} служб', other: 'Не работают {n} службы' },
  // Расписания
  schedules: 'Расписания', noSchedules: 'По расписанию пока ничего не отправляется. Напишите боту /every day 10:00 в том чате, куда нужны фото.',
  next: 'Дальше', paused: 'Пауза', pausedUntil: 'Пауза до {time}', pause: 'Приостановить', resume: 'Возобновить', pauseOf: 'Приостановить расписания чата «{chat}»',
  resumeOf: 'Возобновить расписания чата «{chat}»', pauseOne: 'Приостановить: {name}', resumeOne: 'Возобновить: {name}', configured: 'из настроек', never: 'никогда', unreachable: 'Чат недоступен: {reason}',
  silent: 'без звука', photos: { one: '{n} фото', few: '{n} фото', many: '{n} фото', other: '{n} фото' }, quiet: 'тихие часы {from}–{until}',
  // Последние
  recent: 'Последние отправленные', noRecent: 'Пока не отправлено ни одного фото. Напишите боту /random.', untitled: 'Без названия', to: 'кому: {chat}',
  source_asked: 'по запросу', source_schedule: 'по расписанию', source_album: 'альбом', source_today: 'этот день', noPicture: 'Нет картинки',
  moreRecent: 'Показать ещё', lessRecent: 'Свернуть',
  // Голоса
  votes: 'Голоса', noVotes: 'За это время никто не голосовал. Кнопки 👍 и 👎 есть под каждым фото.', span: 'Период',
  days: { one: '{n} день', few: '{n} дня', many: '{n} дней', other: '{n} дня' },
  year: '1 год', liked: 'Нравится', disliked: 'Не нравится', day: 'День', plotTitle: 'Голоса по дням',
  plotDescription: 'Нравится – {up}, не нравится – {down}, с {from} по {until}. Стрелками можно переходить по дням.', asTable: 'Таблицей',
  dayValue: '{day}: нравится – {up}, не нравится – {down}', weekOf: 'неделя с {day}', plotDescriptionWeeks: 'Нравится – {up}, не нравится – {down}, с {from} по {until}, по неделям. Стрелками можно переходить по неделям.',
  // Галереи
  galleries: 'Галереи', mostLiked: 'Нравятся больше всего', mostDisliked: 'Нравятся меньше всего', noGalleries: 'Когда появятся голоса, здесь будут любимые галереи.', noneDisliked: 'Ни у одной галереи нет перевеса 👎.',
  noneLiked: 'Ни у одной галереи пока нет перевеса 👍.',
  tally: 'нравится – {up}, не нравится – {down}',
  // Круги и люди
  rounds: 'Круги', noRounds: 'Круг начинается с первого фото в чате.', roundOf: 'Круг {n}', shownOf: 'показано {shown} из {all}', shownOnly: 'показано {shown}',
  peopleTitle: 'Люди', noPeople: 'Пока никому нельзя пользоваться ботом.', name: 'Имя', status: 'Доступ', received: 'Фото', lastPhoto: 'Последнее фото',
  status_configured: 'в настройках', status_allowed: 'есть доступ', status_denied: 'нет доступа', status_owner: 'владелец', person: 'Человек {id}', group: 'Группа {id}',
}
