export const ru = {
  // Места и части
  chats: 'Чаты', search: 'Поиск', nothingFound: 'Ничего не найдено', chooseChat: 'Выберите чат, чтобы начать общение',
  topics: 'Темы', allTopics: 'Все', closedTopic: '{name}, закрыта',
  menuOf: '{name}: люди, новые чаты, настройки', messages: 'Сообщения', back: 'Назад', chatInfo: 'Информация о чате',
  skipToMessage: 'К полю сообщения', you: 'Вы', bot: 'бот', blockedBot: 'бот, заблокирован', menu: 'Меню', botMenu: 'Команды бота',
  unread: { one: '{n} непрочитанное сообщение', few: '{n} непрочитанных сообщения', many: '{n} непрочитанных сообщений', other: '{n} непрочитанных сообщения' },
  members: { one: '{n} участник', few: '{n} участника', many: '{n} участников', other: '{n} участника' },
  subscribers: { one: '{n} подписчик', few: '{n} подписчика', many: '{n} подписчиков', other: '{n} подписчика' },
  emptyBot: 'Здесь пока пусто. Нажмите «Начать», чтобы поговорить с {name}.', emptyChat: 'Здесь пока нет сообщений', noMessagesYet: 'Пока нет сообщений',
  today: 'Сегодня', yesterday: 'Вчера', toEnd: 'К последнему сообщению', draft: 'Черновик', stopAnswer: 'Остановить', edited: 'изменено', message: 'Сообщение',
  inlineResults: 'Результаты инлайн-запроса', messageMenu: 'Действия с сообщением', pinnedMessage: 'Закреплённое сообщение', messageGone: 'Этого сообщения здесь больше нет',
  noSuchUser: 'Здесь нет никого по имени {name}', forwardedFrom: 'Переслано от ', via: 'через ', writing: 'пишет',
  // Поле ввода
  writeMessage: 'Сообщение', broadcast: 'Публикация в канале', send: 'Отправить', attach: 'Прикрепить файлы', emoji: 'Эмодзи',
  keyboard: 'Клавиатура бота', start: 'Начать', unblock: 'Разблокировать', cannotWrite: 'Сюда нельзя писать', editing: 'Редактирование',
  replyingTo: 'В ответ: {name}', dropHere: 'Перетащите файлы сюда, чтобы отправить', buttons: 'Кнопки',
  sendFiles: { one: 'Отправить {n} файл', few: 'Отправить {n} файла', many: 'Отправить {n} файлов', other: 'Отправить {n} файла' },
  sendAsFiles: 'Отправить как файлы, без сжатия', caption: 'Подпись', removeFile: 'Убрать {name}', tooManyFiles: 'За один раз можно отправить не больше {n} файлов.',
  // Действия с сообщением
  reply: 'Ответить', replyTo: 'Ответ на сообщение, {name}: {text}', edit: 'Изменить', copyText: 'Скопировать текст', copy: 'Скопировать', copyCode: 'Скопировать код', code: 'Код',
  copied: 'Скопировано', copyFailed: 'Браузер не разрешает копировать', pin: 'Закрепить', unpin: 'Открепить', delete: 'Удалить',
  deleteMessage: 'Удалить сообщение', deleteQuestion: 'Оно исчезнет у всех участников чата.', reactions: 'Реакции',
  reactWith: 'Поставить реакцию {emoji}', reaction: '{emoji}, реакций: {count}',
  spoiler: 'Скрытый текст, нажмите, чтобы показать', hiddenText: 'скрытый текст', uncover: 'Нажмите, чтобы показать', coveredMedia: '{name}, скрыто, нажмите, чтобы показать', expandQuote: 'Показать цитату целиком', collapseQuote: 'Свернуть', customEmoji: 'Особый эмодзи',
  // Ссылки и кнопки
  openLink: 'Открыть ссылку?', open: 'Открыть', cancel: 'Отмена', close: 'Закрыть', ok: 'ОК', save: 'Сохранить',
  create: 'Создать', add: 'Добавить', noAnswer: 'Бот не ответил',
  button_url: 'Открывает ссылку', button_login_url: 'Открывает ссылку со входом', button_web_app: 'Открывает мини-приложение', button_copy_text: 'Копирует текст',
  button_switch_inline: 'Начинает инлайн-запрос', button_switch_inline_current: 'Начинает инлайн-запрос здесь', button_pay: 'Оплата', button_game: 'Запускает игру',
  // Медиа
  media_photo: 'Фотография', media_video: 'Видео', media_animation: 'GIF', media_audio: 'Музыка', media_voice: 'Голосовое сообщение',
  media_video_note: 'Видеосообщение', media_document: 'Файл', media_sticker: 'Стикер', media_poll: 'Опрос', media_location: 'Геопозиция',
  media_contact: 'Контакт', media_live_photo: 'Живое фото', media_game: 'Игра', media_paid: 'Платные медиа', liveLocation: 'Перемещается', album: 'Альбом, элементов: {n}', downloadFile: 'Скачать {name}, {size}', download: 'Скачать',
  viewer: 'Просмотр', previous: 'Предыдущее', next: 'Следующее', playNamed: 'Воспроизвести {name}', pause: 'Пауза', seek: 'Позиция', cannotPlay: 'Не удаётся воспроизвести',
  diceValue: '{emoji}: {value}', unitB: 'Б', unitKB: 'КБ', unitMB: 'МБ', unitGB: 'ГБ',
  // Опросы и платежи
  quiz: 'Викторина', anonymousPoll: 'Анонимный опрос', publicPoll: 'Открытый опрос', pollClosed: 'Опрос завершён', vote: 'Голосовать', retractVote: 'Отозвать голос', yourVote: 'ваш голос', rightAnswer: 'верный ответ', wrongAnswer: 'неверный ответ',
  votes: { one: '{n} голос', few: '{n} голоса', many: '{n} голосов', other: '{n} голоса' }, paid: 'Оплачено', payTitle: 'Оплата', pay: 'Заплатить {price}',
  payHint: 'Деньги не списываются: это симулятор.', payNow: 'Оплатить',
  payTip: 'Чаевые', payName: 'Имя', payPhone: 'Телефон', payEmail: 'Почта', payAddress: 'Адрес', payShipping: 'Доставка', unlock: 'Открыть за {price}', paymentDone: 'Оплачено', paymentFailed: 'Платёж отклонён', payWaiting: 'Ждём ответа бота…',
  receipt: 'Чек', receiptRefunded: 'Возврат', receiptNumber: 'Номер',
  // О чём просят кнопки клавиатуры
  shareContact: 'Поделиться номером телефона', shareLocation: 'Поделиться местом', latitude: 'Широта', longitude: 'Долгота', shareUsers: 'Поделиться людьми',
  chooseUpTo: { one: 'Выберите {n}', few: 'Выберите не больше {n}', many: 'Выберите не больше {n}', other: 'Выберите не больше {n}' },
  nobodyFits: 'Здесь нет никого, о ком спрашивает бот.', shareChat: 'Поделиться чатом', shareChatHint: 'Бот узнает, какой это чат.', newPoll: 'Новый опрос', pollQuestion: 'Вопрос', pollOption: 'Вариант {n}',
  // Мини-приложения
  appSettings: 'Настройки', appReload: 'Перезагрузить', appCloseQuestion: 'Внесённые изменения могут не сохраниться.', allow: 'Разрешить', share: 'Поделиться', chooseOne: 'Кому отправить',
  appWriteAccess: 'Разрешить {name} присылать вам сообщения?', appPhone: 'Поделиться номером телефона с {name}?', appUnsupported: 'Истории в симуляторе не поддерживаются',
  appScan: 'Сканирование кода', appScanText: 'Камеры здесь нет. Что написано в коде?',
  // Кто что делает
  action_typing: 'печатает…', action_upload_photo: 'отправляет фото…', action_record_video: 'записывает видео…', action_upload_video: 'отправляет видео…',
  action_record_voice: 'записывает голосовое…', action_upload_voice: 'отправляет голосовое…', action_upload_document: 'отправляет файл…',
  action_choose_sticker: 'выбирает стикер…', action_find_location: 'выбирает место…', action_record_video_note: 'записывает видеосообщение…',
  action_upload_video_note: 'отправляет видеосообщение…', severalTyping: 'Печатают: {n}…',
  // Служебные сообщения
  service_joined: 'В чате новые участники', service_left: 'Участник покинул чат', service_pinned: '{name}: сообщение закреплено',
  service_created: 'Создан чат «{title}»', service_title: 'Чат теперь называется «{title}»', service_upgraded: 'Группа стала супергруппой', service_photo: '{name}: фото чата изменено', service_shared: '{name}: данные переданы боту',
  service_paid: 'Оплачено: {amount}', service_refunded: 'Возвращено: {amount}', service_app_data: 'Данные из «{title}» переданы боту', service_allowed: 'Боту разрешено писать сообщения',
  // Люди, группы, настройки
  newPerson: 'Новый человек', newGroup: 'Новая группа или канал', firstName: 'Имя', lastName: 'Фамилия', username: 'Имя пользователя', language: 'Язык',
  groupTitle: 'Название', groupType: 'Вид', supergroup: 'Супергруппа', basicGroup: 'Обычная группа', channel: 'Канал', addMembers: 'Добавить участников',
  nobodyLeft: 'Все уже здесь.', blockBot: 'Заблокировать бота', leave: 'Выйти', leaveQuestion: 'Выйти из чата «{name}»?', openChat: 'Открыть чат',
  promote: 'Сделать администратором', demote: 'Снять права администратора', removeMember: 'Удалить из чата', role_creator: 'владелец', role_administrator: 'админ',
  role_member: 'участник', role_restricted: 'ограничен', role_left: 'не в чате', role_kicked: 'удалён',
  theme: 'Тема', theme_auto: 'как в системе', theme_light: 'светлая', theme_dark: 'тёмная', languageOf: 'Язык пользователя {name}',
  languageHint: 'Боты видят его в каждом обновлении.', languageOfPage: 'Язык этой страницы', asPerson: 'Как у пользователя',
  // Инспектор
  inspector: 'Инспектор', showInspector: 'Показать инспектор', hideInspector: 'Скрыть инспектор', filter: 'Фильтр', pauseLog: 'Приостановить',
  resumeLog: 'Продолжить, новых записей: {n}', clearLog: 'Очистить', log_call: 'Вызовы', log_update: 'Обновления', log_webhook: 'Вебхуки',
  nothingLogged: 'Пока пусто. Здесь появятся вызовы ботов и обновления для них.', arguments: 'Аргументы', result: 'Результат', error: 'Ошибка', update: 'Обновление', milliseconds: '{n} мс',
  // Связь
  offline: 'Нет связи с симулятором. Пробуем снова…', retry: 'Попробовать сейчас', noConnection: 'Нет связи с симулятором',
  // Клавиши
  shortcuts: 'Клавиатура', keySearch: 'Поиск по чатам', keyChats: 'Предыдущий или следующий чат', keySend: 'Отправить', keyLine: 'Новая строка',
  keyEditLast: 'Изменить последнее своё сообщение', keyReply: 'Ответить на последнее сообщение', keyMessages: 'Переход по сообщениям',
  keyActions: 'На сообщении: ответить, изменить, скопировать, удалить', keyMenu: 'На сообщении: все действия', keyFormat: 'Полужирный, курсив', keyInspector: 'Инспектор', keyBack: 'Назад',
}
