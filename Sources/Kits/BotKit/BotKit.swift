// BotKit: to be written.
