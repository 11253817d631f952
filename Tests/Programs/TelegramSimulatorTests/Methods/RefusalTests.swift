import Testing

@testable import TelegramSimulator

/// What a call is refused with, word by word.
@Suite(.timeLimit(.minutes(1))) struct RefusalTests {
    private static func refuses(_ method: String, _ fields: String, _ reason: String) async throws {
        try await Stage.run { (stage: Stage) async throws -> Void in
            try await stage.start()
            let reply = try await stage.call(method, "{\(fields)}")
            #expect(reply.status == 400)
            #expect(reply.description == "Bad Request: \(reason)")
        }
    }

    @Test(arguments: [
        ("sendContact", #""chat_id":501,"first_name":"A""#, "phone_number"),
        ("sendContact", #""chat_id":501,"phone_number":"1""#, "first_name"),
        ("sendGame", #""chat_id":501"#, "game_short_name"),
        ("sendMediaGroup", #""chat_id":501"#, "media"),
        ("editMessageMedia", #""chat_id":501,"message_id":1"#, "media"),
        ("copyMessage", #""chat_id":501,"message_id":1"#, "from_chat_id"),
        ("copyMessages", #""chat_id":501,"message_ids":[1]"#, "from_chat_id"),
        ("forwardMessage", #""chat_id":501,"message_id":1"#, "from_chat_id"),
        ("forwardMessages", #""chat_id":501,"message_ids":[1]"#, "from_chat_id"),
        ("sendInvoice", #""chat_id":501"#, "title"),
        ("sendInvoice", #""chat_id":501,"title":"T""#, "description"),
        ("sendInvoice", #""chat_id":501,"title":"T","description":"D""#, "payload"),
        ("createInvoiceLink", #""title":"T","description":"D","payload":"p""#, "currency"),
        ("createInvoiceLink", #""title":"T","description":"D","payload":"p","currency":"XTR""#, "prices"),
        ("answerShippingQuery", #""shipping_query_id":"1","ok":true"#, "shipping_options"),
        ("answerShippingQuery", #""shipping_query_id":"1","ok":false"#, "error_message"),
        ("answerPreCheckoutQuery", #""pre_checkout_query_id":"1""#, "error_message"),
        ("refundStarPayment", #""user_id":501"#, "telegram_payment_charge_id"),
    ])
    func `a parameter that is needed is named`(method: String, fields: String, name: String) async throws {
        try await Self.refuses(method, fields, "parameter \"\(name)\" is required")
    }

    @Test(arguments: [
        ("editMessageText", #""chat_id":501,"message_id":99,"text":"x""#, "message to edit not found"),
        ("editMessageText", #""chat_id":501,"text":"x""#, "message to edit not found"),
        ("editMessageText", #""message_id":1,"text":"x""#, "chat_id is empty"),
        ("editMessageCaption", #""chat_id":501,"message_id":99"#, "message to edit not found"),
        ("editMessageReplyMarkup", #""chat_id":501,"message_id":99"#, "message to edit not found"),
        ("editMessageText", #""inline_message_id":"x","text":"x""#, "MESSAGE_ID_INVALID"),
        ("deleteMessage", #""chat_id":501,"message_id":99"#, "message to delete not found"),
        ("deleteMessage", #""message_id":99"#, "chat identifier is not specified"),
        ("deleteMessage", #""chat_id":501"#, "message identifier is not specified"),
        ("forwardMessage", #""chat_id":501,"from_chat_id":501,"message_id":99"#, "message to forward not found"),
        ("forwardMessage", #""chat_id":501,"from_chat_id":501"#, "message to forward not found"),
        ("copyMessage", #""chat_id":501,"from_chat_id":501,"message_id":99"#, "message to copy not found"),
        ("pinChatMessage", #""chat_id":501,"message_id":99"#, "message to pin not found"),
        ("unpinChatMessage", #""chat_id":501,"message_id":99"#, "message to unpin not found"),
        ("setMessageReaction", #""chat_id":501,"message_id":99"#, "message to react not found"),
        ("stopPoll", #""chat_id":501,"message_id":99"#, "message with poll to stop not found"),
        ("stopPoll", #""chat_id":501"#, "message with poll to stop not found"),
        (
            "setGameScore", #""chat_id":501,"message_id":99,"user_id":501,"score":1"#,
            "message to set game score not found"
        ),
        (
            "getGameHighScores", #""chat_id":501,"message_id":99,"user_id":501"#,
            "message to get game high scores not found"
        ),
        ("sendMessage", #""chat_id":501,"text":"x","reply_to_message_id":99"#, "message to be replied not found"),
        ("sendMessage", #""chat_id":501,"text":"x","message_thread_id":99"#, "message thread not found"),
    ])
    func `a message that is not there is named by what was to be done`(method: String, fields: String, reason: String)
        async throws
    {
        try await Self.refuses(method, fields, reason)
    }

    @Test(arguments: [
        ("deleteMessages", "", "message identifiers are not specified"),
        ("deleteMessages", #","message_ids":[]"#, "message identifiers are not specified"),
        ("deleteMessages", #","message_ids":"[1""#, "can't parse message_ids JSON object"),
        ("deleteMessages", #","message_ids":7"#, "expected an Array of message identifiers"),
        ("deleteMessages", #","message_ids":[{}]"#, "message identifier must be a Number"),
        ("deleteMessages", #","message_ids":["x"]"#, "can't parse message identifier as Number"),
        ("deleteMessages", #","message_ids":[0]"#, "invalid message identifier specified"),
        (
            "forwardMessages", #","from_chat_id":501,"message_ids":[2,1]"#,
            "message identifiers must be in a strictly increasing order"
        ),
        (
            "copyMessages", #","from_chat_id":501,"message_ids":[1,1]"#,
            "message identifiers must be in a strictly increasing order"
        ),
    ])
    func `lists of messages are checked`(method: String, fields: String, reason: String) async throws {
        try await Self.refuses(method, #""chat_id":501\#(fields)"#, reason)
    }

    @Test(arguments: ["deleteMessages", "forwardMessages", "copyMessages"])
    func `no more than a hundred messages at once`(method: String) async throws {
        for (count, isTooMany) in [(100, false), (101, true)] {
            try await Stage.run { (stage: Stage) async throws -> Void in
                try await stage.start()
                let ids = (1...count).map(String.init).joined(separator: ",")
                let reply = try await stage.call(
                    method, #"{"chat_id":501,"from_chat_id":501,"message_ids":[\#(ids)]}"#)
                #expect((reply.description == "Bad Request: too many message identifiers specified") == isTooMany)
            }
        }
    }

    @Test(arguments: [
        ("sendChatAction", "", "wrong parameter action in request"),
        ("sendChatAction", #""chat_id":501,"action":"dancing""#, "wrong parameter action in request"),
        ("setMyCommands", #""commands":"[""#, "can't parse commands JSON object"),
        ("setMyCommands", #""commands":{}"#, "expected an Array of BotCommand"),
        ("setMyCommands", #""commands":[1]"#, "can't parse BotCommand: expected an Object"),
        (
            "setMyCommands", #""commands":[{"command":"a"}]"#,
            #"can't parse BotCommand: Can't find field "description""#
        ),
        ("setMyCommands", #""commands":[{"command":"","description":"x"}]"#, "command must be non-empty"),
        ("getMyCommands", #""scope":"{""#, "can't parse BotCommandScope JSON object"),
        ("getMyCommands", #""scope":[]"#, "can't parse BotCommandScope: BotCommandScope must be an Object"),
        ("getMyCommands", #""scope":{}"#, #"can't parse BotCommandScope: Can't find field "type""#),
        ("getMyCommands", #""scope":{"type":"x"}"#, "can't parse BotCommandScope: Unsupported type specified"),
        (
            "deleteMyCommands", #""scope":{"type":"chat"}"#,
            #"can't parse BotCommandScope: Can't find field "chat_id""#
        ),
        (
            "deleteMyCommands", #""scope":{"type":"chat_member","chat_id":501,"user_id":0}"#,
            "can't parse BotCommandScope: Invalid user_id specified"
        ),
        ("setChatMenuButton", #""menu_button":1"#, "can't parse menu button: MenuButton must be an Object"),
        (
            "setMyDefaultAdministratorRights", #""rights":"{""#,
            "can't parse ChatAdministratorRights JSON object"
        ),
        (
            "setMyDefaultAdministratorRights", #""rights":[]"#,
            "can't parse ChatAdministratorRights: ChatAdministratorRights must be an Object"
        ),
        ("getFile", "", "file_id not specified"),
        ("getChatMember", #""chat_id":501"#, "invalid user_id specified"),
        (
            "setMessageReaction", #""chat_id":501,"message_id":1,"reaction":"[""#,
            "can't parse reaction types JSON object"
        ),
        ("setMessageReaction", #""chat_id":501,"message_id":1,"reaction":{}"#, "expected an Array of ReactionType"),
        (
            "setMessageReaction", #""chat_id":501,"message_id":1,"reaction":[7]"#,
            "can't parse ReactionType: expected an Object"
        ),
        (
            "setMessageReaction", #""chat_id":501,"message_id":1,"reaction":[{"type":"odd"}]"#,
            "can't parse ReactionType: invalid reaction type specified"
        ),
        (
            "setMessageReaction", #""chat_id":501,"message_id":1,"reaction":[{"type":"emoji"}]"#,
            #"can't parse ReactionType: Can't find field "emoji""#
        ),
        ("getChatMenuButton", #""chat_id":-4001"#, "invalid chat_id specified"),
        ("setChatMenuButton", #""chat_id":999"#, "user not found"),
    ])
    func `what cannot be read is named`(method: String, fields: String, reason: String) async throws {
        try await Self.refuses(method, fields, reason)
    }

    @Test(arguments: [
        ("sendMessage", #""chat_id":501,"text":"x","business_connection_id":"b""#, "business connection not found"),
        (
            "sendChatAction", #""chat_id":501,"action":"typing","business_connection_id":"b""#,
            "business connection not found"
        ),
        (
            "sendMessage", #""chat_id":501,"text":"x","direct_messages_topic_id":4"#,
            "direct_messages_topic_id is not simulated"
        ),
        (
            "sendPhoto", #""chat_id":501,"photo":"x","suggested_post_parameters":{}"#,
            "suggested_post_parameters is not simulated"
        ),
        ("sendMessage", #""chat_id":501,"text":"x","receiver_user_id":502"#, "receiver_user_id is not simulated"),
        (
            "sendMessage", #""chat_id":501,"text":"x","ephemeral_message_parameters":{"receiver_user_id":502}"#,
            "ephemeral_message_parameters is not simulated"
        ),
        ("editMessageText", #""chat_id":501,"message_id":1,"rich_message":{}"#, "rich_message is not simulated"),
        ("sendPoll", #""chat_id":501,"question":"Q","options":["a"],"media":{}"#, "media is not simulated"),
        (
            "sendPoll", #""chat_id":501,"question":"Q","options":["a"],"allow_adding_options":true"#,
            "allow_adding_options is not simulated"
        ),
        (
            "sendMessage", #""chat_id":501,"text":"x","reply_parameters":{"message_id":1,"checklist_task_id":2}"#,
            "checklist_task_id is not simulated"
        ),
    ])
    func `what is not simulated is said, not passed over`(method: String, fields: String, reason: String) async throws {
        try await Self.refuses(method, fields, reason)
    }
}
