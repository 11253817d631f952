import FoundationEssentials
import JSON
import Testing

@testable import BotKit

struct CallRuleTests {
    @Test(arguments: [
        ("sendMessage", true, false, false), ("sendMediaGroup", true, false, false),
        ("forwardMessage", true, false, false), ("copyMessages", true, false, false),
        ("editMessageText", true, false, true), ("deleteMessage", false, false, true),
        ("answerCallbackQuery", false, false, true), ("getMe", false, false, true), ("getUpdates", false, false, false),
        ("setMyCommands", false, false, true), ("refundStarPayment", false, false, false),
        ("sendChatAction", false, true, true), ("sendMessageDraft", false, true, true),
    ])
    func `methods are told apart by name`(method: String, counted: Bool, bestEffort: Bool, repeatable: Bool) {
        let rule = CallRule(method: method)
        #expect(rule.isCounted == counted)
        #expect(rule.isBestEffort == bestEffort)
        #expect(rule.isRepeatable == repeatable)
    }

    /// Every method of the Bot API stands here or among the repeatable ones, so that a new one is decided on.
    @Test func `after an ambiguous failure only what is the same twice as once is repeated`() throws {
        let root = String(#filePath.prefix(upTo: try #require(#filePath.firstRange(of: "/Tests/")).lowerBound))
        let text = try Data(contentsOf: URL(filePath: root + "/Schema/telegram-bot-api.json"))
        let schema = try JSONValue(parsing: Array(text))
        let methods = Set(try #require(schema["methods"]?.objectValue).map(\.key))
        #expect(methods.count == 185)
        #expect(CallRule.repeatableMethods.isSubset(of: methods))
        #expect(
            methods.filter { !CallRule(method: $0).isRepeatable }.sorted() == [
                "addStickerToSet", "answerGuestQuery", "answerWebAppQuery", "approveSuggestedPost", "close",
                "convertGiftToStars", "copyMessage", "copyMessages", "createChatInviteLink",
                "createChatSubscriptionInviteLink", "createForumTopic", "createInvoiceLink", "createNewStickerSet",
                "exportChatInviteLink", "forwardMessage", "forwardMessages", "getUpdates", "giftPremiumSubscription",
                "logOut", "postStory", "refundStarPayment", "removeBusinessAccountProfilePhoto",
                "removeMyProfilePhoto", "replaceManagedBotToken", "replaceStickerInSet", "repostStory",
                "savePreparedInlineMessage", "savePreparedKeyboardButton", "sendAnimation", "sendAudio",
                "sendChatJoinRequestWebApp", "sendChecklist", "sendContact", "sendDice", "sendDocument", "sendGame",
                "sendGift", "sendInvoice", "sendLivePhoto", "sendLocation", "sendMediaGroup", "sendMessage",
                "sendPaidMedia", "sendPhoto", "sendPoll", "sendRichMessage", "sendSticker", "sendVenue", "sendVideo",
                "sendVideoNote", "sendVoice", "setBusinessAccountProfilePhoto", "setChatPhoto", "setMyProfilePhoto",
                "transferBusinessAccountStars", "transferGift", "unpinChatMessage", "upgradeGift",
            ])
        #expect(!CallRule(method: "somethingNew").isRepeatable)
    }

    @Test(arguments: [
        ("sendMessage", true), ("copyMessages", true), ("deleteMessage", true), ("sendGift", false),
        ("giftPremiumSubscription", false), ("postStory", false), ("createForumTopic", false),
    ])
    func `a message may come twice where the program wants that, and nothing is paid for twice`(
        method: String, mayBeDoubled: Bool
    ) {
        #expect(CallRule(method: method).mayBeDoubled == mayBeDoubled)
    }
}
