import Storage
import Support
import TelegramAPI

extension Bot {
    /// Asks Telegram who the bot is, as often as it takes; nil where the end was asked for meanwhile.
    func introduce(until shutdown: Shutdown) async throws -> BotIdentity? {
        var state = PollerState(offset: nil, rules: core.configuration.polling)
        while !shutdown.isTriggered, !Task.isCancelled {
            do {
                let me = try await core.sender.call(GetMe())
                return BotIdentity(id: me.id, username: me.username ?? "", name: me.firstName)
            } catch .unauthorized {
                throw BotError.unauthorized
            } catch {
                core.logger.warning("Telegram does not answer yet", ["error": .string("\(error)")])
                state.failed(PollerState.Failure(error), jitter: .random(in: 0..<1))
                guard case .wait(let duration) = state.next() else { continue }
                await core.time.pause(duration, unless: shutdown)
            }
        }
        return nil
    }

    /// Sets the command menus that differ from what was set last; a fault is logged, since the bot works without.
    ///
    /// Telegram takes an owner's menu only after the owner has written to the bot: call it then too.
    public func setCommands() async {
        guard core.configuration.setsCommands else { return }
        let menus = CommandMenu.menus(
            core.commands, default: core.configuration.defaultLanguage, owners: core.configuration.owners)
        for menu in menus {
            do {
                let (name, value) = (menu.storedName, menu.storedValue)
                let bot = core.bot
                let known: String? = try await core.database.read { connection in
                    try connection.value("SELECT value FROM bot_values WHERE bot = \(bot) AND name = \(name)")
                }
                guard known != value else { continue }
                try await core.sender.call(menu.method)
                try await core.database.execute(
                    """
                    INSERT INTO bot_values (bot, name, value) VALUES (\(bot), \(name), \(value))
                    ON CONFLICT (bot, name) DO UPDATE SET value = excluded.value
                    """)
            } catch TelegramError.notFound(.chat, _) {
                core.logger.info("an owner has not written to the bot yet", ["menu": .string(menu.storedName)])
            } catch {
                core.logger.warning("a command menu cannot be set", ["error": .string("\(error)")])
            }
        }
    }

    /// Tells Telegram where to call.
    func setWebhook(_ configuration: WebhookConfiguration) async throws {
        try await core.sender.call(
            SetWebhook(
                url: configuration.url, maxConnections: configuration.maximumConnections,
                allowedUpdates: updateKinds.map(\.rawValue).sorted(), secretToken: configuration.secret.reveal()))
    }

    /// Forgets old updates, dialogues and broadcasts every quarter of an hour, until cancelled.
    ///
    /// Each time it goes by where the clock stood the last time: after a clock has jumped ahead, what was handled a
    /// moment ago looks old, and Telegram may still deliver it again.
    func cleanUp() async {
        while !Task.isCancelled {
            let seen = core.time.now
            do { try await core.time.sleep(for: .seconds(900)) } catch { return }
            do {
                let moment = min(seen, core.time.now)
                let limit = moment.adding(.zero - core.configuration.retention)
                let count = try await core.inbox.forget(handledBefore: limit)
                try await ListArguments(core: core).forgetOld(at: moment)
                let expired = moment - DialogueStore.memory
                _ = try await core.dialogues.forget(expiredBefore: expired, in: core.database)
                if count > 0 { core.logger.debug("old updates forgotten", ["count": .integer(count)]) }
                let store = core.broadcaster.store
                let ended = moment.adding(.zero - Broadcaster.retention)
                try await core.database.write { try store.forget(endedBefore: ended, in: $0) }
            } catch {
                core.logger.warning("what is old cannot be forgotten", ["error": .string("\(error)")])
            }
        }
    }
}

extension CommandMenu {
    fileprivate var storedName: String { "commands \(audience.name) \(language?.rawValue ?? "*")" }
    fileprivate var storedValue: String {
        commands.map { "\($0.command)\t\($0.description)" }.joined(separator: "\n")
    }
}
