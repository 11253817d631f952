/// Every method of the Bot API by its name in lower case: what is simulated, and what is known but not.
enum MethodTable {
    /// `getUpdates` is missing here: it waits, and so belongs to the server.
    static let handlers: [String: Handler] = Dictionary(
        uniqueKeysWithValues: simulated.map { ($0.0.lowercased(), $0.1) })

    private static let simulated: [(String, Handler)] = [
        ("answerCallbackQuery", AnswerCallbackQuery.handler),
        ("answerInlineQuery", AnswerInlineQuery.handler),
        ("answerPreCheckoutQuery", AnswerCheckout.preCheckout),
        ("answerShippingQuery", AnswerCheckout.shipping),
        ("answerWebAppQuery", AnswerWebAppQuery.handler),
        ("approveChatJoinRequest", JoinRequests.approve),
        ("banChatMember", BanMember.ban),
        ("banChatSenderChat", BanMember.banSender),
        ("close", Session.close),
        ("closeForumTopic", ForumTopics.close),
        ("closeGeneralForumTopic", ForumTopics.closeGeneral),
        ("copyMessage", ForwardMessage.copy),
        ("copyMessages", ForwardMessage.copyMany),
        ("createChatInviteLink", InviteLinks.create),
        ("createChatSubscriptionInviteLink", InviteLinks.createSubscription),
        ("createForumTopic", ForumTopics.create),
        ("createInvoiceLink", SendInvoice.link),
        ("declineChatJoinRequest", JoinRequests.decline),
        ("deleteChatPhoto", ChatProfile.deletePhoto),
        ("deleteForumTopic", ForumTopics.delete),
        ("deleteMessage", DeleteMessage.one),
        ("deleteMessages", DeleteMessage.many),
        ("deleteMyCommands", BotCommands.delete),
        ("deleteWebhook", SetWebhook.delete),
        ("editChatInviteLink", InviteLinks.edit),
        ("editChatSubscriptionInviteLink", InviteLinks.editSubscription),
        ("editForumTopic", ForumTopics.edit),
        ("editGeneralForumTopic", ForumTopics.editGeneral),
        ("editMessageCaption", EditMessage.caption),
        ("editMessageLiveLocation", EditLiveLocation.move),
        ("editMessageMedia", EditMessage.media),
        ("editMessageReplyMarkup", EditMessage.markup),
        ("editMessageText", EditMessage.text),
        ("exportChatInviteLink", InviteLinks.export),
        ("forwardMessage", ForwardMessage.forward),
        ("forwardMessages", ForwardMessage.forwardMany),
        ("getChat", ChatInfo.get),
        ("getChatAdministrators", ChatInfo.administrators),
        ("getChatMember", ChatInfo.member),
        ("getChatMemberCount", ChatInfo.count),
        ("getChatMembersCount", ChatInfo.count),
        ("getChatMenuButton", MenuButton.get),
        ("getFile", GetFile.handler),
        ("getForumTopicIconStickers", ForumTopics.icons),
        ("getGameHighScores", Games.highScores),
        ("getMe", BotProfile.me),
        ("getMyCommands", BotCommands.get),
        ("getMyDefaultAdministratorRights", DefaultRights.get),
        ("getMyDescription", BotProfile.getDescription),
        ("getMyName", BotProfile.getName),
        ("getMyShortDescription", BotProfile.getShortDescription),
        ("getMyStarBalance", Stars.balance),
        ("getStarTransactions", Stars.transactions),
        ("getUserProfilePhotos", BotProfile.photos),
        ("getWebhookInfo", WebhookInfo.handler),
        ("hideGeneralForumTopic", ForumTopics.hideGeneral),
        ("kickChatMember", BanMember.ban),
        ("leaveChat", ChatInfo.leave),
        ("logOut", Session.logOut),
        ("pinChatMessage", PinMessage.pin),
        ("promoteChatMember", PromoteMember.promote),
        ("refundStarPayment", Stars.refund),
        ("reopenForumTopic", ForumTopics.reopen),
        ("reopenGeneralForumTopic", ForumTopics.reopenGeneral),
        ("restrictChatMember", RestrictMember.restrict),
        ("revokeChatInviteLink", InviteLinks.revoke),
        ("savePreparedInlineMessage", PreparedInlineMessage.handler),
        ("sendAnimation", SendMedia.handler(.animation)),
        ("sendAudio", SendMedia.handler(.audio)),
        ("sendChatAction", SendChatAction.handler),
        ("sendContact", SendPlace.contact),
        ("sendDice", SendDice.handler),
        ("sendDocument", SendMedia.handler(.document)),
        ("sendGame", Games.send),
        ("sendInvoice", SendInvoice.send),
        ("sendLivePhoto", SendLivePhoto.handler),
        ("sendLocation", SendPlace.location),
        ("sendMediaGroup", SendMediaGroup.handler),
        ("sendMessage", SendMessage.handler),
        ("sendMessageDraft", SendMessageDraft.handler),
        ("sendPaidMedia", SendPaidMedia.handler),
        ("sendPhoto", SendMedia.handler(.photo)),
        ("sendPoll", SendPoll.handler),
        ("sendSticker", SendMedia.handler(.sticker)),
        ("sendVenue", SendPlace.venue),
        ("sendVideo", SendMedia.handler(.video)),
        ("sendVideoNote", SendMedia.handler(.videoNote)),
        ("sendVoice", SendMedia.handler(.voice)),
        ("setChatAdministratorCustomTitle", PromoteMember.title),
        ("setChatDescription", ChatProfile.description),
        ("setChatMemberTag", PromoteMember.tag),
        ("setChatMenuButton", MenuButton.set),
        ("setChatPermissions", RestrictMember.permissions),
        ("setChatPhoto", ChatProfile.photo),
        ("setChatTitle", ChatProfile.title),
        ("setGameScore", Games.setScore),
        ("setMessageReaction", SetMessageReaction.handler),
        ("setMyCommands", BotCommands.set),
        ("setMyDefaultAdministratorRights", DefaultRights.set),
        ("setMyDescription", BotProfile.setDescription),
        ("setMyName", BotProfile.setName),
        ("setMyShortDescription", BotProfile.setShortDescription),
        ("setWebhook", SetWebhook.set),
        ("stopMessageLiveLocation", EditLiveLocation.stop),
        ("stopPoll", SendPoll.stop),
        ("unbanChatMember", BanMember.unban),
        ("unbanChatSenderChat", BanMember.unbanSender),
        ("unhideGeneralForumTopic", ForumTopics.unhideGeneral),
        ("unpinAllChatMessages", PinMessage.unpinAll),
        ("unpinAllForumTopicMessages", ForumTopics.unpinAll),
        ("unpinAllGeneralForumTopicMessages", ForumTopics.unpinAllGeneral),
        ("unpinChatMessage", PinMessage.unpin),
    ]

    /// How a method is treated.
    enum State: String { case simulated, refused }

    static func state(_ name: String) -> State {
        let key = name.lowercased()
        return handlers[key] != nil || key == "getupdates" ? .simulated : .refused
    }

    /// The name as documented, for a method in lower case.
    static let documented: [String: String] = Dictionary(
        (MethodNames.all + MethodNames.old).map { ($0.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })

    static func run(_ world: inout World, _ call: Call) throws(APIError) -> Answer {
        if let handler = handlers[call.method] {
            try call.arguments.checkEncoding()
            try Unsimulated.check(call)
            return try handler(&world, call)
        }
        guard let name = documented[call.method] else { throw .methodNotFound }
        throw .exact(400, "Bad Request: method \(name) is not simulated")
    }
}
