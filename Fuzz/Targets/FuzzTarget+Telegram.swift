import JSON

@testable import BotKit
@testable import TelegramAPI

extension FuzzTarget {
    /// What a button of the tests carries.
    private enum Payload: CallbackPayload, Equatable {
        case page(Int)
        case name(String, isOn: Bool?)
    }

    static let telegram = [
        FuzzTarget("update") { bytes in
            _ = TelegramReply(answer: bytes).map { try? RawUpdate.split($0) }
            _ = TelegramAPI.Failure(bytes)
            guard let raw = try? RawUpdate(webhookBody: bytes), let (update, _) = try? raw.decode() else { return }
            let facts = UpdateFacts(update)
            if let text = facts.message?.text { _ = CommandCall.parse(text, bot: "test_bot") }
        },
        FuzzTarget("recording") { bytes in _ = try? Recording(parsing: bytes) },
        FuzzTarget("payload") { bytes in
            let text = text(bytes)
            _ = DeepLink.decode(text)
            _ = CommandCall.parse("/" + text, bot: "test_bot")
            guard let payload = try? Payload(callbackData: text) else { return }
            guard let data = try? payload.callbackData() else { return }
            must((try? Payload(callbackData: data)) == payload, "a payload changes when written: \(text)")
        },
    ]
}
