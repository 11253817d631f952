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
}
