/// The arguments that all methods share which send messages.
struct SendArguments: Sendable {
    var key: ChatKey
    var reply: Reply?
    var markup: ReplyMarkup?
    var isSilent: Bool
    var isProtected: Bool
    var effect: String?
    /// The topic that the message goes to.
    var thread: Int?

    /// Reads them in the service's order: markup, then the chat, then the message to reply to.
    ///
    /// - Parameters:
    ///   - rights: What the bot must be allowed, checked in this order.
    ///   - buttons: The buttons that this kind of message alone may have.
    static func parse(
        _ call: Call, in world: inout World, rights: [SendingRight], count: Int = 1,
        buttons: KeyboardRules.Special = .none
    ) throws(APIError) -> Self {
        let arguments = call.arguments
        let markup = try MarkupArgument.parse(arguments, isLocal: world.options.allowsLoopback)
        let key = try world.chat(arguments, for: call.bot)
        // Somebody who asks to be let in may be written to, though they have never begun a chat.
        if case .dialog(let bot, let user) = key { _ = world.openDialog(bot: bot, user: user) }
        if let markup { try KeyboardRules.check(markup, in: key, world) }
        try world.checkRights(rights, in: key, for: call.bot)
        let named = try world.thread(arguments, in: key, for: call.bot)
        let reply = try ReplyArgument.parse(arguments, in: key, for: call.bot, world)
        let thread =
            named
            ?? reply.flatMap { $0.chat == nil ? world.chats[key]?.message($0.message)?.thread : nil }
        if case .inline(let keyboard)? = markup {
            try KeyboardRules.check(keyboard, buttons, isPrivate: key.isDialog)
        }
        try world.checkFlood(key, by: call.bot, cost: count, isPaid: arguments.bool("allow_paid_broadcast"))
        return Self(
            key: key, reply: reply, markup: markup, isSilent: arguments.bool("disable_notification"),
            isProtected: arguments.bool("protect_content"),
            effect: arguments["message_effect_id"].isEmpty ? nil : arguments["message_effect_id"], thread: thread)
    }
}

extension World {
    /// Sends a message of a bot; answers it as it is stored.
    mutating func send(_ content: Content, _ send: SendArguments, by bot: Int64, album: String? = nil) -> Message {
        var message = Message(id: 0, date: now, content: withKnownMentions(content))
        name(&message, by: bot, in: send.key)
        message.reply = send.reply
        message.thread = send.thread
        message.isSilent = send.isSilent
        message.isProtected = send.isProtected
        message.effect = send.effect
        message.album = album
        if case .inline(let keyboard)? = send.markup, !keyboard.isEmpty { message.keyboard = keyboard }
        let sent = post(message, in: send.key)
        if let markup = send.markup { apply(markup, of: sent, in: send.key) }
        return sent
    }

    /// Puts the name over a message under which a bot writes in a chat: its own, the group's or the channel's.
    func name(_ message: inout Message, by bot: Int64, in key: ChatKey) {
        message.sender = isChannel(key) ? nil : bot
        // A post of a channel shows nobody, but is its bot's to edit and to delete.
        if isChannel(key) { message.author = bot }
        if case .shared(let id) = key, chats[key]?.members[bot]?.isAnonymous == true, !isChannel(key) {
            message.sender = Account.groupAnonymousBot
            message.author = bot
            message.senderChat = id
        }
    }

    func isChannel(_ key: ChatKey) -> Bool { chats[key]?.kind == .channel }

    /// Changes the keyboards below the input fields of the people a message is for.
    private mutating func apply(_ markup: ReplyMarkup, of message: Message, in key: ChatKey) {
        let keyboard: ReplyKeyboard?
        let isSelective: Bool
        switch markup {
        case .inline: return
        case .keyboard(var board, let selective):
            board.message = message.id
            (keyboard, isSelective) = (board, selective)
        case .remove(let selective): (keyboard, isSelective) = (nil, selective)
        case .forceReply(let placeholder, let selective):
            let board = ReplyKeyboard(message: message.id, isForceReply: true, placeholder: placeholder)
            (keyboard, isSelective) = (board, selective)
        }
        var people = viewers(of: key)
        if isSelective, !key.isDialog {
            let answered = message.reply.flatMap { chats[key]?.message($0.message)?.writer }
            let mentioned = mentioned(in: message.text ?? message.caption ?? .empty)
            people = people.filter { $0 == answered || mentioned.contains($0) }
        }
        editChat(key) { chat in for person in people { chat.keyboards[person] = keyboard } }
        for person in people { effects.events.append(.keyboard(key, person)) }
    }

    /// The answer of a method that sends one message.
    func answer(_ message: Message, in key: ChatKey) -> Answer {
        guard let chat = chats[key] else { return .yes }
        return .writing { write(message, in: chat, to: &$0) }
    }
}
