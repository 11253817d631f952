/// `restrictChatMember` and `setChatPermissions`.
enum RestrictMember {
    static let restrict: Handler = { (world, call) throws(APIError) in
        let user = try MemberArgument.user(call.arguments)
        let denied = try PermissionsArgument.denied(call.arguments)
        let key = try world.chat(call.arguments, for: call.bot)
        guard let chat = world.chats[key], chat.kind == .supergroup else { throw MemberArgument.onlySupergroups }
        try MemberArgument.checkKnown(user, world)
        let old = chat.members[user] ?? Member(role: .left)
        let until = denied.isEmpty ? 0 : MemberArgument.until(call.arguments, now: world.now)
        var member = Member(role: denied.isEmpty ? .member : .restricted, denied: denied, until: until)
        member.tag = old.tag
        if member == old { return .yes }
        try MemberArgument.checkRestriction(of: user, in: key, by: call.bot, world)
        // Who is not there is restricted once they come.
        if !old.role.isPresent { member.role = .left }
        world.setMember(user, in: key, member, by: call.bot)
        return .yes
    }

    static let permissions: Handler = { (world, call) throws(APIError) in
        let denied = try PermissionsArgument.denied(call.arguments)
        let key = try world.chat(call.arguments, for: call.bot)
        guard let chat = world.chats[key], !key.isDialog else {
            throw .badRequest("can't change private chat permissions")
        }
        if chat.kind == .channel { throw .badRequest("can't change channel chat permissions") }
        guard world.isAdministrator(call.bot, in: key, with: "can_restrict_members") else {
            throw .badRequest("not enough rights to change chat permissions")
        }
        if chat.denied == denied {
            throw .badRequest("CHAT_NOT_MODIFIED")
        }
        world.editChat(key) { $0.denied = denied }
        world.effects.events.append(.chat(key))
        return .yes
    }
}

/// Reads `permissions`, or the single arguments of old.
enum PermissionsArgument {
    private static let media = [
        "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos", "can_send_video_notes",
        "can_send_voice_notes",
    ]

    /// The rights that the argument does not grant.
    static func denied(_ arguments: Arguments) throws(APIError) -> Set<String> {
        var granted: Set<String> = []
        if arguments["permissions"].isEmpty {
            for name in Rights.ordinary where arguments.bool(name) { granted.insert(name) }
            if arguments.bool("can_send_media_messages") { granted.formUnion(media) }
        } else {
            guard let node = arguments.json("permissions") else {
                throw .badRequest("can't parse permissions JSON object")
            }
            guard node.isObject else { throw .badRequest("object expected as permissions") }
            for name in Rights.ordinary + ["can_send_media_messages"] {
                guard let value = node[name], !value.isNull else { continue }
                guard case .bool(let isGranted) = value else {
                    throw .badRequest("can't parse chat permissions: Field \"\(name)\" must be of type Boolean")
                }
                if isGranted { granted.insert(name) }
            }
            if granted.remove("can_send_media_messages") != nil { granted.formUnion(media) }
            // Tags follow the right to pin where nothing is said of them, reactions that to write.
            if node["can_edit_tag"] == nil, granted.contains("can_pin_messages") { granted.insert("can_edit_tag") }
            if node["can_react_to_messages"] == nil, granted.contains("can_send_messages") {
                granted.insert("can_react_to_messages")
            }
            if node["can_manage_topics"] == nil, granted.contains("can_pin_messages") {
                granted.insert("can_manage_topics")
            }
        }
        if !arguments.bool("use_independent_chat_permissions") { complete(&granted) }
        return Set(Rights.ordinary).subtracting(granted)
    }

    /// Some rights bring others with them unless the caller says that each stands for itself.
    private static func complete(_ granted: inout Set<String>) {
        if granted.contains("can_send_other_messages") || granted.contains("can_add_web_page_previews") {
            granted.formUnion(media)
        }
        if !granted.isDisjoint(with: media) || granted.contains("can_send_polls") {
            granted.insert("can_send_messages")
        }
    }
}
