import JSON
import Testing

@testable import TelegramAPI

@Suite struct `Updates` {
    static let user = #"{"id":7,"is_bot":false,"first_name":"Ann"}"#
    static let chat = #"{"id":-100,"type":"supergroup","title":"G"}"#
    static let message = #"{"message_id":1,"date":2,"chat":\#(chat),"from":\#(user),"text":"t"}"#
    static let member = #"{"status":"member","user":\#(user)}"#

    /// Kind, value, and whether the update has a chat and a sender.
    static let rows: [(kind: UpdateKind, json: String, hasChat: Bool, hasSender: Bool)] = [
        (.message, message, true, true), (.editedMessage, message, true, true),
        (.channelPost, #"{"message_id":1,"date":2,"chat":\#(chat),"sender_chat":\#(chat)}"#, true, false),
        (.editedChannelPost, #"{"message_id":1,"date":2,"chat":\#(chat),"edit_date":3}"#, true, false),
        (.businessConnection, #"{"id":"b","user":\#(user),"user_chat_id":7,"date":1,"is_enabled":true}"#, false, true),
        (.businessMessage, message, true, true), (.editedBusinessMessage, message, true, true),
        (.deletedBusinessMessages, #"{"business_connection_id":"b","chat":\#(chat),"message_ids":[1,2]}"#, true, false),
        (.guestMessage, message, true, true),
        (
            .messageReaction,
            #"{"chat":\#(chat),"message_id":1,"user":\#(user),"date":2,"old_reaction":[],"new_reaction":[{"type":"emoji","emoji":"👍"},{"type":"new"}]}"#,
            true, true
        ),
        (
            .messageReactionCount,
            #"{"chat":\#(chat),"message_id":1,"date":2,"reactions":[{"type":{"type":"paid"},"total_count":3}]}"#, true,
            false
        ),
        (.inlineQuery, #"{"id":"1","from":\#(user),"query":"q","offset":""}"#, false, true),
        (.chosenInlineResult, #"{"result_id":"1","from":\#(user),"query":"q"}"#, false, true),
        (
            .callbackQuery, #"{"id":"1","from":\#(user),"message":\#(message),"chat_instance":"c","data":"d"}"#, true,
            true
        ),
        (
            .shippingQuery,
            #"{"id":"1","from":\#(user),"invoice_payload":"p","shipping_address":{"country_code":"DE","state":"","city":"B","street_line1":"s","street_line2":"","post_code":"1"}}"#,
            false, true
        ),
        (
            .preCheckoutQuery,
            #"{"id":"1","from":\#(user),"currency":"XTR","total_amount":5,"invoice_payload":"p"}"#, false, true
        ),
        (.purchasedPaidMedia, #"{"from":\#(user),"paid_media_payload":"p"}"#, false, true),
        (
            .poll,
            #"{"id":"1","question":"q","options":[],"total_voter_count":0,"is_closed":false,"is_anonymous":true,"type":"regular","allows_multiple_answers":false}"#,
            false, false
        ),
        (.pollAnswer, #"{"poll_id":"1","user":\#(user),"option_ids":[0],"option_persistent_ids":["a"]}"#, false, true),
        (
            .myChatMember,
            #"{"chat":\#(chat),"from":\#(user),"date":1,"old_chat_member":\#(member),"new_chat_member":{"status":"kicked","user":\#(user),"until_date":0}}"#,
            true, true
        ),
        (
            .chatMember,
            #"{"chat":\#(chat),"from":\#(user),"date":1,"old_chat_member":\#(member),"new_chat_member":{"status":"future"}}"#,
            true, true
        ),
        (.chatJoinRequest, #"{"chat":\#(chat),"from":\#(user),"user_chat_id":7,"date":1}"#, true, true),
        (
            .chatBoost,
            #"{"chat":\#(chat),"boost":{"boost_id":"b","add_date":1,"expiration_date":2,"source":{"source":"premium","user":\#(user)}}}"#,
            true, false
        ),
        (
            .removedChatBoost,
            #"{"chat":\#(chat),"boost_id":"b","remove_date":1,"source":{"source":"premium","user":\#(user)}}"#, true,
            false
        ),
        (.managedBot, #"{"user":\#(user),"bot":\#(user)}"#, false, true),
        (.subscription, "", false, true), (.stoppedMessageGeneration, "", true, false),
    ]

    @Test func `the table has every kind`() {
        #expect(Set(Self.rows.map(\.kind)) == Set(UpdateKind.allCases))
    }

    @Test(arguments: rows)
    func `are read by kind`(_ kind: UpdateKind, _ json: String, _ hasChat: Bool, _ hasSender: Bool) throws {
        var json = json
        if json.isEmpty {
            let schema = try JSONValue(parsing: contents("Schema/telegram-bot-api.json"))
            let type = (schema["types"]?["Update"]?[kind.rawValue]?.stringValue ?? "").split(separator: " ").first ?? ""
            json = SchemaSamples(schema: schema, hasOptionals: false).value(of: String(type)).description
        }
        let raw = try RawUpdate(webhookBody: Array(#"{"update_id":10,"\#(kind.rawValue)":\#(json),"later":[1]}"#.utf8))
        #expect(raw.updateID == 10)
        let (update, issue) = try raw.decode()
        #expect(issue == nil)
        #expect(update.content?.kind == kind)
        #expect((update.content?.chat != nil) == hasChat)
        #expect((update.content?.sender != nil) == hasSender)
    }

    @Test func `a wrong type in an optional field loses that field alone`() throws {
        let text =
            #"{"update_id":1,"message":{"message_id":1,"date":2,"chat":\#(Self.chat),"text":"kept","from":{"id":"seven"},"photo":[{"file_id":5}],"entities":{"a":1},"dice":null}}"#
        let (update, issue) = try RawUpdate(webhookBody: Array(text.utf8)).decode()
        #expect(update.message?.text == "kept")
        #expect(update.message?.from == nil)
        #expect(update.message?.photo == nil)
        #expect(update.message?.entities == nil)
        #expect(issue != nil)
    }

    @Test func `an update that says nothing readable keeps its number`() throws {
        let raw = try RawUpdate(webhookBody: Array(#"{"update_id":77,"message":{"message_id":1}}"#.utf8))
        #expect(raw.updateID == 77)
        let error = #expect(throws: JSONError.self) { try raw.decode() }
        #expect(error?.kind == .missingKey("date"))
    }

    @Test(arguments: ["", "[]", "{}", #"{"update_id":"x"}"#, #"{"update_id":1"#, #"{"update_id":1}x"#])
    func `what is no update is refused`(_ text: String) {
        #expect(throws: JSONError.self) { try RawUpdate(webhookBody: Array(text.utf8)) }
    }

    @Test func `a button below a message out of reach still has its chat`() throws {
        let text =
            #"{"update_id":1,"callback_query":{"id":"1","from":\#(Self.user),"message":{"chat":\#(Self.chat),"message_id":9,"date":0},"chat_instance":"c"}}"#
        let (update, _) = try RawUpdate(webhookBody: Array(text.utf8)).decode()
        #expect(update.callbackQuery?.message?.message == nil)
        #expect(update.callbackQuery?.message?.messageID == 9)
        #expect(update.content?.chat?.id == -100)
    }

    @Test func `rich text is text, a row of parts, or a marked part`() throws {
        let text = #"["a",{"type":"bold","text":["b",{"type":"italic","text":"c"}]},{"type":"sparkle"}]"#
        var reader = JSONReader(Array(text.utf8))
        let value = try RichText(from: &reader)
        guard case .sequence(let parts) = value, case .bold(let bold) = parts[1] else {
            Issue.record("\(value)")
            return
        }
        #expect(parts[0] == .plain("a"))
        #expect(bold.text == .sequence([.plain("b"), .italic(RichTextItalic(text: .plain("c")))]))
        #expect(parts[2] == .unknown(type: "sparkle"))
    }
}
