import JSON
import Testing

@testable import TelegramAPI

/// What becomes of a call whose group turned out to be a supergroup by now.
struct MovedRequestTests {
    @Test func `a send goes to the new chat, without the reply to a message of the old one`() throws {
        var send = SendMessage(chatID: -5, text: "hi")
        send.replyParameters = ReplyParameters(messageID: 57, allowSendingWithoutReply: true)
        send.replyToMessageID = 57
        send.disableNotification = true
        let moved = try #require(TelegramRequest(send).moved(to: -1005))
        #expect(
            try JSONValue(parsing: moved.json)
                == ["chat_id": -1005, "text": "hi", "disable_notification": true])
        #expect(moved.parameter("text") == "hi", "parameters are found at their new places")
    }

    @Test(arguments: [ChatTarget(-5), nil])
    func `a reply into the old chat is dropped, however that is named`(chat: ChatTarget?) throws {
        var send = SendMessage(chatID: -5, text: "hi")
        send.replyParameters = ReplyParameters(messageID: 57, chatID: chat)
        #expect(TelegramRequest(send).moved(to: -1005)?.parameter("reply_parameters") == nil)
    }

    @Test func `a reply to a message elsewhere stays`() throws {
        var send = SendMessage(chatID: -5, text: "hi")
        send.replyParameters = ReplyParameters(messageID: 57, chatID: -7)
        let moved = try #require(TelegramRequest(send).moved(to: -1005))
        #expect(moved.parameter("reply_parameters")?["message_id"] == 57)
        #expect(moved.chat == .id(-1005))
    }

    @Test func `files and the time limit go along`() throws {
        var photo = TelegramRequest(SendPhoto(chatID: -5, photo: .bytes([1, 2], name: "a.png")))
        photo.timeout = .seconds(9)
        let moved = try #require(photo.moved(to: -1005))
        #expect(moved.attachments.count == 1)
        #expect(moved.timeout == .seconds(9))
        #expect(moved.parameter("photo") == photo.parameter("photo"))
    }

    @Test func `what is copied out of the old group is still found there`() throws {
        let copies = [
            TelegramRequest(CopyMessage(chatID: -5, messageID: 57, fromChatID: -5)),
            TelegramRequest(ForwardMessages(chatID: -5, fromChatID: -5, messageIDs: [57, 58])),
        ]
        for copy in copies {
            let moved = try #require(copy.moved(to: -1005))
            #expect(moved.chat == .id(-1005))
            #expect(moved.parameter("from_chat_id") == -5)
        }
    }

    /// Every method that names a chat's message, so that a new one is thought of.
    @Test func `a call about a message is not repeated: its number may be another message's`() {
        let calls = methodSamples().map { TelegramRequest($0) }
        let about = calls.filter { $0.moved(to: -1005) == nil }.map(\.method)
        #expect(
            Set(about) == [
                "approveSuggestedPost", "declineSuggestedPost", "deleteBusinessMessages", "deleteEphemeralMessage",
                "deleteMessage", "deleteMessageReaction", "deleteMessages", "editEphemeralMessageCaption",
                "editEphemeralMessageMedia", "editEphemeralMessageReplyMarkup", "editEphemeralMessageText",
                "editMessageCaption", "editMessageChecklist", "editMessageLiveLocation", "editMessageMedia",
                "editMessageReplyMarkup", "editMessageText", "getGameHighScores", "pinChatMessage",
                "readBusinessMessage", "setGameScore", "setMessageReaction", "stopMessageLiveLocation", "stopPoll",
                "unpinChatMessage",
            ])
    }
}
