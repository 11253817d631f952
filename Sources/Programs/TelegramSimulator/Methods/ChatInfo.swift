/// `getChat`, `getChatAdministrators`, `getChatMemberCount`, `getChatMember` and `leaveChat`.
enum ChatInfo {
    static let get: Handler = { (world, call) throws(APIError) in
        let key = try world.chat(call.arguments, for: call.bot, .read)
        guard let chat = world.chats[key] else { throw .badRequest("chat not found") }
        return .writing { writer in
            writer.object { writer in
                world.writeFields(of: chat, to: &writer)
                if let name = key.isDialog ? world.accounts[chat.id]?.username : chat.username {
                    writer.field("active_usernames", [name]) { $0.string($1) }
                }
                writer.field(key.isDialog ? "bio" : "description", chat.about)
                if !key.isDialog {
                    if let photo = chat.photo { world.write(chatPhoto: photo, to: &writer) }
                    if world.isAdministrator(call.bot, in: key, with: "can_invite_users") {
                        let link = chat.links?.last { $0.isPrimary && $0.creator == call.bot }
                        writer.field("invite_link", link?.url)
                    }
                    if chat.kind != .channel {
                        writer.field(
                            "permissions",
                            object: { writer in
                                for right in Rights.ordinary { writer.field(right, !chat.denied.contains(right)) }
                            })
                    }
                    writer.flag("has_protected_content", chat.isProtected)
                } else if let photo = world.accounts[chat.id]?.photos?.first {
                    world.write(chatPhoto: photo, to: &writer)
                }
                // Of the pinned messages the one that was sent last, whichever was pinned last.
                if let id = chat.pinned.max(), let pinned = chat.message(id) {
                    writer.reader = call.bot
                    writer.key("pinned_message")
                    world.write(pinned, in: chat, replies: 0, to: &writer)
                }
                writer.field("max_reaction_count", 11)
                writer.field("accent_color_id", Int(chat.id.magnitude % 7))
                writer.field(
                    "accepted_gift_types",
                    object: { writer in
                        for name in [
                            "unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription",
                            "gifts_from_channels",
                        ] { writer.field(name, key.isDialog) }
                    })
            }
        }
    }

    static let administrators: Handler = { (world, call) throws(APIError) in
        let (chat, _) = try group(call, world, "there are no administrators in the private chat")
        // Other bots are left out unless they are asked for.
        let showsBots = call.arguments.bool("return_bots")
        let list = chat.memberOrder.filter { id in
            chat.members[id]?.role.isAdministrator == true
                && (showsBots || world.bots[id] == nil || id == call.bot)
        }
        return .writing { writer in
            writer.array(list) { writer, id in
                world.write(
                    member: chat.members[id] ?? Member(role: .left), id, in: chat, for: call.bot, to: &writer)
            }
        }
    }

    static let count: Handler = { (world, call) throws(APIError) in
        let key = try world.chat(call.arguments, for: call.bot, .readMembers)
        let count = key.isDialog ? 2 : world.chats[key]?.members.values.count { $0.role.isPresent } ?? 0
        return .writing { $0.integer(count) }
    }

    static let member: Handler = { (world, call) throws(APIError) in
        let user = call.arguments.int64("user_id")
        if user <= 0 { throw .badRequest("invalid user_id specified") }
        let key = try world.chat(call.arguments, for: call.bot, .readMembers)
        guard let chat = world.chats[key] else { throw .badRequest("chat not found") }
        if key.isDialog {
            guard user == chat.id || user == call.bot else { throw .badRequest("member not found") }
            return .writing { world.write(member: Member(role: .member), user, in: chat, to: &$0) }
        }
        try MemberArgument.checkKnown(user, world)
        if chat.kind == .channel, !world.isAdministrator(call.bot, in: key) {
            throw .badRequest("member list is inaccessible")
        }
        let member = chat.members[user] ?? Member(role: .left)
        return .writing { world.write(member: member, user, in: chat, for: call.bot, to: &$0) }
    }

    static let leave: Handler = { (world, call) throws(APIError) in
        let (_, key) = try group(call, world, "can't leave private chats")
        world.leave(call.bot, key, by: call.bot)
        return .yes
    }

    private static func group(_ call: Call, _ world: World, _ refusal: String) throws(APIError) -> (Chat, ChatKey) {
        let key = try world.chat(call.arguments, for: call.bot, .readMembers)
        guard !key.isDialog, let chat = world.chats[key] else { throw .badRequest(refusal) }
        return (chat, key)
    }
}
