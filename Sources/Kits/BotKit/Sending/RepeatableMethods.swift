extension CallRule {
    /// The methods that may be repeated when nobody knows whether they worked.
    ///
    /// Each leaves things as one call does: it reads, it sets something to a value, or it does something to what it
    /// names and is refused a second time. Whatever is not here is not repeated: it makes something new each time, moves
    /// money, acts on what comes next where it names nothing (`unpinChatMessage`), or is not known yet.
    static let repeatableMethods: Set<String> = [
        // Reads.
        "getAvailableGifts", "getBusinessAccountGifts", "getBusinessAccountStarBalance", "getBusinessConnection",
        "getChat", "getChatAdministrators", "getChatGifts", "getChatMember", "getChatMemberCount", "getChatMenuButton",
        "getCustomEmojiStickers", "getFile", "getForumTopicIconStickers", "getGameHighScores",
        "getManagedBotAccessSettings", "getManagedBotToken", "getMe", "getMyCommands",
        "getMyDefaultAdministratorRights", "getMyDescription", "getMyName", "getMyShortDescription",
        "getMyStarBalance", "getStarTransactions", "getStickerSet", "getUserChatBoosts", "getUserGifts",
        "getUserPersonalChatMessages", "getUserProfileAudios", "getUserProfilePhotos", "getWebhookInfo",
        // A query has one answer; a payment is not made by it, and waits for it only ten seconds.
        "answerCallbackQuery", "answerChatJoinRequestQuery", "answerInlineQuery", "answerPreCheckoutQuery",
        "answerShippingQuery",
        // Settings of the bot, of accounts and of chats. Not pictures: each call adds one to a history.
        "deleteMyCommands", "deleteWebhook", "setBusinessAccountBio", "setBusinessAccountGiftSettings",
        "setBusinessAccountName", "setBusinessAccountUsername", "setChatDescription", "setChatMenuButton",
        "setChatPermissions", "setChatStickerSet", "setChatTitle", "setManagedBotAccessSettings", "setMyCommands",
        "setMyDefaultAdministratorRights", "setMyDescription", "setMyName", "setMyShortDescription",
        "setPassportDataErrors", "setUserEmojiStatus", "setWebhook", "deleteChatPhoto", "deleteChatStickerSet",
        // Members.
        "approveChatJoinRequest", "banChatMember", "banChatSenderChat", "declineChatJoinRequest", "leaveChat",
        "promoteChatMember", "removeChatVerification", "removeUserVerification", "restrictChatMember",
        "setChatAdministratorCustomTitle", "setChatMemberTag", "unbanChatMember", "unbanChatSenderChat", "verifyChat",
        "verifyUser",
        // What is done to a message, story or link that is named.
        "declineSuggestedPost", "deleteAllMessageReactions", "deleteBusinessMessages", "deleteEphemeralMessage",
        "deleteMessage", "deleteMessageReaction", "deleteMessages", "deleteStory", "editChatInviteLink",
        "editChatSubscriptionInviteLink", "editEphemeralMessageCaption", "editEphemeralMessageMedia",
        "editEphemeralMessageReplyMarkup", "editEphemeralMessageText", "editMessageCaption", "editMessageChecklist",
        "editMessageLiveLocation", "editMessageMedia", "editMessageReplyMarkup", "editMessageText", "editStory",
        "editUserStarSubscription", "pinChatMessage", "readBusinessMessage", "revokeChatInviteLink", "setGameScore",
        "setMessageReaction", "stopMessageLiveLocation", "stopPoll", "unpinAllChatMessages",
        "unpinAllForumTopicMessages", "unpinAllGeneralForumTopicMessages",
        // Topics.
        "closeForumTopic", "closeGeneralForumTopic", "deleteForumTopic", "editForumTopic", "editGeneralForumTopic",
        "hideGeneralForumTopic", "reopenForumTopic", "reopenGeneralForumTopic", "unhideGeneralForumTopic",
        // Stickers; of an upload that is never used nobody sees anything.
        "deleteStickerFromSet", "deleteStickerSet", "setCustomEmojiStickerSetThumbnail", "setStickerEmojiList",
        "setStickerKeywords", "setStickerMaskPosition", "setStickerPositionInSet", "setStickerSetThumbnail",
        "setStickerSetTitle", "uploadStickerFile",
        // What passes by.
        "sendChatAction", "sendMessageDraft", "sendRichMessageDraft",
    ]
}
