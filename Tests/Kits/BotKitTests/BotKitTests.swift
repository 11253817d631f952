// BotKitTests: to be written.
