// TelegramAPI: to be written.
