internal import BotKit
internal import TelegramAPI

/// The button that stays below the conversation.
enum GalleryKeyboard {
    /// In private chats only: a group's members would all get it.
    static func keyboard(for chat: Chat, _ texts: GalleryTexts) -> ReplyKeyboard? {
        chat.type == .private ? ReplyKeyboard([[.init(texts.nextButton)]], persistent: true) : nil
    }
}
